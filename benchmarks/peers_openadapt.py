"""The openadapt-privacy side of ``peers.py``: run by the interpreter of its own environment, never by ours.

Reads {"line", "typed", "slice"} as JSON from standard input; writes what came out and the CPU seconds as JSON.
"""

from __future__ import annotations

import copy
import json
import sys
import time
from typing import Any


def text_of(records: list[dict[str, Any]]) -> str:
    return "".join(record.get("key_char") or "" for record in records if record.get("type") == "key.down")


def main() -> None:
    from openadapt_privacy.providers.presidio import PresidioScrubbingProvider

    task = json.load(sys.stdin)
    line, typed, slice_ = task["line"], task["typed"], task["slice"]
    provider = PresidioScrubbingProvider()
    scrubbed_line = provider.scrub_text(line)  # loads the model
    started = time.process_time()
    for _ in range(20):
        provider.scrub_text(line)
    line_s = (time.process_time() - started) / 20
    scrubbed = [provider.scrub_dict(copy.deepcopy(record)) for record in typed]
    started = time.process_time()
    for record in slice_:
        provider.scrub_dict(record)
    slice_s = time.process_time() - started
    result = {
        "line": scrubbed_line, "line_s": line_s, "typed": text_of(scrubbed), "slice_s": slice_s,
        "changed": sum(before != after for before, after in zip(typed, scrubbed, strict=True)),
    }  # fmt: skip
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
