"""A line says what the next one is: the answer to a prompt for a secret, or more of a private key."""

from __future__ import annotations

from typing import Any

import pytest

from reticent.testing.dsl import expand
from reticent.testing.run import filter_events
from reticent.text.buffer import Buffer, Place
from reticent.text.prompts import is_terminal


def left(script: str) -> str:
    """Characters that leave, typed in one window; a star for each mark. ``hunter2`` is enrolled."""
    rows = filter_events(expand(f'focus:"notes/n" {script}').events, {"known_secrets": ["hunter2"]})
    return "".join(map(_character, rows))


def _character(row: dict[str, Any]) -> str:
    if row["type"] == "redacted":
        return "*"
    key = row.get("key", "") if row["type"] == "keydown" else ""
    return "\n" if key == "Enter" else key if len(key) == 1 else ""


@pytest.mark.parametrize(
    ("app", "field", "is_one"),
    [("notes", "terminal", True), ("xterm", "text", True), (None, "unknown", True), ("notes", "editor", False)],
)
def test_what_is_a_terminal(app: str | None, field: Any, is_one: bool) -> None:
    """A field that says so or says nothing, and every field of an application that is known to be one."""
    assert is_terminal(Buffer(Place(app, None, None), field)) is is_one


@pytest.mark.parametrize("command", ["sudo ls", "ssh ann@host", "mysql -u root -p", "read -s pw", "docker login"])
def test_the_line_after_a_command_that_asks_is_hidden(command: str) -> None:
    """With its Enter; the line behind it is not."""
    text = left(f'field:terminal#t type:"{command}" key:Enter type:"pw" key:Enter type:"ls" key:Enter')
    assert text == f"{command}\n*ls\n"


def test_commands_ask_in_terminals_only() -> None:
    """Elsewhere they are words."""
    assert left('field:editor#t type:"sudo ls" key:Enter type:"pw" key:Enter') == "sudo ls\npw\n"


def test_echo_says_when_a_terminal_hides() -> None:
    """For as many lines as it is off. Said after a command, that it is on means that nothing is asked for."""
    script = "field:terminal#t echo:off type:a key:Enter type:b key:Enter echo:on type:ls key:Enter"
    assert left(script) == "*ls\n"
    assert left(f'{script} type:"sudo ls" key:Enter echo:on type:"echo" key:Enter') == "*ls\nsudo ls\necho\n"


def test_echo_of_another_terminal_says_nothing_of_a_remote_one() -> None:
    """Behind ``ssh`` the local terminal is in raw mode, which never hides: there commands are still guessed at."""
    script = 'field:terminal#t type:"ssh a" key:Enter echo:off type:"pw" key:Enter echo:on type:"sudo ls" key:Enter'
    assert left(f'{script} type:"corr" key:Enter type:"ls" key:Enter') == "ssh a\n*sudo ls\n*ls\n"


def test_echo_is_that_of_the_terminal() -> None:
    """Also when the focus has left it before the program asks."""
    away = 'focus:"chat/b" field:text#c echo:off type:"hi" key:Enter focus:"notes/n" field:terminal#t'
    script = f'field:terminal#t type:"./deploy" key:Enter {away} type:"corr" key:Enter echo:on type:"ls" key:Enter'
    assert left(script) == "./deploy\nhi\n*ls\n"


def test_a_private_key_is_hidden_to_its_end() -> None:
    """Line by line."""
    lines = ("x", "-----BEGIN RSA PRIVATE KEY-----", "MIIB", "-----END RSA PRIVATE KEY-----", "ok")
    assert left("field:editor#e " + " ".join(f'type:"{line}" key:Enter' for line in lines)) == "x\n*ok\n"


def test_a_line_of_a_terminal_that_is_all_secret_goes_with_its_enter() -> None:
    """It answered a question that nobody saw."""
    assert left('field:terminal#t type:"hunter2" key:Enter type:"ls" key:Enter') == "*ls\n"
    assert left('field:text#t type:"hunter2" key:Enter type:"ls" key:Enter') == "*\nls\n"


def test_a_prompt_may_ask_again() -> None:
    """Behind an answer a line that looks like a password is another one; one that looks like a command is not."""
    asked = 'field:terminal#t type:"sudo ls" key:Enter type:"pw" key:Enter'
    assert left(f'{asked} type:"Xk2mmN9a" key:Enter type:"ls" key:Enter') == "sudo ls\n*ls\n"
    assert left(f'{asked} type:"./Xk2mmN9a" key:Enter type:"ls" key:Enter').endswith("./Xk2mmN9a\nls\n")


def test_another_question_comes_first() -> None:
    """Yes, no or nothing is hidden, and the password is still to come."""
    answers = 'type:"yes" key:Enter key:Enter type:"corr" key:Enter'
    assert left(f'field:terminal#t type:"ssh a" key:Enter {answers} type:"ls" key:Enter') == "ssh a\n*ls\n"
