"""Filter a recording that somebody else made, and look at what is left of it.

The recording is written by a script in the scenario language, so that the example needs no file; its secrets are
made up.

Prints::

    137 events in, 67 out
    the db password is <credential> ask <contact> thanks
    may leave with it: 32 strokes, marks {'contact': '<5', 'credential': '<5'}
    stays here: {'contact': 1, 'credential': 1}
"""

from __future__ import annotations

import reticent
from reticent.testing import expand

SCRIPT = """
    focus:"slack/#ops"
    type:"the db password is Qz81LLmm, ask maria.lopez@example.com" key:Enter
    pause:3s type:"thanks" key:Enter
"""


def shown(rows: list[dict[str, object]]) -> str:
    """What a reader of the output can know of the text."""
    parts = {"Enter": " ", **{category: f"<{category}>" for category in ("credential", "contact")}}
    pressed = (str(row.get("key", row.get("category"))) for row in rows if row["type"] in ("keydown", "redacted"))
    return "".join(parts.get(key, key) for key in pressed).strip()


def main() -> None:
    recording = expand(SCRIPT).events
    result = reticent.filter(recording, policy="minimal")
    header, *rows = result
    assert header["type"] == "header"
    print(f"{len(recording)} events in, {len(rows)} out")
    print(shown(rows))
    print(f"may leave with it: {result.report.strokes} strokes, marks {result.report.marks}")
    print(f"stays here: {result.diagnostics.marks}")


if __name__ == "__main__":
    main()
