"""Every mechanism of the views, the closure and the hold-back is needed: without it, a scenario fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from reticent.testing.attacker import find_leaks
from reticent.testing.dsl import expand
from reticent.testing.run import filter_events
from reticent.testing.scenarios import Records, Scenario, check, load_scenarios
from reticent.text import cells, closure, emitter, engine, holdback, scan, typist, views
from reticent.text.buffer import Buffer
from reticent.text.cells import Cell, Match, Unit

_SCENARIO_FILES = Path(__file__).parents[1] / "scenarios"
Patch = pytest.MonkeyPatch


def _nothing(*args: object, **kwargs: object) -> Iterator[object]:
    return iter(())


def _off(owner: object, name: str, value: object = _nothing) -> Callable[[Patch], None]:
    return lambda patch: patch.setattr(owner, name, value, raising=False)


def _no_raw_glued(patch: Patch) -> None:
    original = views.raw
    patch.setattr(views, "raw", lambda cells: iter(list(original(cells))[1:]))


def _no_raw_split(patch: Patch) -> None:
    original = views.raw
    patch.setattr(views, "raw", lambda cells: iter(list(original(cells))[:1]))


def _final_only(patch: Patch) -> None:
    for name in ("epochs", "raw", "global_raw", "joins", "preedits", "variants"):
        patch.setattr(views, name, _nothing)


def _raw_only(patch: Patch) -> None:
    original = views.final

    def empty(buffer: Buffer) -> list[Cell | None]:
        return [] if buffer.edited else original(buffer)

    patch.setattr(views, "final", empty)
    patch.setattr(views, "epochs", _nothing)


def _no_expansion(patch: Patch) -> None:
    patch.setattr(scan, "_token_stop", lambda text, start: start)


def _no_ghosts(patch: Patch) -> None:
    patch.setattr(closure, "_add_ghosts", lambda *_, **__: None)


def _no_sources(patch: Patch) -> None:
    original = closure.widen

    def widen(matches: list[Match]) -> list[Match]:
        for match in matches:
            for cell in match.cells:
                cell.source = None
        return original(matches)

    patch.setattr(closure, "widen", widen)


def _no_units(part: str) -> Callable[[Patch], None]:
    def apply(patch: Patch) -> None:
        original = Cell.units

        def units(self: Cell) -> list[Unit]:
            left_out = getattr(self, part) or ()
            return [unit for unit in original(self) if unit not in left_out]

        patch.setattr(Cell, "units", units)

    return apply


def _no_edges(patch: Patch) -> None:
    patch.setattr(Unit, "is_edge", property(lambda self: self.kind == Unit.MODIFIER))


def _no_modifier_edges(patch: Patch) -> None:
    patch.setattr(Unit, "is_edge", property(lambda self: self.kind in (Unit.STEP, Unit.JUMP, Unit.LOCK)))


def _no_hold(patch: Patch) -> None:
    original = holdback.HoldBack.decide

    def decide(self: holdback.HoldBack, buffer: Buffer, barrier: str) -> None:
        if barrier != "hold":
            original(self, buffer, barrier)

    patch.setattr(holdback.HoldBack, "decide", decide)


def _idle_decides_all(patch: Patch) -> None:
    patch.setattr(scan.Scanner, "idle_tail", lambda self, buffer, serial: [])


def _no_size(patch: Patch) -> None:
    original = holdback.HoldBack.decide

    def decide(self: holdback.HoldBack, buffer: Buffer, barrier: str) -> None:
        if barrier != "size":
            original(self, buffer, barrier)

    patch.setattr(holdback.HoldBack, "decide", decide)


def _size_cuts_anywhere(patch: Patch) -> None:
    patch.setattr(scan.Scanner, "size_tail", lambda self, buffer, serial, cut: (list(serial)[-1:], True))


def _no_watermark(patch: Patch) -> None:
    original = holdback.HoldBack.release

    def release(self: holdback.HoldBack) -> None:
        held, self.open = self.open, {}
        original(self)
        self.open = held

    patch.setattr(holdback.HoldBack, "release", release)


def _no_cut(patch: Patch) -> None:
    patch.setattr(emitter, "ladder", lambda gap_us: gap_us)


def _fine_ladder(patch: Patch) -> None:
    patch.setattr(emitter, "ladder", lambda gap_us: -(-gap_us // 500_000) * 500_000)


def _markers_never_merge(patch: Patch) -> None:
    original = emitter.Emitter.drop

    def drop(self: emitter.Emitter, *args: object) -> None:
        self._marker = None
        original(self, *args)  # type: ignore[arg-type]

    patch.setattr(emitter.Emitter, "drop", drop)


def _places_never_wait(patch: Patch) -> None:
    patch.setattr(emitter.Emitter, "keep_place", lambda self, event, buffer, us: self._keep_place(event, buffer, us))


def _halves_stay(patch: Patch) -> None:
    def keep_up(self: emitter.Emitter, event: object, time_us: int) -> None:
        self.keep(event, time_us)  # type: ignore[arg-type]

    patch.setattr(emitter.Emitter, "keep_up", keep_up)


def _not_sticky(patch: Patch) -> None:
    original = engine.TextEngine._buffer_at

    def buffer_at(self: engine.TextEngine, event: object) -> Buffer:
        buffer = original(self, event)  # type: ignore[arg-type]
        if event.field not in ("password", "otp", "card"):  # type: ignore[attr-defined]
            buffer.sensitive = None
        return buffer

    patch.setattr(engine.TextEngine, "_buffer_at", buffer_at)


def _nothing_learned(patch: Patch) -> None:
    from reticent.detect.vault import Vault

    patch.setattr(Vault, "learn", lambda self, value: False)


def _nothing_near(patch: Patch) -> None:
    from reticent.detect.vault import Vault

    patch.setattr(Vault, "find_near", lambda self, token: False)


def _no_prefix(patch: Patch) -> None:
    from reticent.detect.vault import Vault

    patch.setattr(Vault, "pending_prefix", lambda self, text: 0)


def _no_hard_tail(patch: Patch) -> None:
    patch.setattr("reticent.transforms.redact.hard_tail", lambda text: None)


MUTATIONS: dict[str, Callable[[Patch], None]] = {
    "only FINAL": _final_only,
    "only RAW": _raw_only,
    "no EPOCH": _off(views, "epochs"),
    "no RAW glued": _no_raw_glued,
    "no RAW split": _no_raw_split,
    "no GLOBAL RAW": _off(views, "global_raw"),
    "no shadow": _off(typist.Typist, "_shadow", lambda self, text, unit: None),
    "no JOIN": _off(views, "joins"),
    "no PREEDIT": _off(views, "preedits"),
    "no layout variants": _off(views, "variants"),
    "no token contagion": _no_expansion,
    "no glue": _off(scan, "_is_glued", lambda before, cell: False),
    "no ghosts": _no_ghosts,
    "no fragments": _off(closure, "_fragments", lambda match: {}),
    "no false starts": _off(closure, "_false_starts", lambda match: ()),
    "no sources": _no_sources,
    "idle forgets what may be taken back": _off(scan, "_TAKEN_BACK", 0),
    "no deletes in the closure": _no_units("dels"),
    "no caret steps in the closure": _no_units("touch"),
    "no second strokes in the closure": _no_units("more"),
    "no joining of runs": _off(closure, "_FOREIGN_MAX", -1),
    "no edges": _no_edges,
    "no modifier edges": _no_modifier_edges,
    "no lock parity": _off(closure, "_release_odd_locks", lambda units: None),
    "no zone": _off(cells.Cell, "redacted", property(lambda self: None)),
    "no absorption behind a hull": _off(Buffer, "after_hull", property(lambda self: False, lambda self, value: None)),
    "no hold barrier": _no_hold,
    "idle decides everything": _idle_decides_all,
    "no size barrier": _no_size,
    "size cuts anywhere": _size_cuts_anywhere,
    "no watermark": _no_watermark,
    "no pending prefix": _no_prefix,
    "no hard tail": _no_hard_tail,
    "true clock": _no_cut,
    "fine ladder": _fine_ladder,
    "markers never merge": _markers_never_merge,
    "changes of place never wait": _places_never_wait,
    "halves stay where they are": _halves_stay,
    "fields not sticky": _not_sticky,
    "no burst detection": _off(scan, "_bursts"),
    "no box detection": _off(scan, "_boxes"),
    "nothing learned": _nothing_learned,
    "nothing near": _nothing_near,
}
"""Name of a mechanism and how to switch it off."""


_SCENARIOS = {
    scenario.id: scenario
    for name in ("scenarios.jsonl", "more.jsonl")
    for scenario in load_scenarios(_SCENARIO_FILES / name)
}


def _run(records: Records, config: dict[str, Any], *, chunk: int | None, fault_at: int | None, end: str) -> Records:
    return filter_events(records, config, fault_at=fault_at, end=end)


def _scenario_fails(scenario: Scenario) -> bool:
    return check(scenario, _run) != []


def _odd_lock_is_lost() -> bool:
    """An odd CapsLock in a hull must come out once, behind it."""
    script = 'focus:"n/n" type:"use " key:CapsLock type:"HUNTER2 THEN MORE" key:Enter'
    out = filter_events(expand(script).events)
    return [row["key"] for row in out if row["type"] == "keydown"].count("CapsLock") != 1


def _other_layout_leaks() -> bool:
    """Codes typed on AZERTY, with nothing to say so, must be read under every configured layout."""
    config = {"strip_key": True, "layouts": ["us", "fr"]}
    records = expand('focus:"n/n" layout:fr type:"carte 4111111111111111 merci" key:Enter', config).events
    out = filter_events([row for row in records if row["type"] != "state"], config)
    return find_leaks(out, ["4111111111111111"]) != []


_WITNESSES: dict[str, list[str]] = {
    "only FINAL": ["B03"], "only RAW": ["B08"], "no EPOCH": ["X08", "X54"], "no RAW glued": ["X70"],
    "no RAW split": ["C24"], "no GLOBAL RAW": ["C01"], "no shadow": ["X34"], "no JOIN": ["B19"], "no PREEDIT": ["D15"],
    "no token contagion": ["X06"], "no glue": ["X71"], "no ghosts": ["X90"],
    "no fragments": ["X115"], "no false starts": ["X116"],
    "no sources": ["X91"],
    "idle forgets what may be taken back": ["X85"],
    "no deletes in the closure": ["B03"], "no caret steps in the closure": ["X73"],
    "no second strokes in the closure": ["X74"], "no joining of runs": ["F10"], "no edges": ["H07"],
    "no modifier edges": ["X79"], "no zone": ["X71"], "no absorption behind a hull": ["X75"],
    "no hold barrier": ["F09"],
    "idle decides everything": ["X38", "X39"], "no size barrier": ["X110"], "size cuts anywhere": ["X110", "F08"],
    "no watermark": ["C01"], "no pending prefix": ["X28"], "no hard tail": ["X40", "X42"], "true clock": ["H02"],
    "fine ladder": ["H02"], "markers never merge": ["A01"], "changes of place never wait": ["C25"],
    "halves stay where they are": ["D21"], "fields not sticky": ["C08"], "no burst detection": ["D26"],
    "no box detection": ["X26"], "nothing learned": ["C03"], "nothing near": ["X08"],
}  # fmt: skip
"""Scenarios that a mechanism was built for; one of them must fail without it."""

_CHECKS = {"no lock parity": _odd_lock_is_lost, "no layout variants": _other_layout_leaks}


@pytest.mark.parametrize("name", sorted(MUTATIONS))
def test_every_mechanism_is_needed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing fails with all mechanisms on, and something does with this one off."""
    check_fails = _CHECKS.get(name, lambda: any(_scenario_fails(_SCENARIOS[key]) for key in _WITNESSES[name]))
    assert not check_fails()
    MUTATIONS[name](monkeypatch)
    assert check_fails()
