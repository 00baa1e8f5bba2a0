"""A twin is what the keys of a secret make on another layout, or with CapsLock on."""

from __future__ import annotations

import pytest

from reticent.enrolment.twins import twins
from reticent.errors import PolicyError


@pytest.mark.parametrize(
    ("secret", "layouts", "expected"),
    [
        ("azerty2", ["us", "fr"], {"qwertyé", "qwerty@"}),
        ("Hunter2!", ["us", "ru"], {"ргтеук2!"}),
        ("Hunter2!", ["us"], set()),
        ("Hunter2!", ["us", "de"], set()),
        ("xyz 90", ["us", "de"], {"xzy 90"}),
        ("пароль7", ["us", "ru"], {"gfhjkm7"}),
        ("密码hunter2", ["us", "de"], set()),
    ],
)
def test_twins(secret: str, layouts: list[str], expected: set[str]) -> None:
    """Both ways between each two, folded, without the secret itself; none where a key makes no character."""
    found = twins(secret, layouts)
    assert {*found} == expected and len(found) == len(expected)


def test_unknown_layout() -> None:
    """Is refused by its name."""
    with pytest.raises(PolicyError, match="'xx'"):
        twins("hunter2", ["us", "xx"])
