"""Enrolled secrets on disk: a store that tells whether a text holds one of them, and does not hold them itself.

Open a store with ``EnrolledStore.open("enrolled.json", Keyring())``; give it to ``Policy.start(enrolled_store=...)``.
"""

from __future__ import annotations

from reticent.enrolment.keys import KeyFile, Keyring, KeySource, Passphrase
from reticent.enrolment.store import EnrolledStore, Entry, key_kind

__all__ = ["EnrolledStore", "Entry", "KeyFile", "KeySource", "Keyring", "Passphrase", "key_kind"]
