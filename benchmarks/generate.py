"""Writes a synthetic recording in the native format, with planted secrets: same arguments, same bytes.

    python benchmarks/generate.py OUT.jsonl --events 2000000 --seed 7 --expect SECRETS.txt

About 89 % of the rows are of the pointer and 11 % of the keyboard. A fifth of the typed lines hold a secret or
personal data. ``--expect`` writes each planted value on a line of its own: none may be found in what a filter
lets through. All values are made up; card numbers only satisfy the check digit.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import string
from collections.abc import Iterator
from pathlib import Path

Row = tuple[int, str]
"""A time in microseconds and the wire form of an event."""

POINTER_ROWS_PER_KEY_ROW = 89 / 11
SECRET_SHARE = 0.2
TYPO_SHARE = 0.05
SCREEN_PX = (1920, 1080)

VOCABULARY = (
    "the a to and of in is for on that with this we you it be are have will can not please send me your our new "
    "report meeting call team project order update invoice draft review today tomorrow week budget customer plan "
    "thanks question issue status change list number first next final version file folder table page short long "
    "quick late early open closed ready check done start finish before after about between because however maybe"
)
PHRASES = (
    "git commit -m 'fix the {w} {w}'", "cd src/{w}/{w}", "=SUM(B{n}:B{n})", "Re: {w} {w} {w}", "ls -la {w}",
    "Could you {w} the {w} by {n}:30?", "TODO: {w} the {w} ({n} left)", "select {w} from {w} where id = {n};",
)  # fmt: skip
SECRETS = (
    ("email", "please write to {s} about the {w}"),
    ("email", "cc {s}, {w} {w}"),
    ("card", "card {s} exp {n}/29"),
    ("token", "export TOKEN={s}"),
    ("token", "curl -H 'Authorization: Bearer {s}' https://api.example.com/{w}"),
    ("password", "my password is {s}"),
    ("password", "password: {s}"),
)
APPS = (
    ("firefox", "Inbox", "text"), ("code", "main.py", "editor"), ("excel", "Budget", "grid"),
    ("terminal", "bash", "terminal"), ("slack", "general", "text"), ("firefox", "Search", "search"),
)  # fmt: skip

_PLAIN = "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./"
_SHIFTED = '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?'
_SIGN_CODES = {
    "`": "Backquote", "-": "Minus", "=": "Equal", "[": "BracketLeft", "]": "BracketRight", "\\": "Backslash",
    ";": "Semicolon", "'": "Quote", ",": "Comma", ".": "Period", "/": "Slash",
}  # fmt: skip


def _code(sign: str) -> str:
    if sign.isalpha():
        return f"Key{sign.upper()}"
    return f"Digit{sign}" if sign.isdigit() else _SIGN_CODES[sign]


CODES = {" ": "Space"} | {
    sign: _code(plain) for plain, shifted in zip(_PLAIN, _SHIFTED, strict=True) for sign in (plain, shifted)
}


class Text:
    """Lines to type, and the values that were planted in them."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.words = VOCABULARY.split()
        self.planted: list[str] = []

    def line(self) -> str:
        """A line; one in five holds a secret."""
        if self.rng.random() < SECRET_SHARE:
            kind, template = self.rng.choice(SECRETS)
            return self.fill(template.replace("{s}", self.secret(kind)))
        if self.rng.random() < 0.3:
            return self.fill(self.rng.choice(PHRASES))
        return " ".join(self.rng.choice(self.words) for _ in range(self.rng.randint(4, 14)))

    def fill(self, template: str) -> str:
        """The template with its words and numbers filled in."""
        while "{w}" in template:
            template = template.replace("{w}", self.rng.choice(self.words), 1)
        while "{n}" in template:
            template = template.replace("{n}", str(self.rng.randint(1, 12)), 1)
        return template

    def secret(self, kind: str) -> str:
        """A new value of this kind, entered in the list of what was planted."""
        make = {"email": self._email, "card": self._card, "token": self._token, "password": self._password}
        value = make[kind]()
        self.planted.append(value)
        return value

    def _signs(self, alphabet: str, count: int) -> str:
        return "".join(self.rng.choices(alphabet, k=count))

    def _email(self) -> str:
        return f"{self._signs(string.ascii_lowercase, 5)}.{self._signs(string.ascii_lowercase, 7)}@example.com"

    def _card(self) -> str:
        digits = "4" + self._signs(string.digits, 14)
        total = sum(sum(divmod(int(d) * (2 - i % 2), 10)) for i, d in enumerate(digits))
        return digits + str(-total % 10)

    def _token(self) -> str:
        return "ghp_" + self._signs(string.ascii_letters + string.digits, 36)

    def _password(self) -> str:
        return self._signs(string.ascii_letters, 6) + self._signs(string.digits, 3) + self._signs("!#%&?", 1)


