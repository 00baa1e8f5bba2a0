"""Rule: a document says what is wrong by the path of its key, and cannot weaken its base unnoticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from reticent.errors import PolicyError
from reticent.policy_file import load_policy, parse_policy

MINIMAL = 'extends = "minimal"\n'
SCHEDULE = 'schedule = { days = "Mon-Fri", from = "09:00", to = "18:00", zone = "Europe/Berlin" }'


def write(folder: Path, name: str, text: str) -> Path:
    """A policy file."""
    path = folder / name
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[text]\nidle_ms = 5", "text.idle_ms: unknown key; did you mean idle_us?"),
        ('[text]\nidle_us = "5"', "text.idle_us: must be a whole number, not a string"),
        ('[[text.allow]]\nkind = ["ip"]', "text.allow[0].kind: unknown key; did you mean kinds?"),
        ('[[text.allow]]\nkinds = ["pin"]', "text.allow.kinds: 'pin' is never allowed"),
        ('[[text.allow]]\nkinds = ["hash"]', "text.allow.shapes: missing"),
        ('[[text.allow]]\nkinds = ["ip"]\nshapes = ["x"]', "text.allow[0].shapes[0]: must be one of uuid"),
        ("[text]\nidle_us = 0", "text.idle_us: must be a whole number >= 1"),
        ("[text]\nlayouts = []", "text.layouts: must be a list of length >= 1"),
        ('[text]\nlayouts = ["xx"]', "text.layouts: no layout 'xx'"),
        ('[text]\nregions = ["XX"]', "text.regions: no telephone region 'XX'"),
        ('[text]\nplatform = "linux"', "text.platform: must be one of other, mac"),
        ("[text]\ncut = 10", "text.cut must be at least 160"),
        ("text = 5", "text: must be a table"),
        ("[txt]", "txt: unknown key; did you mean text?"),
        ("[gates]\nconsent = true", "gates.consent: must be one of off, required"),
        ('[gates]\nschedule = { days = "Mun" }', "gates.schedule.days: use names"),
        ('[gates]\nschedule = { day = "Mon" }', "gates.schedule.day: unknown key; did you mean days?"),
        ('[gates]\nschedule = { from = "25:00" }', "gates.schedule: from and to must be HH:MM"),
        ('[gates]\nschedule = { zone = "Mars/Base" }', "gates.schedule.zone: no such time zone"),
        ('[gates]\ndeny_apps = ["category:bankin"]', "gates.deny_apps: no category 'bankin'"),
        ('[media]\nclock = "real"', 'media.clock: only "cut" is available'),
        ("[[transform]]\nlevels = 5", "transform[0].kind: missing"),
        ('[[transform]]\nkind = "payload.Nothing"', "transform[0].kind: no transform 'payload.Nothing'"),
        ('[[transform]]\nkind = "nothing.Nothing"', "transform[0].kind: no transform 'nothing.Nothing'"),
        ('[[transform]]\nkind = "apps.public_name"', "transform[0].kind: no transform 'apps.public_name'"),
        ('[[transform]]\nkind = "payload.Payload"\nurll = "x"', "transform[0].urll: unknown key; did you mean url?"),
        ("transform = 5", "transform: must be tables"),
        ('weaken = ["payload.titel"]', "weaken: payload.titel: nothing there can be weaker; did you mean payload.t"),
        ('weaken = "payload.title"', "weaken: must be a list, not a string"),
        ('name = ""', "name: must be a string of length >= 1"),
        ("extends = 5", "extends: must be a string, not a whole number"),
        ('extends = "balancd"', "no preset 'balancd'"),
        ('extends = "nowhere.toml"', "nowhere.toml: cannot be read"),
        ("a b", "line 1: TOML syntax error: Expected '=' after a key"),
        ("[text]\n\nidle_us = ", "line 3: TOML syntax error: "),
    ],
)
def test_faults_are_named(text: str, message: str) -> None:
    """Every fault is a PolicyError that begins with the file and names the path of the key."""
    with pytest.raises(PolicyError) as caught:
        parse_policy(text, source="mine.toml")
    assert message in str(caught.value)
    assert str(caught.value).startswith(("mine.toml: ", "nowhere.toml: "))


@pytest.mark.parametrize(
    ("base", "weaker"),
    [
        ("", "[text]\nidle_us = 9_999_999"),
        ("", "[text]\nhold_us = 1_000_000"),
        ("", "[text]\nsize = 399"),
        ("", "[text]\nrows = 100"),
        ("[text]\ncut = 170", "[text]\ncut = 165"),
        ('[text]\nunknown_field = "redact"', '[text]\nunknown_field = "examine"'),
        ('[gates]\nconsent = "required"', '[gates]\nconsent = "off"'),
        (f"[gates]\n{SCHEDULE}", f"[gates]\n{SCHEDULE.replace('18:00', '18:01')}"),
        (f"[gates]\n{SCHEDULE}", f"[gates]\n{SCHEDULE.replace('Mon-Fri', 'Mon-Sat')}"),
        (f"[gates]\n{SCHEDULE}", f"[gates]\n{SCHEDULE.replace('Berlin', 'London')}"),
        (f"[gates]\n{SCHEDULE}", f"[gates]\n{SCHEDULE.replace('18:00', '08:00')}"),
        ("", '[payload]\ntitle = "scrub"'),
        ("", '[payload]\nlabel = "scrub"'),
        ("", '[payload]\nnotification = "scrub"'),
        ("", '[payload]\nclipboard = "scrub"'),
        ('[payload]\nurl = "drop"', '[payload]\nurl = "domain"'),
        ('[payload]\npath = "drop"', '[payload]\npath = "extension"'),
        ("", '[payload]\ncommon_apps = ["acme-merger-tool"]'),
    ],
)
def test_weaker_needs_to_be_said(tmp_path: Path, base: str, weaker: str) -> None:
    """A value that protects less than the base's is refused, unless its path is in ``weaken``."""
    write(tmp_path, "base.toml", base)
    table, _, rest = weaker[1:].partition("]\n")
    path = f"{table}.{rest.partition(' ')[0]}"
    with pytest.raises(PolicyError, match=f"child: {path}: protects less than 'base' does"):
        parse_policy(f'extends = "base.toml"\n{weaker}', folder=tmp_path, source="child")
    allowed = parse_policy(f'extends = "base.toml"\nweaken = ["{path}"]\n{weaker}', folder=tmp_path)
    assert allowed.weaken == (path,)


