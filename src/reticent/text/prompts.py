"""Prompts for secrets: which line at a terminal asks for one, and so what the next line is.

A line is decided here, as what it is depends on what the one before has asked. ``latch`` of a buffer holds that.
"""

from __future__ import annotations

from reticent.events import Category
from reticent.text.buffer import Buffer
from reticent.text.cells import Cell, Unit
from reticent.text.holdback import HoldBack
from reticent.text.span import Knowledge

__all__ = ["Prompts", "is_terminal"]

_LATCHING = frozenset(("terminal", "unknown"))
_TERMINALS = frozenset(
    """
    alacritty gnome-terminal gnome-terminal-server iterm2 iTerm2 kitty konsole mate-terminal putty Terminal terminator
    tilix wezterm WindowsTerminal WindowsTerminal.exe windowsterminal xfce4-terminal xterm
    """.split()
)
"""Applications whose text fields are terminals, whatever the recorder calls them."""
_NO_ANSWER = frozenset(("", "yes", "no", "y", "n"))
"""Lines that answer another question before the password is asked for."""
_PROMPTS_MAX = 4
_SECRET_MIN, _SECRET_KINDS = 6, 3


class Prompts:
    """What the lines of one seat ask for and answer."""

    def __init__(self, held: HoldBack, knowledge: Knowledge) -> None:
        self._held = held
        self._knowledge = knowledge

    def decide_line(self, buffer: Buffer, line: list[Cell]) -> Category | None:
        """Decide the line and set the latch for the next; the category of the commit key if it is hidden too."""
        text = "".join(cell.text for cell in line)
        was, buffer.latch = buffer.latch, None
        asked_again = was is None and 0 < buffer.prompted <= _PROMPTS_MAX and _looks_secret(text)
        if asked_again:
            self._held.condemn(buffer)
        else:
            self._held.decide(buffer, "commit")
        if buffer.sensitive:
            self.learn(buffer)
            return buffer.sensitive
        if was == "line" and text.strip().lower() in _NO_ANSWER and buffer.prompted < _PROMPTS_MAX:
            buffer.latch = "line"
            buffer.prompted += 1
            return "credential"
        if was in ("line", "echo") or asked_again:
            self._knowledge.vault.learn(text)
            buffer.latch = "echo" if was == "echo" else None
            buffer.prompted += 1
            return "credential"
        buffer.prompted = 0
        if self._is_of_key(buffer, text, begun=was == "pem"):
            return "credential"
        if is_terminal(buffer):
            if self._knowledge.latches(text):
                self._arm(buffer)
            if line and all(cell.redacted == "credential" for cell in line):
                return "credential"
        return None

    def _is_of_key(self, buffer: Buffer, text: str, *, begun: bool) -> bool:
        """Whether the line is of a private key, or begins one; then so is the next, until it ends."""
        goes_on = not self._knowledge.pem_closes(text) if begun else self._knowledge.pem_opens(text)
        if goes_on:
            buffer.latch = "pem"
        return begun or goes_on

    @staticmethod
    def _arm(buffer: Buffer) -> None:
        """The next line answers a password prompt, and so may a few that look like one: some programs ask again."""
        buffer.latch = "line"
        buffer.prompted = 0

    def learn(self, buffer: Buffer) -> None:
        """What was typed into a password field is a secret wherever it is typed again."""
        if buffer.field == "password":
            text = "".join(cell.text for cell in buffer.cells if cell.live)
            self._knowledge.vault.learn(text.replace("\t", "\n").strip("\n").rpartition("\n")[2])

    def run_lines(self, cells: list[Cell], unit: Unit) -> None:
        """Each line break in a text runs a line at a terminal; what follows one that asks for a password answers it."""
        buffer = unit.buffer
        count = sum(cell.text == "\n" for cell in cells)
        if not count or not is_terminal(buffer):
            return
        lines = "".join(cell.text for cell in buffer.cells if cell.live).split("\n")[-count - 1 :]
        asks = [self._knowledge.latches(line) for line in lines[:-1]]
        answers = [line for line, asked in zip(lines[1:], asks, strict=True) if asked]
        for answer in filter(None, answers):
            unit.zone = "credential"
            self._knowledge.vault.learn(answer)
        if asks[-1]:
            self._held.decide(buffer, "commit")
            self._arm(buffer)


def is_terminal(buffer: Buffer) -> bool:
    """Whether what is typed here may be commands."""
    return buffer.field in _LATCHING or buffer.place.app in _TERMINALS


def _looks_secret(text: str) -> bool:
    """Whether a whole line at a terminal can hardly be a command: one long token of mixed characters."""
    kinds = (str.islower, str.isupper, str.isdigit, lambda letter: not letter.isalnum() and letter not in "-._/=")
    mixed = sum(any(map(kind, text)) for kind in kinds)
    return (
        len(text) >= _SECRET_MIN
        and mixed >= _SECRET_KINDS
        and not any(map(str.isspace, text))
        and text[0] not in "./~-"
    )
