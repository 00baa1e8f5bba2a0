"""A transform of one's own, checked against the laws that every transform keeps, in a pipeline after redaction.

Prints::

    laws kept
    (100, 50)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from reticent import Context, Pipeline
from reticent.events import Event, PointerMove
from reticent.formats.native import from_records
from reticent.testing import check_transform, expand
from reticent.transform import Elementwise
from reticent.transforms.redact import Redact


class SnapPointer(Elementwise, frozen=True, kw_only=True):
    """Round positions of pointer moves down to a grid of ``step_px`` pixels (ISO/IEC 20889: rounding)."""

    step_px: int = 50

    def rules(self, context: Context, /) -> Mapping[type, Callable[[Event], Event | None]]:
        """See ``Elementwise``."""

        def snap(event: Event) -> Event:
            assert isinstance(event, PointerMove)
            return replace(event, x=event.x // self.step_px * self.step_px, y=event.y // self.step_px * self.step_px)

        return {PointerMove: snap}


def main() -> None:
    events = list(from_records(expand('move:130,75 type:"ab" key:Enter').events))
    check_transform(SnapPointer(), events)
    print("laws kept")

    with Pipeline((Redact(), SnapPointer())).start(Context()) as run:
        released = run.feed(events)
    (moved,) = (event for event in released + run.flushed if isinstance(event, PointerMove))
    print((moved.x, moved.y))


if __name__ == "__main__":
    main()