def test_stronger_needs_no_word() -> None:
    """What protects more than the base is free, and so is what has no direction."""
    policy = parse_policy(
        MINIMAL + '[text]\nplatform = "mac"\nidle_us = 20_000_000\n[payload]\nurl = "drop"\ncommon_apps = ["firefox"]'
    )
    assert policy.weaken == ()
    assert policy.payload.url == "drop"


def test_lists_of_what_is_protected_grow() -> None:
    """Layouts, denied applications and the like are added to the base's; a path in ``weaken`` takes them as written."""
    stated = '[text]\nlayouts = ["de"]\n[gates]\ndeny_apps = ["keepassxc", "category:banking"]'
    grown = parse_policy(MINIMAL + stated)
    assert grown.text.layouts == ("de", "us")
    assert grown.gates.denied() > load_policy("minimal").gates.denied()
    taken = parse_policy(MINIMAL + 'weaken = ["gates.deny_apps", "text.layouts"]\n' + stated)
    assert taken.gates.deny_apps == ("keepassxc", "category:banking")
    assert taken.text.layouts == ("de",)


def test_transforms_are_appended(tmp_path: Path) -> None:
    """Further transforms come after the base's, and only ``weaken`` removes those."""
    write(tmp_path, "base.toml", '[[transform]]\nkind = "payload.Payload"')
    child = 'extends = "base.toml"\n{}[[transform]]\nkind = "gates.Gates"'
    assert [step.kind for step in parse_policy(child.format(""), folder=tmp_path).steps] == [
        "payload.Payload", "gates.Gates",
    ]  # fmt: skip
    removed = parse_policy(child.format('weaken = ["transform"]\n'), folder=tmp_path)
    assert [step.kind for step in removed.steps] == ["gates.Gates"]


def test_weaken_is_handed_down(tmp_path: Path) -> None:
    """Whoever extends a weakened policy still says that it was weakened; the permission itself is not inherited."""
    write(tmp_path, "weak.toml", MINIMAL + 'weaken = ["payload.title"]\n[payload]\ntitle = "scrub"')
    child = parse_policy('extends = "weak.toml"', folder=tmp_path)
    assert child.weaken == ("payload.title",)
    assert child.payload.title == "scrub"
    with pytest.raises(PolicyError, match="payload.label"):
        parse_policy('extends = "weak.toml"\n[payload]\nlabel = "scrub"', folder=tmp_path)


def test_extends_is_relative_to_its_file(tmp_path: Path) -> None:
    """A base is looked for beside the file that names it; a circle is an error, and errors name the file at fault."""
    (tmp_path / "team").mkdir()
    write(tmp_path, "company.toml", MINIMAL + '[payload]\nurl = "drop"')
    assert load_policy(write(tmp_path, "team/a.toml", 'extends = "../company.toml"')).payload.url == "drop"
    write(tmp_path, "b.toml", 'extends = "c.toml"')
    with pytest.raises(PolicyError, match="circle"):
        load_policy(write(tmp_path, "c.toml", 'extends = "b.toml"'))
    write(tmp_path, "broken.toml", "[txt]")
    with pytest.raises(PolicyError, match=r"^broken\.toml: txt"):
        load_policy(write(tmp_path, "d.toml", 'extends = "broken.toml"'))


def test_names_that_are_demanded_need_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra such a policy refuses to run, and says what to install."""
    monkeypatch.setattr("reticent.detect.ner._MODELS", {})
    with pytest.raises(PolicyError, match=r"text\.names: demanded, .* install reticent\[names\]"):
        parse_policy('text.names = "demanded"')
    with pytest.raises(PolicyError, match=r"text\.require: no detector 'names' runs; the extra reticent\[names\]"):
        parse_policy('text.require = ["names"]')


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('password = "token"', "text.surrogates.password: a credential has no surrogate; only its mark leaves"),
        ('enrolled = "replace"', "text.surrogates.enrolled: a credential has no surrogate; only its mark leaves"),
        ('emial = "token"', "text.surrogates.emial: unknown key; did you mean email?"),
        ('email = "hash"', "text.surrogates.email: must be one of mark, replace, token, plausible"),
        ('document = "plausible"', "text.surrogates.document: must be one of mark, replace, token"),
    ],
)
def test_surrogates_that_there_are_not(text: str, message: str) -> None:
    """What is refused names its key, and why."""
    with pytest.raises(PolicyError) as caught:
        parse_policy("[text.surrogates]\n" + text)
    assert message in str(caught.value)
