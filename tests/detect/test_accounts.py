"""User names are found after a label, as a command's argument and in a form; the words of every day are not."""

import pytest

from reticent.detect.accounts import UserNames


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("my username is rivanov17", "rivanov17"),
        ("Login as kimberlycunningham with", "kimberlycunningham"),
        ("user: bsmith ok", "bsmith"),
        ("login lsharma do-can-we", "lsharma"),
        ("ssh -l osilva host", "osilva"),
        ("sudo -u rnovak82 ls", "rnovak82"),
        ("curl -u rnovak82:before x.io", "rnovak82"),
        ("rivanov17\t6^fttBbb2%Md\n", "rivanov17"),
        ("benutzername: kmeier", "kmeier"),
        ("Customer mreeves7 called", "mreeves7"),
        ("was issued to user hbarrett.", "hbarrett"),
    ],
)
def test_found(text: str, value: str) -> None:
    """The name alone."""
    found = {text[span.start : span.stop] for span in UserNames().find(text) if span.kind == "username"}
    assert found == {value}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("rivanov17\temily5921\n", "emily5921"), ("jdiallo\tmeet-lunch-the\n", "meet-lunch-the"),
        ("login rivanov VNAxIUH&Z%df", "VNAxIUH&Z%df"), ("$ login jdiallo monkey0681!", "monkey0681!"),
    ],
)  # fmt: skip
def test_the_password_behind_a_user_name(text: str, value: str) -> None:
    """In the next field, or as the last argument of login."""
    assert value in {text[start:stop] for kind, start, stop in UserNames().find(text) if kind == "password"}


@pytest.mark.parametrize("text", ["lindqvist\t2026-11-24\n", "rivanov17\t12.50\n", "apples\t12kg\n", "login page now"])
def test_tables_hold_no_passwords(text: str) -> None:
    """Dates and amounts beside a word."""
    assert UserNames().find(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "the user interface is slow", "login page", "login bob", "customer onboarding", "user middleware",
        "sudo -u postgres psql", "username = parsed.username", "su - USER_NAME -c /bin/app",
        "user is here",
        "account for the difference", "name\tvalue\n", "if user is None:", "sudo apt install",
        "curl -s https://example.org",
    ],
)  # fmt: skip
def test_words_of_every_day_stay(text: str) -> None:
    """Interfaces, placeholders and code."""
    assert UserNames().find(text) == []