class Session:
    """One person at one keyboard and one mouse; ``time_us`` runs on."""

    mouse_hz: tuple[int, ...] = (125, 250, 500, 1000)

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.text = Text(self.rng)
        self.time_us = 1_000_000
        self.x, self.y = SCREEN_PX[0] // 2, SCREEN_PX[1] // 2

    def rows(self) -> Iterator[Row]:
        """Rows without end, in order of time."""
        yield from self.focus()
        debt = 0.0
        while True:
            keys = self.typed_line()
            yield from keys
            debt += len(keys) * POINTER_ROWS_PER_KEY_ROW
            while debt > 0:
                burst = self.pointer_burst()
                yield from burst
                debt -= len(burst)
            if self.rng.random() < 0.25:
                yield from self.focus()
            if self.rng.random() < 0.03:
                yield from self.side_row()

    def row(self, event_type: str, **fields: object) -> Row:
        """A row now, for the few types that need not be fast."""
        wire = json.dumps({"type": event_type, "time_us": self.time_us, **fields}, separators=(",", ":"))
        return self.time_us, f"{wire}\n"

    def focus(self) -> list[Row]:
        """Another element takes the focus; now and then a password field, into which a password is typed."""
        self.time_us += self.rng.randint(200_000, 900_000)
        app, window, field = self.rng.choice(APPS)
        rows = [self.row("focus", app=app, window=window, element=f"{app}-{window}", field=field)]
        if self.rng.random() < 0.05:
            rows.append(self.row("focus", app="firefox", window="Sign in", element="password", field="password"))
            rows += self.typing(self.text.secret("password")) + self.stroke("Enter", "Enter")
            self.time_us += 400_000
            rows.append(self.row("focus", app=app, window=window, element=f"{app}-{window}", field=field))
        return rows

    def side_row(self) -> list[Row]:
        """A title, or a copied text; half of them hold an e-mail address."""
        self.time_us += self.rng.randint(50_000, 400_000)
        value = self.text.fill("{w} {w} {w}")
        if self.rng.random() < 0.5:
            value += f" {self.text.secret('email')}"
        if self.rng.random() < 0.5:
            return [self.row("label", kind="title", value=value)]
        return [self.row("clipboard", operation="copy", data=value)]

    def typed_line(self) -> list[Row]:
        """A line as typed, with its slips, and Enter."""
        self.time_us += self.rng.randint(300_000, 1_500_000)
        rows: list[Row] = []
        if self.rng.random() < 0.03:
            rows += self.typing(self.text.fill("{w} {w} {w}")) + self.select_all()
        rows += self.typing(self.text.line())
        if self.rng.random() < 0.1:
            for arrow in ("ArrowLeft", "ArrowRight"):
                for _ in range(3):
                    rows += self.stroke(arrow, arrow)
        return rows + self.stroke("Enter", "Enter")

    def typing(self, text: str) -> list[Row]:
        """Strokes of a text: the next key often goes down before the last is up, and slips are corrected."""
        rows: list[Row] = []
        last = ""
        for sign in text:
            if self.rng.random() < TYPO_SHARE:
                rows += self.sign(self.rng.choice(string.ascii_lowercase), last) + self.stroke("Backspace", "Backspace")
                last = ""
            rows += self.sign(sign, last)
            last = sign
        rows.sort(key=lambda row: row[0])
        return rows

    def sign(self, sign: str, last: str) -> list[Row]:
        """The stroke of one character, with Shift around it where it needs it."""
        gap_us = int(self.rng.lognormvariate(11.75, 0.35))
        self.time_us += max(gap_us, 130_000) if CODES.get(last) == CODES[sign] else gap_us
        if sign not in _SHIFTED:
            return _stroke(self.time_us, self.rng.randint(60_000, 125_000), CODES[sign], sign)
        down_us = self.time_us
        self.time_us += 40_000
        rows = _stroke(self.time_us, self.rng.randint(60_000, 125_000), CODES[sign], sign, '"Shift"')
        self.time_us += 20_000
        return [*_stroke(down_us, self.time_us - down_us, "ShiftLeft", "Shift"), *rows]

    def stroke(self, code: str, key: str) -> list[Row]:
        """The stroke of a named key, after what is down is up."""
        self.time_us += self.rng.randint(150_000, 260_000)
        rows = _stroke(self.time_us, 80_000, code, key)
        self.time_us += 90_000
        return rows

    def select_all(self) -> list[Row]:
        """Control+A: what is typed next takes the place of all."""
        self.time_us += self.rng.randint(200_000, 500_000)
        down_us = self.time_us
        self.time_us += 240_000
        control = _stroke(down_us, 110_000, "ControlLeft", "Control")
        letter = _stroke(down_us + 60_000, 80_000, "KeyA", "a", '"Control"')
        return [control[0], letter[0], control[1], letter[1]]

    def pointer_burst(self) -> list[Row]:
        """A curved movement to a new place, then perhaps a click or some notches of the wheel."""
        rng = self.rng
        self.time_us += rng.randint(80_000, 700_000)
        step_us = 1_000_000 // rng.choice(self.mouse_hz)
        count = rng.randint(30, 400)
        to_x, to_y = rng.randrange(SCREEN_PX[0]), rng.randrange(SCREEN_PX[1])
        from_x, from_y, bend = self.x, self.y, rng.uniform(-120, 120)
        rows: list[Row] = []
        for i in range(1, count + 1):
            share = i / count
            share = share * share * (3 - 2 * share)
            self.time_us += step_us + rng.randrange(90)
            self.x = int(from_x + (to_x - from_x) * share)
            self.y = min(max(int(from_y + (to_y - from_y) * share + bend * math.sin(math.pi * share)), 0), SCREEN_PX[1])
            rows.append((self.time_us, self._pointer("pointermove")))
        return rows + self._after_burst()

    def _after_burst(self) -> list[Row]:
        rows: list[Row] = []
        choice = self.rng.random()
        if choice < 0.3:
            for kind in ("pointerdown", "pointerup"):
                self.time_us += self.rng.randint(60_000, 120_000)
                rows.append((self.time_us, self._pointer(kind)))
        elif choice < 0.4:
            for _ in range(self.rng.randint(2, 8)):
                self.time_us += self.rng.randint(20_000, 60_000)
                rows.append((self.time_us, self._pointer("wheel", ',"delta_y":120')))
        return rows

    def _pointer(self, kind: str, more: str = "") -> str:
        return f'{{"type":"{kind}","time_us":{self.time_us},"x":{self.x},"y":{self.y}{more}}}\n'


