"""Application names: which are common enough to name, and which are denied by category.

A name outside ``COMMON_APPS`` may itself tell something (a merger tool, a clinic's client) and leaves as ``other``.
The lists are facts collected by hand; a policy can add to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["APP_CATEGORIES", "COMMON_APPS", "app_names", "normal_name", "public_name"]

COMMON_APPS = frozenset(
    """
    acrobat alacritty android-studio atom audacity blender brave calc calculator calendar chat chrome chromium clion
    code cmd conhost console cursor datagrip dbeaver discord docker edge emacs evince excel explorer figma files
    finder firefox gedit gimp gnome-terminal goland gthumb idea impress inkscape intellij iterm2 jupyter kate
    keynote konsole libreoffice linear mail mailspring mate-terminal messages mousepad music nautilus neovim notepad
    notepad++ notes notion numbers nvim obsidian okular onenote opera outlook pages photos photoshop postman
    powerpoint powershell preview pycharm reader rstudio safari signal skype slack spotify sublime_text teams
    telegram terminal terminator textedit thunar thunderbird tmux vim visual-studio vlc vscode vscodium webstorm
    wezterm whatsapp word writer xcode xterm zed zoom
    """.split()
)
"""Applications so common that their name tells nothing about a person."""

APP_CATEGORIES: dict[str, frozenset[str]] = {
    "password-manager": frozenset(
        """
        1password bitwarden dashlane enpass keepass keepass2 keepassx keepassxc keeper keychain-access lastpass
        nordpass pass proton-pass roboform seahorse pinentry pinentry-gtk-2 pinentry-qt pinentry-mac ssh-askpass gksu
        polkit-agent polkit-gnome-authentication-agent-1 credentialuibroker consent logonui
        """.split()
    ),
    "on-screen-keyboard": frozenset("osk onboard florence tabtip caribou maliit squeekboard".split()),
    "remote-desktop": frozenset(
        """
        mstsc remmina rdesktop xfreerdp vncviewer tigervnc realvnc teamviewer anydesk nxplayer nomachine citrix
        wfica32 vmconnect virt-viewer rustdesk splashtop microsoft-remote-desktop windows-app
        """.split()
    ),
    "banking": frozenset("starmoney quicken gnucash moneydance banking4 hibiscus kmymoney bank-client".split()),
}
"""Applications by category, for ``deny_apps = ["category:..."]``."""

_EXTENSION = re.compile(r"\.(?:exe|app|desktop|bin|appimage|com)$")
_WORD = re.compile(r"[^\W_]+")


def normal_name(app: str) -> str:
    """The name under which an application is looked up: lower case, without path and extension.

    >>> normal_name("C:/Program Files/KeePassXC/KeePassXC.exe"), normal_name("Google Chrome.app")
    ('keepassxc', 'google-chrome')
    """
    name = app.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1].strip().lower()
    return _EXTENSION.sub("", name).replace(" ", "-")


def app_names(app: str) -> frozenset[str]:
    """Every name an application may be denied by.

    These are the parts of an identifier such as a bundle or desktop id as well, and of each the whole words that it
    begins with, so that versions and editions do not matter.

    >>> sorted(app_names("org.keepassxc.KeePassXC.desktop"))
    ['keepassxc', 'org', 'org.keepassxc', 'org.keepassxc.keepassxc']
    >>> sorted(app_names("/opt/bitwarden-desktop-2"))
    ['bitwarden', 'bitwarden-desktop', 'bitwarden-desktop-2']
    """
    name = normal_name(app)
    parts = (name, *name.split("."))
    return frozenset((*parts, *(beginning for part in parts for beginning in _beginnings(part))))


def _beginnings(name: str) -> Iterator[str]:
    """Whole words that a name begins with, with and without a version number that is written onto the last."""
    for word in _WORD.finditer(name):
        beginning = name[: word.end()]
        unversioned = beginning.rstrip("0123456789")
        yield beginning
        if unversioned[-1:].isalpha():
            yield unversioned


def public_name(app: str | None, common: frozenset[str] = COMMON_APPS) -> str | None:
    """The name that may leave.

    >>> public_name("Firefox"), public_name("acme-merger-tool"), public_name(None)
    ('firefox', 'other', None)
    """
    if app is None:
        return None
    name = normal_name(app)
    for vendor in ("google-", "mozilla-", "microsoft-", "org.gnome.", "apple-", "libreoffice-"):
        if name.removeprefix(vendor) in common:
            return name.removeprefix(vendor)
    return name if name in common else "other"
