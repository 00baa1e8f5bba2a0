"""Pages that are written from the code name everything: formats, policy keys and what these may be."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import msgspec
import pytest

from reticent.cli import main
from reticent.policy import Policy
from reticent.recordings import format_names
from reticent.text.span import CATEGORY

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def hook():
    """The hook of mkdocs, which is no module of the package."""
    spec = importlib.util.spec_from_file_location("docs_help", ROOT / "tools" / "docs_help.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def page(hook, name):
    """A page as mkdocs sees it after the hook."""
    return hook.on_page_markdown((ROOT / "docs" / name).read_text(encoding="utf-8"))


def test_readme_names_every_format():
    """And no other, in one sentence."""
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    found = re.search(r"by `--from NAME`: (.+?)\.", readme)
    assert found
    assert tuple(re.findall(r"`([^`]+)`", found[1])) == format_names()


def test_every_format_has_its_line_and_its_section(hook):
    """A new module is on the page without anybody writing there."""
    text = page(hook, "reference/formats.md")
    for name in format_names():
        module = f"reticent.formats.{name.replace('-', '_')}"
        assert re.search(rf"^\| `{name}` \| \S.{{20,}} \|$", text, re.MULTILINE), name
        assert f"::: {module}\n" in text


def test_every_key_of_a_policy_has_its_line(hook):
    """With what its type and its bounds allow, and its default."""
    text = page(hook, "reference/policy.md")
    for table in ("text", "gates", "payload", "media"):
        for field in msgspec.structs.fields(type(getattr(Policy(), table))):
            assert f"| `{table}.{field.name}` | " in text
    assert "| `text.idle_us` | a whole number above 0 | `10000000` |" in text
    assert '| `text.unknown_field` | `"examine"` or `"redact"` | `"examine"` |' in text
    assert re.search(r"\| `text.surrogates` \| a table of `address`, .+ \| `\{\}` \|", text)
    assert '| `text.layouts` | a list of text, at least 1 | `["us"]` |' in text


def test_pages_say_what_the_code_says(hook):
    """Also when they are read in the repository: ``python tools/docs_help.py`` writes them anew."""
    for path in (ROOT / "docs").rglob("*.md"):
        written = path.read_text(encoding="utf-8")
        assert hook.filled(written).split() == written.split(), f"{path.name}: run python tools/docs_help.py"


def test_every_marker_stands_once(hook):
    """With its end; what only mkdocs can write is there too."""
    raw = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs").rglob("*.md"))
    for marker in hook.WRITERS:
        assert raw.count(f"<!-- {marker} -->") == raw.count(f"<!-- end of {marker} -->") == 1
    assert raw.count(hook.SECTIONS) == 1


@pytest.mark.parametrize("command", ["filter", "explain"])
def test_the_help_names_every_format(hook, command):
    """Behind ``--from``, in the order in which they are listed elsewhere."""
    text = "".join(dict(hook.helps(main, "reticent"))[f"reticent {command}"].split())
    assert f"Formatoftheinput:{','.join(format_names())};default" in text


def test_every_kind_of_finding_has_its_line():
    """With its category, and none that does not exist."""
    text = (ROOT / "docs" / "reference" / "policy.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| ((?:`[a-z_]+`(?:, )?)+) \| (\w+) \| \S", text.partition("## Kinds of findings")[2], re.MULTILINE
    )
    told = {kind: category for kinds, category in rows for kind in re.findall("[a-z_]+", kinds)}
    assert told == {**CATEGORY, "unspecified": "unspecified"}
