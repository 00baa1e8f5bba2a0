"""W3C key vocabulary: physical ``code`` values with their native numbers, and named ``key`` values.

``code`` says which key, ``key`` what it means. Sources: W3C UI Events (code and key values), USB HID usage tables,
Linux input event codes, Windows scan codes and virtual keys, macOS key codes. Nothing here depends on a layout.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import pairwise
from typing import Literal, NamedTuple

__all__ = [
    "CODES", "KEYS", "MODIFIER_KEY", "NAMED_KEY", "NAMED_KEYS", "NUMPAD_NAVIGATION", "NUMPAD_TEXT", "KeyRow",
    "codes_by", "is_printable_key",
]  # fmt: skip


class KeyRow(NamedTuple):
    """One physical key and its number in each system; ``None`` where that system has none.

    ``usb`` is ``page << 16 | usage``. ``windows`` is a set 1 scan code, ``0xE0..`` when extended; ``vk`` is the
    virtual key it has on the US layout.

    >>> KEYS[1].code, KEYS[1].evdev, KEYS[1].xkb
    ('Digit1', 2, 10)
    """

    code: str
    usb: int | None
    evdev: int | None
    windows: int | None
    vk: int | None
    macos: int | None

    @property
    def xkb(self) -> int | None:
        """X11 keycode: evdev plus 8."""
        return None if self.evdev is None else self.evdev + 8


_ROWS: tuple[tuple[str, int | None, int | None, int | None, int | None, int | None], ...] = (
    # code, usb, evdev, windows, vk, macos
    # Writing system keys. Digits and punctuation come before letters: `Layout.stroke` breaks ties in this order.
    ("Space", 0x07002C, 0x39, 0x39, 0x20, 0x31), ("Digit1", 0x07001E, 0x02, 0x02, 0x31, 0x12),
    ("Digit2", 0x07001F, 0x03, 0x03, 0x32, 0x13), ("Digit3", 0x070020, 0x04, 0x04, 0x33, 0x14),
    ("Digit4", 0x070021, 0x05, 0x05, 0x34, 0x15), ("Digit5", 0x070022, 0x06, 0x06, 0x35, 0x17),
    ("Digit6", 0x070023, 0x07, 0x07, 0x36, 0x16), ("Digit7", 0x070024, 0x08, 0x08, 0x37, 0x1A),
    ("Digit8", 0x070025, 0x09, 0x09, 0x38, 0x1C), ("Digit9", 0x070026, 0x0A, 0x0A, 0x39, 0x19),
    ("Digit0", 0x070027, 0x0B, 0x0B, 0x30, 0x1D), ("Minus", 0x07002D, 0x0C, 0x0C, 0xBD, 0x1B),
    ("Equal", 0x07002E, 0x0D, 0x0D, 0xBB, 0x18), ("BracketLeft", 0x07002F, 0x1A, 0x1A, 0xDB, 0x21),
    ("BracketRight", 0x070030, 0x1B, 0x1B, 0xDD, 0x1E), ("Backslash", 0x070031, 0x2B, 0x2B, 0xDC, 0x2A),
    ("Semicolon", 0x070033, 0x27, 0x27, 0xBA, 0x29), ("Quote", 0x070034, 0x28, 0x28, 0xDE, 0x27),
    ("Backquote", 0x070035, 0x29, 0x29, 0xC0, 0x32), ("Comma", 0x070036, 0x33, 0x33, 0xBC, 0x2B),
    ("Period", 0x070037, 0x34, 0x34, 0xBE, 0x2F), ("Slash", 0x070038, 0x35, 0x35, 0xBF, 0x2C),
    ("IntlRo", 0x070087, 0x59, 0x73, 0xC1, 0x5E), ("IntlYen", 0x070089, 0x7C, 0x7D, None, 0x5D),
    ("IntlBackslash", 0x070064, 0x56, 0x56, 0xE2, 0x0A), ("KeyA", 0x070004, 0x1E, 0x1E, 0x41, 0x00),
    ("KeyB", 0x070005, 0x30, 0x30, 0x42, 0x0B), ("KeyC", 0x070006, 0x2E, 0x2E, 0x43, 0x08),
    ("KeyD", 0x070007, 0x20, 0x20, 0x44, 0x02), ("KeyE", 0x070008, 0x12, 0x12, 0x45, 0x0E),
    ("KeyF", 0x070009, 0x21, 0x21, 0x46, 0x03), ("KeyG", 0x07000A, 0x22, 0x22, 0x47, 0x05),
    ("KeyH", 0x07000B, 0x23, 0x23, 0x48, 0x04), ("KeyI", 0x07000C, 0x17, 0x17, 0x49, 0x22),
    ("KeyJ", 0x07000D, 0x24, 0x24, 0x4A, 0x26), ("KeyK", 0x07000E, 0x25, 0x25, 0x4B, 0x28),
    ("KeyL", 0x07000F, 0x26, 0x26, 0x4C, 0x25), ("KeyM", 0x070010, 0x32, 0x32, 0x4D, 0x2E),
    ("KeyN", 0x070011, 0x31, 0x31, 0x4E, 0x2D), ("KeyO", 0x070012, 0x18, 0x18, 0x4F, 0x1F),
    ("KeyP", 0x070013, 0x19, 0x19, 0x50, 0x23), ("KeyQ", 0x070014, 0x10, 0x10, 0x51, 0x0C),
    ("KeyR", 0x070015, 0x13, 0x13, 0x52, 0x0F), ("KeyS", 0x070016, 0x1F, 0x1F, 0x53, 0x01),
    ("KeyT", 0x070017, 0x14, 0x14, 0x54, 0x11), ("KeyU", 0x070018, 0x16, 0x16, 0x55, 0x20),
    ("KeyV", 0x070019, 0x2F, 0x2F, 0x56, 0x09), ("KeyW", 0x07001A, 0x11, 0x11, 0x57, 0x0D),
    ("KeyX", 0x07001B, 0x2D, 0x2D, 0x58, 0x07), ("KeyY", 0x07001C, 0x15, 0x15, 0x59, 0x10),
    ("KeyZ", 0x07001D, 0x2C, 0x2C, 0x5A, 0x06),
    # Functional keys of the alphanumeric section.
    ("Enter", 0x070028, 0x1C, 0x1C, 0x0D, 0x24), ("Tab", 0x07002B, 0x0F, 0x0F, 0x09, 0x30),
    ("Backspace", 0x07002A, 0x0E, 0x0E, 0x08, 0x33), ("CapsLock", 0x070039, 0x3A, 0x3A, 0x14, 0x39),
    ("ContextMenu", 0x070065, 0x7F, 0xE05D, 0x5D, 0x6E), ("ShiftLeft", 0x0700E1, 0x2A, 0x2A, 0xA0, 0x38),
    ("ShiftRight", 0x0700E5, 0x36, 0x36, 0xA1, 0x3C), ("ControlLeft", 0x0700E0, 0x1D, 0x1D, 0xA2, 0x3B),
    ("ControlRight", 0x0700E4, 0x61, 0xE01D, 0xA3, 0x3E), ("AltLeft", 0x0700E2, 0x38, 0x38, 0xA4, 0x3A),
    ("AltRight", 0x0700E6, 0x64, 0xE038, 0xA5, 0x3D), ("MetaLeft", 0x0700E3, 0x7D, 0xE05B, 0x5B, 0x37),
    ("MetaRight", 0x0700E7, 0x7E, 0xE05C, 0x5C, 0x36), ("Convert", 0x07008A, 0x5C, 0x79, 0x1C, None),
    ("NonConvert", 0x07008B, 0x5E, 0x7B, 0x1D, None), ("KanaMode", 0x070088, 0x5D, 0x70, 0x15, None),
    ("Lang1", 0x070090, 0x7A, 0x72, 0x15, 0x68), ("Lang2", 0x070091, 0x7B, 0x71, 0x19, 0x66),
    ("Lang3", 0x070092, 0x5A, 0x78, None, None), ("Lang4", 0x070093, 0x5B, 0x77, None, None),
    ("Lang5", 0x070094, 0x55, None, None, None),
    # Control pad and arrow pad.
    ("Insert", 0x070049, 0x6E, 0xE052, 0x2D, 0x72), ("Delete", 0x07004C, 0x6F, 0xE053, 0x2E, 0x75),
    ("Home", 0x07004A, 0x66, 0xE047, 0x24, 0x73), ("End", 0x07004D, 0x6B, 0xE04F, 0x23, 0x77),
    ("PageUp", 0x07004B, 0x68, 0xE049, 0x21, 0x74), ("PageDown", 0x07004E, 0x6D, 0xE051, 0x22, 0x79),
    ("Help", 0x070075, 0x8A, 0xE03B, 0x2F, None), ("ArrowUp", 0x070052, 0x67, 0xE048, 0x26, 0x7E),
    ("ArrowDown", 0x070051, 0x6C, 0xE050, 0x28, 0x7D), ("ArrowLeft", 0x070050, 0x69, 0xE04B, 0x25, 0x7B),
    ("ArrowRight", 0x07004F, 0x6A, 0xE04D, 0x27, 0x7C),
    # Numpad.
    ("NumLock", 0x070053, 0x45, 0xE045, 0x90, 0x47), ("Numpad1", 0x070059, 0x4F, 0x4F, 0x61, 0x53),
    ("Numpad2", 0x07005A, 0x50, 0x50, 0x62, 0x54), ("Numpad3", 0x07005B, 0x51, 0x51, 0x63, 0x55),
    ("Numpad4", 0x07005C, 0x4B, 0x4B, 0x64, 0x56), ("Numpad5", 0x07005D, 0x4C, 0x4C, 0x65, 0x57),
    ("Numpad6", 0x07005E, 0x4D, 0x4D, 0x66, 0x58), ("Numpad7", 0x07005F, 0x47, 0x47, 0x67, 0x59),
    ("Numpad8", 0x070060, 0x48, 0x48, 0x68, 0x5B), ("Numpad9", 0x070061, 0x49, 0x49, 0x69, 0x5C),
    ("Numpad0", 0x070062, 0x52, 0x52, 0x60, 0x52), ("NumpadDecimal", 0x070063, 0x53, 0x53, 0x6E, 0x41),
    ("NumpadDivide", 0x070054, 0x62, 0xE035, 0x6F, 0x4B), ("NumpadMultiply", 0x070055, 0x37, 0x37, 0x6A, 0x43),
    ("NumpadSubtract", 0x070056, 0x4A, 0x4A, 0x6D, 0x4E), ("NumpadAdd", 0x070057, 0x4E, 0x4E, 0x6B, 0x45),
    ("NumpadEnter", 0x070058, 0x60, 0xE01C, 0x0D, 0x4C), ("NumpadComma", 0x070085, 0x79, 0x7E, 0xC2, 0x5F),
    ("NumpadEqual", 0x070067, 0x75, 0x59, None, 0x51), ("NumpadParenLeft", 0x0700B6, 0xB3, None, None, None),
    ("NumpadParenRight", 0x0700B7, 0xB4, None, None, None), ("NumpadHash", None, None, None, None, None),
    ("NumpadStar", None, None, None, None, None), ("NumpadBackspace", 0x0700BB, None, None, None, None),
    ("NumpadClear", 0x0700D8, None, None, 0x0C, None), ("NumpadClearEntry", 0x0700D9, None, None, None, None),
    ("NumpadMemoryStore", 0x0700D0, None, None, None, None), ("NumpadMemoryRecall", 0x0700D1, None, None, None, None),
    ("NumpadMemoryClear", 0x0700D2, None, None, None, None), ("NumpadMemoryAdd", 0x0700D3, None, None, None, None),
    ("NumpadMemorySubtract", 0x0700D4, None, None, None, None),
    # Function section.
    ("Escape", 0x070029, 0x01, 0x01, 0x1B, 0x35), ("F1", 0x07003A, 0x3B, 0x3B, 0x70, 0x7A),
    ("F2", 0x07003B, 0x3C, 0x3C, 0x71, 0x78), ("F3", 0x07003C, 0x3D, 0x3D, 0x72, 0x63),
    ("F4", 0x07003D, 0x3E, 0x3E, 0x73, 0x76), ("F5", 0x07003E, 0x3F, 0x3F, 0x74, 0x60),
    ("F6", 0x07003F, 0x40, 0x40, 0x75, 0x61), ("F7", 0x070040, 0x41, 0x41, 0x76, 0x62),
    ("F8", 0x070041, 0x42, 0x42, 0x77, 0x64), ("F9", 0x070042, 0x43, 0x43, 0x78, 0x65),
    ("F10", 0x070043, 0x44, 0x44, 0x79, 0x6D), ("F11", 0x070044, 0x57, 0x57, 0x7A, 0x67),
    ("F12", 0x070045, 0x58, 0x58, 0x7B, 0x6F), ("F13", 0x070068, 0xB7, 0x64, 0x7C, 0x69),
    ("F14", 0x070069, 0xB8, 0x65, 0x7D, 0x6B), ("F15", 0x07006A, 0xB9, 0x66, 0x7E, 0x71),
    ("F16", 0x07006B, 0xBA, 0x67, 0x7F, 0x6A), ("F17", 0x07006C, 0xBB, 0x68, 0x80, 0x40),
    ("F18", 0x07006D, 0xBC, 0x69, 0x81, 0x4F), ("F19", 0x07006E, 0xBD, 0x6A, 0x82, 0x50),
    ("F20", 0x07006F, 0xBE, 0x6B, 0x83, 0x5A), ("F21", 0x070070, 0xBF, 0x6C, 0x84, None),
    ("F22", 0x070071, 0xC0, 0x6D, 0x85, None), ("F23", 0x070072, 0xC1, 0x6E, 0x86, None),
    ("F24", 0x070073, 0xC2, 0x76, 0x87, None), ("PrintScreen", 0x070046, 0x63, 0xE037, 0x2C, None),
    ("ScrollLock", 0x070047, 0x46, 0x46, 0x91, None), ("Pause", 0x070048, 0x77, 0x45, 0x13, None),
    ("Fn", None, None, None, None, 0x3F), ("FnLock", None, None, None, None, None),
    # Media keys.
    ("BrowserBack", 0x0C0224, 0x9E, 0xE06A, 0xA6, None), ("BrowserForward", 0x0C0225, 0x9F, 0xE069, 0xA7, None),
    ("BrowserRefresh", 0x0C0227, 0xAD, 0xE067, 0xA8, None), ("BrowserStop", 0x0C0226, 0x80, 0xE068, 0xA9, None),
    ("BrowserSearch", 0x0C0221, 0xD9, 0xE065, 0xAA, None), ("BrowserFavorites", 0x0C022A, 0x9C, 0xE066, 0xAB, None),
    ("BrowserHome", 0x0C0223, 0xAC, 0xE032, 0xAC, None), ("Eject", 0x0C00B8, 0xA1, 0xE02C, None, None),
    ("LaunchApp1", 0x0C0194, 0x90, 0xE06B, 0xB6, None), ("LaunchApp2", 0x0C0192, 0x8C, 0xE021, 0xB7, None),
    ("LaunchMail", 0x0C018A, 0x9B, 0xE06C, 0xB4, None), ("MediaPlayPause", 0x0C00CD, 0xA4, 0xE022, 0xB3, None),
    ("MediaSelect", 0x0C0183, 0xAB, 0xE06D, 0xB5, None), ("MediaStop", 0x0C00B7, 0xA6, 0xE024, 0xB2, None),
    ("MediaTrackNext", 0x0C00B5, 0xA3, 0xE019, 0xB0, None), ("MediaTrackPrevious", 0x0C00B6, 0xA5, 0xE010, 0xB1, None),
    ("Power", 0x070066, 0x74, 0xE05E, None, None), ("Sleep", 0x010082, 0x8E, 0xE05F, 0x5F, None),
    ("WakeUp", 0x010083, 0x8F, 0xE063, None, None), ("AudioVolumeDown", 0x070081, 0x72, 0xE02E, 0xAE, 0x49),
    ("AudioVolumeMute", 0x07007F, 0x71, 0xE020, 0xAD, 0x4A), ("AudioVolumeUp", 0x070080, 0x73, 0xE030, 0xAF, 0x48),
    # Legacy, non-standard and special keys.
    ("Hyper", None, None, None, None, None), ("Super", None, None, None, None, None),
    ("Turbo", None, None, None, None, None), ("Suspend", None, None, None, None, None),
    ("Resume", None, None, None, None, None), ("Abort", 0x07009B, None, None, None, None),
    ("Again", 0x070079, 0x81, None, None, None), ("Copy", 0x07007C, 0x85, 0xE018, None, None),
    ("Cut", 0x07007B, 0x89, 0xE017, None, None), ("Find", 0x07007E, 0x88, None, None, None),
    ("Open", 0x070074, 0x86, None, None, None), ("Paste", 0x07007D, 0x87, 0xE00A, None, None),
    ("Props", 0x0700A3, None, None, None, None), ("Select", 0x070077, 0x84, None, 0x29, None),
    ("Undo", 0x07007A, 0x83, 0xE008, None, None), ("Hiragana", None, None, None, None, None),
    ("Katakana", None, None, None, None, None), ("Unidentified", None, None, None, None, None),
    # Not in the standard, but emitted by browsers.
    ("BrightnessUp", 0x0C006F, 0xE1, None, None, None), ("BrightnessDown", 0x0C0070, 0xE0, None, None, None),
    ("MediaPlay", 0x0C00B0, 0xCF, None, None, None), ("MediaPause", 0x0C00B1, 0xC9, None, None, None),
    ("MediaRecord", 0x0C00B2, 0xA7, None, None, None), ("MediaFastForward", 0x0C00B3, 0xD0, None, None, None),
    ("MediaRewind", 0x0C00B4, 0xA8, None, None, None), ("MailReply", 0x0C0289, 0xE8, None, None, None),
    ("MailForward", 0x0C028B, 0xE9, None, None, None), ("MailSend", 0x0C028C, 0xE7, None, None, None),
    ("LaunchControlPanel", 0x0C019F, 0x243, None, None, None), ("LaunchScreenSaver", 0x0C01B1, 0x245, None, None, None),
    ("LaunchAssistant", 0x0C01CB, 0x247, None, None, None), ("SelectTask", 0x0C01A2, 0x244, None, None, None),
    ("KeyboardLayoutSelect", 0x0C029D, 0x248, None, None, None), ("ShowAllWindows", 0x0C029F, 0x78, None, None, None),
    ("ZoomToggle", 0x0C0232, 0x174, None, None, None), ("DisplayToggleIntExt", 0x0100B5, 0xE3, None, None, None),
)  # fmt: skip

KEYS: tuple[KeyRow, ...] = tuple(map(KeyRow._make, _ROWS))
"""One row per code."""

CODES = frozenset(row.code for row in KEYS)
"""Every ``code`` value that is known."""


def codes_by(column: Literal["usb", "evdev", "xkb", "windows", "vk", "macos"]) -> dict[int, str]:
    """Map the native numbers of one system to codes; of two keys with one number, the main one.

    >>> codes_by("evdev")[30], codes_by("vk")[0x0D]
    ('KeyA', 'Enter')
    """
    numbers = ((getattr(row, column), row.code) for row in reversed(KEYS))
    return {number: code for number, code in numbers if number is not None}


_NAMED_KEYS = (
    # Special, modifier, whitespace, navigation, editing and user interface keys.
    """
    Unidentified Dead
    Alt AltGraph CapsLock Control Fn FnLock Hyper Meta NumLock ScrollLock Shift Super Symbol SymbolLock
    Enter Tab ArrowDown ArrowLeft ArrowRight ArrowUp End Home PageDown PageUp
    Backspace Clear Copy CrSel Cut Delete EraseEof ExSel Insert Paste Redo Undo
    Accept Again Attn Cancel ContextMenu Escape Execute Find Help Pause Play Props Select ZoomIn ZoomOut
    BrightnessDown BrightnessUp Eject Hibernate LogOff Power PowerOff PrintScreen Standby WakeUp
    F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12 F13 F14 F15 F16 F17 F18 F19 F20 F21 F22 F23 F24 Soft1 Soft2 Soft3 Soft4
    """
    # Input methods.
    """
    AllCandidates Alphanumeric CodeInput Compose Convert FinalMode GroupFirst GroupLast GroupNext GroupPrevious
    ModeChange NextCandidate NonConvert PreviousCandidate Process SingleCandidate HangulMode HanjaMode JunjaMode
    Eisu Hankaku Hiragana HiraganaKatakana KanaMode KanjiMode Katakana Romaji Zenkaku ZenkakuHankaku
    """
    # Media, audio, speech, applications, browser.
    """
    ChannelDown ChannelUp Close MailForward MailReply MailSend MediaClose MediaFastForward MediaPause MediaPlay
    MediaPlayPause MediaRecord MediaRewind MediaStop MediaTrackNext MediaTrackPrevious New Open Print Save SpellCheck
    Key11 Key12 AudioBalanceLeft AudioBalanceRight AudioBassBoostDown AudioBassBoostToggle AudioBassBoostUp
    AudioFaderFront AudioFaderRear AudioSurroundModeNext AudioTrebleDown AudioTrebleUp AudioVolumeDown
    AudioVolumeMute AudioVolumeUp MicrophoneToggle MicrophoneVolumeDown MicrophoneVolumeMute MicrophoneVolumeUp
    SpeechCorrectionList SpeechInputToggle LaunchApplication1 LaunchApplication2 LaunchAssistant LaunchCalendar
    LaunchContacts LaunchControlPanel LaunchMail LaunchMediaPlayer LaunchMusicPlayer LaunchPhone LaunchScreenSaver
    LaunchSpreadsheet LaunchWebBrowser LaunchWebCam LaunchWordProcessor
    BrowserBack BrowserFavorites BrowserForward BrowserHome BrowserRefresh BrowserSearch BrowserStop
    """
    # Telephone, television, media controller.
    """
    AppSwitch Call Camera CameraFocus EndCall GoBack GoHome HeadsetHook LastNumberRedial MannerMode Notification
    VoiceDial TV TV3DMode TVAntennaCable TVAudioDescription TVAudioDescriptionMixDown TVAudioDescriptionMixUp
    TVContentsMenu TVDataService TVInput TVInputComponent1 TVInputComponent2 TVInputComposite1 TVInputComposite2
    TVInputHDMI1 TVInputHDMI2 TVInputHDMI3 TVInputHDMI4 TVInputVGA1 TVMediaContext TVNetwork TVNumberEntry TVPower
    TVRadioService TVSatellite TVSatelliteBS TVSatelliteCS TVSatelliteToggle TVTerrestrialAnalog
    TVTerrestrialDigital TVTimer AVRInput AVRPower ClosedCaptionToggle ColorF0Red ColorF1Green ColorF2Yellow
    ColorF3Blue ColorF4Grey ColorF5Brown DVR Dimmer DisplaySwap Exit FavoriteClear0 FavoriteClear1 FavoriteClear2
    FavoriteClear3 FavoriteRecall0 FavoriteRecall1 FavoriteRecall2 FavoriteRecall3 FavoriteStore0 FavoriteStore1
    FavoriteStore2 FavoriteStore3 Guide GuideNextDay GuidePreviousDay Info InstantReplay Link ListProgram
    LiveContent Lock MediaApps MediaAudioTrack MediaLast MediaSkipBackward MediaSkipForward MediaStepBackward
    MediaStepForward MediaTopMenu NavigateIn NavigateNext NavigateOut NavigatePrevious NextFavoriteChannel
    NextUserProfile OnDemand Pairing PinPDown PinPMove PinPToggle PinPUp PlaySpeedDown PlaySpeedReset PlaySpeedUp
    RandomToggle RcLowBattery RecordSpeedNext RfBypass STBInput STBPower ScanChannelsToggle ScreenModeNext Settings
    SplitScreenToggle Subtitle Teletext VideoModeNext Wink ZoomToggle
    """
)

NAMED_KEYS = frozenset(_NAMED_KEYS.split())
"""Named ``key`` values: every value of ``key`` that is not text."""

MODIFIER_KEY: dict[str, str] = {
    "ShiftLeft": "Shift", "ShiftRight": "Shift", "ControlLeft": "Control", "ControlRight": "Control",
    "AltLeft": "Alt", "AltRight": "Alt", "MetaLeft": "Meta", "MetaRight": "Meta",
    "CapsLock": "CapsLock", "NumLock": "NumLock", "ScrollLock": "ScrollLock",
    "Fn": "Fn", "FnLock": "FnLock", "Hyper": "Hyper", "Super": "Super",
}  # fmt: skip
"""Code to modifier key. ``AltRight`` is ``Alt`` here; only the layout knows whether it is ``AltGraph``."""

_RENAMED: dict[str, str] = {
    **MODIFIER_KEY,
    "NumpadEnter": "Enter", "NumpadBackspace": "Backspace", "NumpadClear": "Clear", "NumpadClearEntry": "Clear",
    "LaunchApp1": "LaunchApplication1", "LaunchApp2": "LaunchApplication2", "MediaSelect": "LaunchMediaPlayer",
    "Sleep": "Standby", "Abort": "Cancel", "DisplayToggleIntExt": "DisplaySwap",
    "Lang1": "HangulMode", "Lang2": "HanjaMode", "Lang3": "Katakana", "Lang4": "Hiragana", "Lang5": "ZenkakuHankaku",
}  # fmt: skip

NAMED_KEY: dict[str, str] = {
    code: _RENAMED.get(code, code)
    for code in (row.code for row in KEYS)
    if _RENAMED.get(code, code) in NAMED_KEYS and code != "Unidentified"
}
"""Code to named key, for the keys that never make text on any layout."""

NUMPAD_TEXT: dict[str, str] = {
    **{f"Numpad{digit}": digit for digit in "0123456789"},
    "NumpadDecimal": ".", "NumpadComma": ",", "NumpadAdd": "+", "NumpadSubtract": "-", "NumpadMultiply": "*",
    "NumpadDivide": "/", "NumpadEqual": "=", "NumpadParenLeft": "(", "NumpadParenRight": ")",
    "NumpadHash": "#", "NumpadStar": "*",
}  # fmt: skip
"""Numpad code to the text it makes while NumLock is on."""

NUMPAD_NAVIGATION: dict[str, str] = {
    "Numpad7": "Home", "Numpad8": "ArrowUp", "Numpad9": "PageUp",
    "Numpad4": "ArrowLeft", "Numpad5": "Clear", "Numpad6": "ArrowRight",
    "Numpad1": "End", "Numpad2": "ArrowDown", "Numpad3": "PageDown",
    "Numpad0": "Insert", "NumpadDecimal": "Delete",
}  # fmt: skip
"""Numpad code to the named key it gives while NumLock is off."""


def is_printable_key(key: str | None) -> bool:
    """Whether ``key`` is text: one grapheme, not a control character, not a named key.

    >>> [is_printable_key(key) for key in ("a", "é", " ", "Enter", "\\x03", "")]
    [True, True, True, False, False, False]
    """
    if not key or key in NAMED_KEYS:
        return False
    if len(key) == 1:
        return unicodedata.category(key) not in {"Cc", "Cs"}
    return unicodedata.category(key[0]) not in {"Cc", "Cs"} and _is_one_grapheme(key)


_JOINER = "\u200d"
_REGIONAL_INDICATORS = range(0x1F1E6, 0x1F200)
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_TAGS = range(0xE0020, 0xE0080)
_JAMO = range(0x1100, 0x1200)


def _is_one_grapheme(text: str) -> bool:
    """Approximates UAX #29 for what keyboards send: marks, emoji sequences, flags, Hangul jamo."""
    if len(text) == 2 and _all_in(text, _REGIONAL_INDICATORS):
        return True
    return _all_in(text, _JAMO) or all(_extends(before, char) for before, char in pairwise(text))


def _extends(before: str, char: str) -> bool:
    """Whether ``char`` belongs to the grapheme that ``before`` is in."""
    if _JOINER in (before, char) or ord(char) in _SKIN_TONES or ord(char) in _TAGS:
        return True
    return unicodedata.category(char) in {"Mn", "Mc", "Me"}


def _all_in(text: Iterable[str], block: range) -> bool:
    return all(ord(char) in block for char in text)
