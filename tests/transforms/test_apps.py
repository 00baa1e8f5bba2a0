"""Application names are looked up whatever the platform calls them, and rare ones leave as ``other``."""

from __future__ import annotations

import pytest

from reticent.transforms.apps import APP_CATEGORIES, COMMON_APPS, app_names, normal_name, public_name


@pytest.mark.parametrize(
    ("app", "name"),
    [
        ("Firefox", "firefox"), ("/usr/bin/firefox", "firefox"), ("C:\\Windows\\notepad.exe", "notepad"),
        ("Google Chrome.app", "google-chrome"), ("org.gnome.gedit.desktop", "org.gnome.gedit"), ("  Code ", "code"),
        ("notepad++.exe", "notepad++"), ("/Applications/Zed.app/", "zed"), ("", ""), ("Obsidian.AppImage", "obsidian"),
    ],
)  # fmt: skip
def test_normal_name(app: str, name: str) -> None:
    """Lower case, without path and extension, blanks as hyphens."""
    assert normal_name(app) == name


@pytest.mark.parametrize("name", sorted(COMMON_APPS))
def test_common_names_are_normal(name: str) -> None:
    """A name that is written otherwise in the list would never be found."""
    assert normal_name(name) == name
    assert public_name(name) == name


@pytest.mark.parametrize("category", sorted(APP_CATEGORIES))
def test_category_names_are_normal(category: str) -> None:
    """As above; and an application that is denied is not a common one."""
    assert all(normal_name(name) == name for name in APP_CATEGORIES[category])
    assert not APP_CATEGORIES[category] & COMMON_APPS


@pytest.mark.parametrize(
    ("app", "public"),
    [
        ("Google Chrome", "chrome"), ("Mozilla Firefox", "firefox"), ("Microsoft Word", "word"),
        ("Microsoft Edge", "edge"),
        ("org.gnome.gedit", "gedit"), ("WINWORD.EXE", "other"), ("acme-merger-tool", "other"), ("", "other"),
        ("Firefox; hunter2", "other"),
    ],
)  # fmt: skip
def test_public_name(app: str, public: str) -> None:
    """A common name, without its vendor; anything else is ``other``."""
    assert public_name(app) == public


def test_no_application() -> None:
    """Stays none."""
    assert public_name(None) is None


def test_further_names() -> None:
    """A policy can add to the list."""
    assert public_name("acme-tool", COMMON_APPS | {"acme-tool"}) == "acme-tool"


def test_app_names() -> None:
    """The name, and the parts of an identifier."""
    assert app_names("com.bitwarden.desktop") == {"com.bitwarden", "com", "bitwarden"}
    assert app_names("KeePassXC.exe") == {"keepassxc"}


@pytest.mark.parametrize(
    ("app", "denied"),
    [
        ("/usr/bin/keepassxc", "keepassxc"), ("keepassxc-2.7", "keepassxc"), ("1Password 8", "1password"),
        ("bitwarden-desktop", "bitwarden"), ("C:\\Apps\\KeePassXC-2.7.exe", "keepassxc"), ("KeePass2.exe", "keepass"),
        ("org.keepassxc.KeePassXC-beta", "keepassxc"), ("Keychain Access 11", "keychain-access"),
        ("AgileBits.1Password_8.10_x64", "1password"), ("lastpass-bin", "lastpass"),
    ],
)  # fmt: skip
def test_versions_and_editions_are_denied_as_well(app: str, denied: str) -> None:
    """Whole words at the beginning of the name are enough."""
    assert denied in app_names(app)


def test_parts_of_words_are_no_names() -> None:
    """``passport`` is not ``pass``."""
    assert "pass" not in app_names("passport")