def _stroke(down_us: int, dwell_us: int, code: str, key: str, modifier: str = "") -> list[Row]:
    """A key down and up; the modifier is let go before the key is."""
    fields = f'"code":"{code}","key":{json.dumps(key)}'
    held = f',"modifiers":[{modifier}]' if modifier else ""
    up_us = down_us + dwell_us
    return [
        (down_us, f'{{"type":"keydown","time_us":{down_us},{fields}{held}}}\n'),
        (up_us, f'{{"type":"keyup","time_us":{up_us},{fields}}}\n'),
    ]


def write(target: Path, events: int, seed: int) -> list[str]:
    """Writes that many rows, and returns the values that were planted in them."""
    session = Session(seed)
    with target.open("w", encoding="utf-8", newline="\n") as out:
        for _, (_, wire) in zip(range(events), session.rows(), strict=False):
            out.write(wire)
    return session.text.planted


def main() -> None:
    """Reads the command line and writes the files."""
    parser = argparse.ArgumentParser(description="Writes a synthetic recording in the native format.")
    parser.add_argument("target", type=Path, metavar="OUT.jsonl")
    parser.add_argument("--events", type=int, default=2_000_000, help="rows to write (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=7, help="same seed, same bytes (default: %(default)s)")
    parser.add_argument("--expect", type=Path, metavar="FILE", help="write the planted secrets here, one a line")
    args = parser.parse_args()
    planted = write(args.target, args.events, args.seed)
    if args.expect:
        args.expect.write_text("".join(f"{value}\n" for value in planted), encoding="utf-8")


if __name__ == "__main__":
    main()
