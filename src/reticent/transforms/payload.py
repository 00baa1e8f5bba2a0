"""``Payload``: what events carry beside keys: titles, addresses, labels, paths, clipboard, hits.

Each field has a policy of its own. The default is that content does not leave; ``scrub`` lets text leave after every
detector has looked at it and what they found is replaced by the category in brackets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from msgspec.structs import replace

from reticent.events import Blur, Clipboard, Event, Focus, Hit, Input, Label, PointerDown, PointerUp
from reticent.transform import Context, Elementwise
from reticent.transforms.apps import COMMON_APPS, normal_name, public_name

__all__ = ["Payload"]

_PAYLOAD_INPUTS = frozenset(("insertFromPaste", "insertFromPasteAsQuotation", "insertFromDrop", "autofill"))
_EXTENSIONS = frozenset(
    """
    7z avi bmp c cfg conf cpp cs css csv doc docx eml epub gif go gz h heic htm html ico ini ipynb java jpeg jpg js json
    jsx key log m4a md mkv mov mp3 mp4 numbers odp ods odt pages parquet pdf php png ppt pptx ps1 py rb rs rtf sh sql
    svg swift tar tex tiff toml ts tsv tsx txt wav webm webp xls xlsx xml yaml yml zip
    """.split()
)
_ROLES = frozenset(
    """
    alert alertdialog application article banner blockquote button caption cell checkbox code columnheader combobox
    complementary contentinfo definition deletion dialog directory document edit emphasis feed figure footer form
    frame generic grid gridcell group heading image img insertion key label landmark link list listbox listitem log
    main mark marquee math menu menubar menuitem menuitemcheckbox menuitemradio meter navigation none note option
    pane panel paragraph presentation progressbar pushbutton radio radiobutton radiogroup region row rowgroup
    rowheader scrollarea scrollbar search searchbox separator slider spinbutton splitbutton splitter statictext
    status strong subscript superscript suggestion switch tab table tablist tabpanel term text textarea textbox
    textfield time timer titlebar togglebutton toolbar tooltip tree treegrid treeitem video webarea window
    """.split()
)
"""Roles of WAI-ARIA and of the accessibility interfaces of desktops: any other word may be content."""

Text = Literal["drop", "scrub"]


class Payload(Elementwise, frozen=True, kw_only=True):
    """Keep of each field only what its policy allows (ISO/IEC 20889: masking and generalization).

    Attributes:
        title: window titles. label: labels of elements. notification: notifications and completion lists.
        url: ``domain`` keeps scheme and registrable domain; user-info, query and fragment never leave.
        path: ``extension`` keeps the depth and a common file extension.
        clipboard: ``operation`` keeps what was done, not with what; also for drops and autofill.
        common_apps: further applications whose name may leave.

    >>> from reticent.events import Label
    >>> from reticent.transform import Context
    >>> stage = Payload().start(Context())
    >>> stage.feed([Label(time_us=0, kind="path", value="/home/maria/divorce.docx")])[0].value
    '*/*/*.docx'
    """

    title: Text = "drop"
    url: Literal["drop", "domain"] = "domain"
    path: Literal["drop", "extension"] = "extension"
    label: Text = "drop"
    notification: Text = "drop"
    clipboard: Literal["operation", "scrub"] = "operation"
    common_apps: tuple[str, ...] = ()

    def not_examined(self) -> tuple[str, ...]:
        """What leaves without any detector having looked at it; all else is examined or of a fixed vocabulary.

        >>> Payload(url="drop").not_examined()
        ()
        """
        return ("domains of addresses",) if self.url == "domain" else ()

    def rules(self, context: Context, /) -> Mapping[type, Callable[[Event], Event | None]]:
        """See ``Elementwise``."""
        apply = _Rules(self, context)
        return {
            Focus: apply.place, Blur: apply.place, Label: apply.label, Clipboard: apply.clipboard, Input: apply.input,
            PointerDown: apply.hit, PointerUp: apply.hit,
        }  # fmt: skip


class _Rules:
    def __init__(self, policy: Payload, context: Context) -> None:
        self._policy = policy
        self._context = context
        self._common = COMMON_APPS | frozenset(map(normal_name, policy.common_apps))
        self._labels: dict[str, Callable[[str], str | None]] = {
            "title": self._text(policy.title),
            "url": self._domain if policy.url == "domain" else _drop,
            "path": _extension if policy.path == "extension" else _drop,
            "element": self._text(policy.label),
            "notification": self._text(policy.notification),
            "autocomplete": self._text(policy.notification),
        }

    def _text(self, policy: str) -> Callable[[str], str | None]:
        return self._scrub if policy == "scrub" else _drop

    def _scrub(self, text: str) -> str | None:
        from reticent.transforms.scrub import scrub

        return scrub(text, self._context)

    def _domain(self, url: str) -> str | None:
        from reticent.transforms.scrub import registrable_domain

        # The vault is asked for here, not at the start: the redactor may bring it later.
        return registrable_domain(url, self._context.vault)

    def place(self, event: Event) -> Event:
        assert isinstance(event, Focus | Blur)
        window = None if event.window is None else self._labels["title"](event.window)
        url = None if event.url is None else self._labels["url"](event.url)
        return replace(event, app=public_name(event.app, self._common), window=window, url=url)

    def label(self, event: Event) -> Event | None:
        assert isinstance(event, Label)
        value = self._labels[event.kind](event.value)
        return None if value is None else replace(event, value=value)

    def clipboard(self, event: Event) -> Event:
        assert isinstance(event, Clipboard)
        if event.data is None:
            return event
        return replace(event, data=self._scrub(event.data) if self._policy.clipboard == "scrub" else None)

    def input(self, event: Event) -> Event:
        assert isinstance(event, Input)
        if event.input_type not in _PAYLOAD_INPUTS:
            return event
        kept = event.data is not None and self._policy.clipboard == "scrub"
        return replace(event, data=self._scrub(event.data or "") if kept else None, replaced=None)

    def hit(self, event: Event) -> Event:
        assert isinstance(event, PointerDown | PointerUp)
        if event.hit is None:
            return event
        role = (event.hit.role or "").lower()
        return replace(event, hit=Hit(role=role) if role in _ROLES else None)


def _drop(text: str) -> str | None:
    return None


def _extension(path: str) -> str:
    parts = [part for part in path.replace("\\", "/").split("/") if part]
    ending = parts[-1].rpartition(".")[2].lower() if parts and "." in parts[-1] else ""
    return "*/" * (len(parts) - 1) + ("*." + ending if ending in _EXTENSIONS else "*")
