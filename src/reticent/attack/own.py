"""Your own recordings as a bench: a folder with a folder for each person, and in it a file for each session."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from reticent.attack.bench import CorpusBench, Recognition, Results, Round, Views
from reticent.attack.defence import RAW, Defence
from reticent.attack.free_text import FreeText
from reticent.attack.model import DataMissing, Population, Session, Subject
from reticent.attack.mouse import Mouse
from reticent.recordings import open_format

__all__ = ["OwnBench", "own_benches", "recordings"]

_FEWEST = 4


class OwnBench(Struct, frozen=True):
    """A bench without a level that raw data is known to reach: it must tell people better than guessing does."""

    bench: CorpusBench

    @property
    def name(self) -> str:
        """What messages call it."""
        return self.bench.name

    def run(self, defences: Sequence[Defence], *, seeds: int, quick: bool) -> Results:
        """See ``Bench``.

        Raises:
            DataMissing: on raw data it is no better than guessing, so that its figures would say nothing of a defence.
        """
        results = self.bench.run(defences, seeds=seeds, quick=quick)
        for finding in results.findings:
            if finding.defence == RAW.name and finding.measure == "rank-1" and not finding.low > finding.chance:
                raise DataMissing(
                    f"{finding.attack}: raw data is attacked no better than by guessing ({finding.value:.0%} of"
                    f" {finding.people} people named): too few people, or too little was recorded, to judge a policy"
                )
        return results


def own_benches(folder: Path) -> tuple[OwnBench, ...]:
    """Typing and mouse of the people in a folder: the first half of each one's sessions enrols, the rest is probed."""
    trials = (
        Recognition(name="free text", risk="singling out", attacker=lambda seed: FreeText(), rounds=_crossed),
        Recognition(name="mouse", risk="singling out", attacker=Mouse, rounds=_later),
    )
    return tuple(
        OwnBench(CorpusBench(name=f"recordings, {trial.name}", data="own recordings",
                             sessions=lambda quick: recordings(folder), trials=(trial,)))
        for trial in trials
    )  # fmt: skip


def recordings(folder: Path) -> Iterator[Session]:
    """Sessions of all people, in the order of their names; formats are told by content.

    Raises:
        DataMissing: fewer than four people with two sessions each.
        FormatError: a file cannot be read as events.
    """
    people = {each.name: sorted(file for file in each.iterdir() if file.is_file())
              for each in sorted(folder.iterdir()) if each.is_dir()}  # fmt: skip
    people = {user: files for user, files in people.items() if len(files) > 1}
    if len(people) < _FEWEST:
        raise DataMissing(f"recordings: {len(people)} people with two sessions or more; it takes at least {_FEWEST}")
    for at, files in enumerate(people.values()):
        for file in files:
            with file.open("rb") as stream:
                _, batches = open_format(stream)
                events = [event for batch in batches for event in batch]
            yield Session(f"person {at + 1}", file.name, events)


def _crossed(views: Views, seed: int, quick: bool) -> list[Round]:
    """One half of the people is the background of the other, and the other way round."""
    import numpy as np

    order = np.random.default_rng(seed).permutation(sorted(views)).tolist()
    half = len(order) // 2
    one, two = _half(views, order[:half]), _half(views, order[half:])
    return [Round(one, two), Round(two, one)]


def _later(views: Views, seed: int, quick: bool) -> list[Round]:
    return [Round(Population([], []), _half(views, list(views)))]


def _half(views: Views, users: list[str]) -> Population:
    parts = [(user, [view for _, view in views[user]]) for user in users]
    return Population(
        [Subject(user, mine[: (len(mine) + 1) // 2]) for user, mine in parts],
        [Subject(user, mine[(len(mine) + 1) // 2 :]) for user, mine in parts],
    )
