"""A report holds what was found, on what and how, and says what did not run."""

from __future__ import annotations

import msgspec
import pytest
from planted import Idle, dealt, typists

from reticent.attack.bench import CorpusBench, Recognition, Results
from reticent.attack.defence import Defence
from reticent.attack.findings import Floor
from reticent.attack.free_text import FreeText
from reticent.attack.model import AttackBroken, DataMissing
from reticent.attack.report import AttackReport, attack_report, cost_rows, figure_text, rows_of
from reticent.errors import PolicyError


class Missing:
    """A bench without its corpus."""

    name = "missing"

    def run(self, defences, *, seeds, quick) -> Results:
        """See ``Bench``."""
        raise DataMissing("nothing here")


def bench(*floors: Floor) -> CorpusBench:
    """Free text of planted people."""
    trial = Recognition(
        name="free text", risk="singling out", attacker=lambda seed: FreeText(), rounds=dealt, floors=floors
    )
    return CorpusBench(name="b", data="planted", sessions=lambda quick: typists(8), trials=(trial,))


IDLE = (Defence("idle", (Idle(),)),)


def report(*benches, defences=IDLE) -> AttackReport:
    """Of one defence."""
    return attack_report(benches, defences, policies={"raw": "", "idle": "abc"}, command="reticent attack")


def test_a_report_is_read_back_as_it_was_written():
    """One JSON document, all of it."""
    found = report(bench(), Missing())
    assert msgspec.json.decode(found.to_json(), type=AttackReport) == found
    assert found.not_run == {"missing": "nothing here"}
    assert found.machine["numpy"]


def test_rows_stand_defences_side_by_side():
    """Raw first; a measure a row."""
    found = report(bench())
    assert found.defences == ("raw", "idle")
    rows = rows_of(found, "singling out")
    assert [row.measure for row in rows] == ["rank-1", "EER"]
    assert all([cell.defence for cell in row.cells] == ["raw", "idle"] for row in rows)
    assert rows_of(found, "inference") == []
    assert {row.name for row in cost_rows(found)} >= {"time error", "actions kept"}


def test_a_broken_attack_ends_the_run():
    """Other figures of the run would stand beside one that proves nothing."""
    with pytest.raises(AttackBroken):
        report(bench(Floor("rank-1", 1.1)))


@pytest.mark.parametrize("names", [("raw",), ("a", "a")])
def test_names_of_policies_tell_figures_apart(names):
    """Two of one name would be mixed; one called raw would not be attacked."""
    with pytest.raises(PolicyError, match="a name of its own"):
        report(bench(), defences=[Defence(name, (Idle(),)) for name in names])


@pytest.mark.parametrize(("measure", "value", "text"), [
    ("rank-1", 0.0001, "0.01 %"), ("rank-1", 0, "0.0 %"), ("EER", 0.5, "50.0 %"), ("bits", 0.031, "0.03"),
    ("px", 12.34, "12.3"), ("%", 99.96, "100.0 %"), ("F1", 0.954, "0.95"),
])  # fmt: skip
def test_figures_are_written_for_people(measure, value, text):
    """Shares as percentages, small ones with one digit more."""
    assert figure_text(measure, value) == text
