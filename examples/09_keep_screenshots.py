"""Screenshots and video beside the events: what shows a secret is destroyed or blanked, the rest stays.

The recorder took a screenshot every two seconds and a video at one image a second; here both are small PNG files that
the script draws. ``on_frame`` is called once for each screenshot, ``on_blank`` for each stretch of the video.

Prints::

    13 screenshots, 5 kept, 8 destroyed
    left: 0.png 1.png 2.png 3.png 4.png
    video: 15 of 25 images blanked, from 5.2 s to 20.2 s
    events: focus, frames 0 1 2, redacted, frames 3 4
"""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

import reticent
from reticent.events import Event, Focus, Frame, KeyDown, KeyUp, Redacted, Tick

SECOND_US = 1_000_000
LENGTH_US = 25 * SECOND_US
GRAY, BLACK = 200, 0


def png(shade: int) -> bytes:
    """An image of 16 by 16 pixels of one shade of gray."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = b"".join(b"\0" + bytes([shade]) * 16 for _ in range(16))
    head = struct.pack(">IIBBBBB", 16, 16, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def recording(screenshots: Path, video: Path) -> list[Event]:
    """A password typed after five seconds, and what the recorder kept beside it."""
    events: list[Event] = [Focus(time_us=0, app="firefox", window="Sign in", element="name", field="text")]
    for place, key in enumerate(["m", "y", " ", "p", "w", ":", " ", *"Blue42horse", "Enter"]):
        time_us = 4 * SECOND_US + 500_000 + place * 100_000
        events += [KeyDown(time_us=time_us, key=key), KeyUp(time_us=time_us + 50_000, key=key)]
    for time_us in range(0, LENGTH_US, SECOND_US):
        (video / f"{time_us}.png").write_bytes(png(GRAY))
        if time_us % (2 * SECOND_US) == 0:
            (screenshots / f"shot-{time_us}.png").write_bytes(png(GRAY))
            events.append(Frame(time_us=time_us, id=f"shot-{time_us}.png"))
    return [*sorted(events, key=lambda event: event.time_us), Tick(time_us=LENGTH_US)]


def main() -> None:
    with TemporaryDirectory() as folder:
        screenshots, video = Path(folder) / "screenshots", Path(folder) / "video"
        screenshots.mkdir()
        video.mkdir()
        events = recording(screenshots, video)
        blanks: list[tuple[int, int]] = []

        def on_frame(name: str | None, index: int | None) -> None:
            file = screenshots / str(name)
            if index is None:
                file.unlink()
            else:
                file.rename(screenshots / f"{index}.png")

        run = reticent.load_policy("minimal").start(on_frame=on_frame, on_blank=lambda *span: blanks.append(span))
        released = run.feed(events) + run.flush()
        for start_us, end_us in blanks:
            for file in video.iterdir():
                if start_us <= int(file.stem) < end_us:
                    file.write_bytes(png(BLACK))

        kept = sorted(file.name for file in screenshots.iterdir())
        taken = sum(isinstance(event, Frame) for event in events)
        black = sum(file.read_bytes() == png(BLACK) for file in video.iterdir())
        print(f"{taken} screenshots, {len(kept)} kept, {taken - len(kept)} destroyed")
        print("left:", *kept)
        [(start_us, end_us)] = blanks
        print(f"video: {black} of {LENGTH_US // SECOND_US} images blanked, from {start_us / 1e6} s to {end_us / 1e6} s")
        mark = next(at for at, event in enumerate(released) if isinstance(event, Redacted))
        before, after = (
            [str(event.index) for event in part if isinstance(event, Frame)]
            for part in (released[:mark], released[mark:])
        )
        print(f"events: focus, frames {' '.join(before)}, redacted, frames {' '.join(after)}")


if __name__ == "__main__":
    main()
