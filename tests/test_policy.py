"""Rule: a policy means what it says, its hash is that of the meaning, and it tells what it weakened."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import msgspec
import pytest

from reticent.errors import PolicyError
from reticent.events import Event
from reticent.policy import Policy, Text
from reticent.policy_file import PRESETS, load_policy, parse_policy
from reticent.testing.dsl import expand
from reticent.transforms.gates import Gates, Schedule
from reticent.transforms.payload import Payload
from reticent.transforms.redact import Redact

MINIMAL = 'extends = "minimal"\n'
SCHEDULE = 'schedule = { days = "Mon-Fri", from = "09:00", to = "18:00", zone = "Europe/Berlin" }'


def filtered(policy: Policy, script: str, **secrets: list[str]) -> list[dict[str, Any]]:
    """The output of one run over a script."""
    run = policy.start(**secrets)
    out = run.feed(msgspec.convert(expand(script).events, list[Event]))
    return [msgspec.to_builtins(event) for event in out + run.flush()]


def write(folder: Path, name: str, text: str) -> Path:
    """A policy file."""
    path = folder / name
    path.write_text(text)
    return path


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_round_trips(name: str) -> None:
    """The effective document of a preset loads to an equal policy of the same hash."""
    policy = load_policy(name)
    again = parse_policy(policy.to_toml())
    assert again == policy
    assert again.sha256 == policy.sha256


def test_policy_is_a_plain_value() -> None:
    """A policy pickles, compares and hashes by value."""
    policy = parse_policy(MINIMAL + f"[gates]\n{SCHEDULE}")
    assert pickle.loads(pickle.dumps(policy)) == policy
    assert {policy, parse_policy(policy.to_toml())} == {policy}


def test_defaults_are_those_of_the_transforms() -> None:
    """An empty document is the transforms at their defaults, in the order gates, text, payload."""
    assert parse_policy("").pipeline().steps == (Gates(), Redact(), Payload())


def test_values_reach_the_pipeline() -> None:
    """What a document states is in the transform that it is about; scrubbing is told to the redactor too."""
    policy = parse_policy(
        f'[text]\nlayouts = ["de"]\nidle_us = 5\nunknown_field = "redact"\n[gates]\n{SCHEDULE}\n'
        '[payload]\nclipboard = "scrub"\n[[transform]]\nkind = "payload.Payload"\nurl = "drop"'
    )
    gates, redact, payload, further = policy.pipeline().steps
    assert gates == Gates(schedule=Schedule(start="09:00", stop="18:00", zone="Europe/Berlin"))
    assert redact == Redact(layouts=("de",), idle_us=5, unknown_field="redact", scrubbed=True)
    assert payload == Payload(clipboard="scrub")
    assert further == Payload(url="drop")


def test_what_is_allowed_is_always_told(tmp_path: Path) -> None:
    """It weakens a base only by name; without a base it is in the report all the same, but not which application."""
    rule = '[[text.allow]]\napp = "acme-crm"\nkinds = ["ip"]'
    with pytest.raises(PolicyError, match=r"^policy: text\.allow: protects less"):
        parse_policy(MINIMAL + rule)
    for policy in (parse_policy(rule), parse_policy(MINIMAL + 'weaken = ["text.allow"]\n' + rule)):
        assert policy.about().weakened == ("text.allow",)
        assert "acme-crm" not in str(policy.about())
        assert parse_policy(policy.to_toml()) == policy
    assert load_policy("minimal").about().weakened == ()
    write(tmp_path, "base.toml", rule)
    assert parse_policy('extends = "base.toml"\ntext.allow = []', folder=tmp_path).text.allow == ()


SAME = [
    ("", "# a comment\nname = 'other'"),
    ("", "[text]\nidle_us = 10_000_000"),
    ("[text]\nrows = 5\nsize = 500", "[text]\nsize = 500\nrows = 5"),
    ('[text]\nregions = ["US", "DE"]', '[text]\nregions = ["DE", "US", "DE"]'),
    ('[gates]\ndeny_apps = ["KeePassXC.exe", "osk"]', '[gates]\ndeny_apps = ["osk", "keepassxc"]'),
    ('[gates]\ndeny_apps = ["category:banking"]', '[gates]\ndeny_apps = ["category:banking", "gnucash"]'),
    ('[gates]\nschedule = { days = "Mon-Wed" }', '[gates]\nschedule = { days = "Tue,Mon,Wed", from = "0:00" }'),
    ("", '[payload]\ncommon_apps = ["Firefox"]'),
    (
        '[[text.allow]]\napp = "code"\nkinds = ["ip", "mac"]\n[[text.allow]]\nkinds = ["url"]',
        '[[text.allow]]\nkinds = ["url"]\n[[text.allow]]\napp = "Code.exe"\nkinds = ["mac", "ip"]',
    ),
    ('[gates]\ndeny_apps = ["osk"]\n[payload]\nurl = "drop"', 'extends = "base.toml"\n[payload]\nurl = "drop"'),
]
DIFFERENT = [
    "[text]\nidle_us = 11_000_000", '[text]\nlayouts = ["de"]', '[text]\nlayouts = ["us", "de"]',
    '[text]\nlayouts = ["de", "us"]', '[text]\nplatform = "mac"', '[text]\nregions = ["US"]',
    '[text]\nunknown_field = "redact"', '[gates]\nconsent = "required"', '[gates]\nschedule = { days = "Mon" }',
    '[gates]\nschedule = { days = "Mon", zone = "Europe/Berlin" }', '[gates]\ndeny_apps = ["osk"]',
    '[payload]\ntitle = "scrub"', '[payload]\ncommon_apps = ["acme"]', '[[transform]]\nkind = "payload.Payload"',
    '[[text.allow]]\nkinds = ["ip"]', '[[text.allow]]\nkinds = ["ip"]\napp = "code"',
    '[[text.allow]]\nkinds = ["ip"]\nshapes = ["uuid"]', '[[text.allow]]\nkinds = ["mac"]',
    '[[transform]]\nkind = "payload.Payload"\nurl = "drop"',
    '[[transform]]\nkind = "payload.Payload"\n[[transform]]\nkind = "gates.Gates"',
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_hash_stays_when_the_meaning_does(tmp_path: Path, one: str, other: str) -> None:
    """Names, comments, order, spelled-out defaults and bases do not change the hash."""
    write(tmp_path, "base.toml", '[gates]\ndeny_apps = ["osk"]')
    assert parse_policy(one, folder=tmp_path).sha256 == parse_policy(other, folder=tmp_path).sha256


def test_hash_changes_when_the_meaning_does() -> None:
    """Documents that mean different things all have different hashes."""
    documents = ["", *DIFFERENT]
    assert len({parse_policy(document).sha256 for document in documents}) == len(documents)


def test_every_key_has_a_stated_default() -> None:
    """The docstring of a table names each of its keys."""
    for kind in (Text, Gates, Payload, Redact):
        for key in kind.__struct_fields__:
            assert key in (kind.__doc__ or "")


def test_header_tells_policy_and_hash() -> None:
    """The header of an output names the policy, its hash, the version and the clock."""
    header = load_policy("minimal").header()
    assert (header.policy, len(header.policy_sha256), header.clock) == ("minimal", 64, "cut")
    assert header.version


def test_secrets_are_no_part_of_a_policy() -> None:
    """Enrolled secrets work in the run they are given to, and are in no other run and in no policy."""
    policy = load_policy("minimal")
    script = 'focus:"notes/a" type:"ask hunter2zz now\\n"'
    assert "redacted" in {row["type"] for row in filtered(policy, script, enrolled=["hunter2zz"])}
    assert "redacted" not in {row["type"] for row in filtered(policy, script)}
    assert "hunter2zz" not in policy.to_toml() + repr(policy)


def test_unknown_field_may_be_redacted() -> None:
    """With ``unknown_field = "redact"`` nothing typed into a field of unknown kind leaves; other fields do."""
    policy = parse_policy('[text]\nunknown_field = "redact"')
    script = 'focus:"notes/a" type:"plain\\n" pause:20s field:unknown#x type:"odd\\n"'
    rows = filtered(policy, script)
    assert "".join(row["key"] for row in rows if row["type"] == "keydown") == "plainEnter"
    assert [row["category"] for row in rows if row["type"] == "redacted"] == ["unspecified"]


def _without_models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reticent.detect.ner._MODELS", {})


def _with_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reticent.detect.ner._MODELS", {"msgspec": ("msgspec", "")})


@pytest.mark.parametrize(
    ("document", "not_examined"),
    [
        ('text.names = "off"', ("names of people and places",)),
        ("", ()),
        ('text.names = "demanded"\ntext.require = ["names"]', ()),
        ('payload.title = "scrub"', ()),
    ],
)
def test_a_report_says_whether_names_were_examined(
    monkeypatch: pytest.MonkeyPatch, document: str, not_examined: tuple[str, ...]
) -> None:
    """With a model only what was switched off: it reads scrubbed fields too. Its version is told."""
    _with_a_model(monkeypatch)
    about = parse_policy(f'payload.url = "drop"\n{document}').about()
    assert about.not_examined == not_examined
    assert ("msgspec" in about.versions) == ("off" not in document)


def test_without_a_model_names_are_not_examined(monkeypatch: pytest.MonkeyPatch) -> None:
    """The default looks for them only if it can."""
    _without_models(monkeypatch)
    assert parse_policy('payload.url = "drop"').about().not_examined == ("names of people and places",)


# -- surrogates ------------------------------------------------------------------------------------------------------

SURROGATES = '[text.surrogates]\nemail = "token"\ncard = "plausible"\n'


def test_surrogates_weaken_and_are_reported() -> None:
    """Over a base they must be allowed; without one they are reported all the same."""
    with pytest.raises(PolicyError, match=r"text\.surrogates: protects less"):
        parse_policy(MINIMAL + SURROGATES)
    allowed = parse_policy(MINIMAL + 'weaken = ["text.surrogates"]\n' + SURROGATES)
    alone = parse_policy(SURROGATES)
    assert allowed.about().weakened == alone.about().weakened == ("text.surrogates",)
    assert parse_policy(MINIMAL).about().weakened == ()


def test_surrogates_are_part_of_the_meaning() -> None:
    """They round trip, and change the hash, wherever they stand in the table."""
    policy = parse_policy(SURROGATES)
    other = parse_policy('[text.surrogates]\ncard = "plausible"\nemail = "token"\n')
    assert parse_policy(policy.to_toml()) == policy == other
    assert policy.sha256 == other.sha256 != parse_policy("").sha256


def test_each_run_has_its_own_tokens() -> None:
    """No two runs of a policy can be linked by what they type back; no preset types anything back."""
    script = 'focus:"n/n" type:"to ada@example.org ok" key:Enter'
    policies = [parse_policy(SURROGATES)] * 2 + [load_policy(name) for name in PRESETS]
    typed = ["".join(row["key"] for row in filtered(policy, script) if row.get("injected")) for policy in policies]
    assert typed[0] != typed[1]
    assert len(typed[0]) == len(typed[1]) > 0
    assert not any(typed[2:])
