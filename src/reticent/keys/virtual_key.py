"""Virtual keys of Windows by name (``VK_RETURN``), for recorders that write names.

A virtual key says what a key means, not where it is: letters, digits and punctuation move with the layout, and what
they type depends on Shift. They tell neither code nor key and are not here.

Source: Microsoft, "Virtual-Key Codes".
"""

from __future__ import annotations

from reticent.keys.table import NAMED_KEY, NUMPAD_TEXT

__all__ = ["VK_NAMES"]

_CODES = {
    "VK_BACK": "Backspace", "VK_TAB": "Tab", "VK_RETURN": "Enter", "VK_PAUSE": "Pause", "VK_CAPITAL": "CapsLock",
    "VK_ESCAPE": "Escape", "VK_PRIOR": "PageUp", "VK_NEXT": "PageDown", "VK_END": "End", "VK_HOME": "Home",
    "VK_LEFT": "ArrowLeft", "VK_UP": "ArrowUp", "VK_RIGHT": "ArrowRight", "VK_DOWN": "ArrowDown",
    "VK_SNAPSHOT": "PrintScreen", "VK_INSERT": "Insert", "VK_DELETE": "Delete", "VK_HELP": "Help",
    "VK_LWIN": "MetaLeft", "VK_RWIN": "MetaRight", "VK_APPS": "ContextMenu", "VK_SLEEP": "Sleep",
    "VK_NUMLOCK": "NumLock", "VK_SCROLL": "ScrollLock", "VK_LSHIFT": "ShiftLeft", "VK_RSHIFT": "ShiftRight",
    "VK_LCONTROL": "ControlLeft", "VK_RCONTROL": "ControlRight", "VK_LMENU": "AltLeft", "VK_RMENU": "AltRight",
    "VK_BROWSER_BACK": "BrowserBack", "VK_BROWSER_FORWARD": "BrowserForward", "VK_BROWSER_REFRESH": "BrowserRefresh",
    "VK_BROWSER_STOP": "BrowserStop", "VK_BROWSER_SEARCH": "BrowserSearch",
    "VK_BROWSER_FAVORITES": "BrowserFavorites", "VK_BROWSER_HOME": "BrowserHome",
    "VK_VOLUME_MUTE": "AudioVolumeMute", "VK_VOLUME_DOWN": "AudioVolumeDown", "VK_VOLUME_UP": "AudioVolumeUp",
    "VK_MEDIA_NEXT_TRACK": "MediaTrackNext", "VK_MEDIA_PREV_TRACK": "MediaTrackPrevious",
    "VK_MEDIA_STOP": "MediaStop", "VK_MEDIA_PLAY_PAUSE": "MediaPlayPause", "VK_LAUNCH_MAIL": "LaunchMail",
    "VK_LAUNCH_MEDIA_SELECT": "MediaSelect", "VK_LAUNCH_APP1": "LaunchApp1", "VK_LAUNCH_APP2": "LaunchApp2",
    **{f"VK_F{number}": f"F{number}" for number in range(1, 25)},
}  # fmt: skip
_NUMPAD = {
    **{f"VK_NUMPAD{digit}": f"Numpad{digit}" for digit in range(10)},
    "VK_MULTIPLY": "NumpadMultiply", "VK_ADD": "NumpadAdd", "VK_SUBTRACT": "NumpadSubtract",
    "VK_DECIMAL": "NumpadDecimal", "VK_DIVIDE": "NumpadDivide",
}  # fmt: skip

VK_NAMES: dict[str, tuple[str, str | None]] = {
    **{name: (NAMED_KEY[code], code) for name, code in _CODES.items()},
    **{name: (NUMPAD_TEXT[code], code) for name, code in _NUMPAD.items()},
    "VK_SHIFT": ("Shift", None), "VK_CONTROL": ("Control", None), "VK_MENU": ("Alt", None),
    "VK_CLEAR": ("Clear", None), "VK_CANCEL": ("Cancel", None), "VK_PRINT": ("Print", None),
    "VK_EXECUTE": ("Execute", None), "VK_SELECT": ("Select", None), "VK_PROCESSKEY": ("Process", None),
    "VK_SPACE": (" ", "Space"),
}  # fmt: skip
"""W3C key and code by name, in capitals. Of two keys with one virtual key, such as Enter, the main one; AltGr is
``Alt`` here."""
