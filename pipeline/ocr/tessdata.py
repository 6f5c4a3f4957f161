"""Where Tesseract's language data lies on this machine."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from dossiers.errors import ConfigurationError

_PLACES: Final = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)


def find_tessdata(languages: Sequence[str], folder: str = "") -> str:
    """Returns the first folder that holds every language: the one given, TESSDATA_PREFIX, the usual places.

    Raises:
        ConfigurationError: no folder holds them all.
    """
    for place in (folder, os.environ.get("TESSDATA_PREFIX", ""), *_PLACES):
        if place and all((Path(place) / f"{each}.traineddata").is_file() for each in languages):
            return place
    names = ", ".join(languages)
    raise ConfigurationError(
        "MISSING_TOOL",
        vi=f"Chưa cài dữ liệu ngôn ngữ của Tesseract: {names}.",
        en=f"Tesseract's language data is not installed: {names}.",
        hint="on Debian: apt-get install tesseract-ocr-vie",
    )
