"""The head of a preset says what was measured of it, as it means now, and of nothing else."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from msgspec.structs import replace

from reticent.attack.findings import Finding, Utility
from reticent.attack.report import AttackReport
from reticent.policy_file import load_policy

ROOT = Path(__file__).parents[2]
PRESET = '# acme: what it does.\n#\n# And what not.\nname = "acme"\nextends = "minimal"\n'


@pytest.fixture(scope="module")
def tool():
    """The script, which is no module of the package."""
    spec = importlib.util.spec_from_file_location("preset_figures", ROOT / "tools" / "preset_figures.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def preset(tmp_path):
    """A policy file."""
    path = tmp_path / "presets" / "acme.toml"
    path.parent.mkdir()
    path.write_text(PRESET, "utf-8")
    return path


def report(path: Path, value: float = 0.013, **changes) -> AttackReport:
    """Figures of it."""
    facts = {"attack": "free text", "data": "Aalto", "risk": "singling out", "measure": "rank-1", "chance": 0.001}
    findings = tuple(
        Finding(defence=name, value=figure, low=figure, high=figure, people=1000, probes=1000, **facts)
        for name, figure in (("raw", 0.79), ("acme", value))
    )
    cost = Utility(data="Aalto", defence="acme", measure="time error", unit="ms", value=120, low=110, high=130,
                   people=1000)  # fmt: skip
    policies = {"raw": "", "acme": load_policy(path).sha256}
    found = AttackReport(
        version="1", command="c", machine={}, quick=False, seeds=3, policies=policies, findings=findings,
        utilities=(replace(cost, defence="raw", value=0.0), cost), not_run={},
    )  # fmt: skip
    return replace(found, **changes)


def run(tool, monkeypatch, preset, found, *options) -> int:
    """Exit code."""
    figures = preset.parent.parent / "figures.json"
    figures.write_bytes(found.to_json())
    words = ["preset_figures.py", "--presets", str(preset.parent), *options, str(figures)]
    monkeypatch.setattr("sys.argv", words)
    return tool.main()


def test_figures_stand_behind_the_head(tool, monkeypatch, preset):
    """Between two marks; the policy means what it meant; written again they are replaced."""
    before = load_policy(preset)
    assert run(tool, monkeypatch, preset, report(preset)) == 0
    text = preset.read_text("utf-8")
    assert text.startswith("# acme: what it does.\n#\n# And what not.\n#\n# figures of")
    assert text.endswith('# end of figures\nname = "acme"\nextends = "minimal"\n')
    for said in ("free text (Aalto; 1,000)", "79.0 %", "1.3 % (1.3..1.3)", "0.1 %", "120.0 (110.0..130.0)", "seeds 3"):
        assert said in text
    assert max(map(len, text.splitlines())) <= 120
    assert load_policy(preset) == before
    assert run(tool, monkeypatch, preset, report(preset, 0.02)) == 0
    assert "2.0 %" in preset.read_text("utf-8")
    assert len(preset.read_text("utf-8").splitlines()) == len(text.splitlines())


def test_a_check_writes_nothing(tool, monkeypatch, preset):
    """And fails until the preset says what was measured."""
    assert run(tool, monkeypatch, preset, report(preset), "--check") == 1
    assert preset.read_text("utf-8") == PRESET
    run(tool, monkeypatch, preset, report(preset))
    assert run(tool, monkeypatch, preset, report(preset), "--check") == 0
    assert run(tool, monkeypatch, preset, report(preset, 0.5), "--check") == 1


@pytest.mark.parametrize(("changes", "why"), [
    ({"quick": True}, "figures of samples"), ({"policies": {"raw": "", "acme": "0"}}, "changed since it was attacked"),
    ({"policies": {"raw": ""}}, "no figures of acme"),
])  # fmt: skip
def test_figures_of_something_else_are_refused(tool, preset, changes, why):
    """Of a sample, of another meaning of the name, of another policy."""
    figures = preset.parent / "figures.json"
    figures.write_bytes(report(preset, **changes).to_json())
    with pytest.raises(ValueError, match=why):
        tool.with_figures(preset, [tool.read(figures, sample=False)])
