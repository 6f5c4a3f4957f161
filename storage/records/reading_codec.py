"""A page reading as JSON text, exactly, with a version number for what comes later."""

from __future__ import annotations

import json
from typing import Final

from dossiers.errors import IntegrityError
from dossiers.reading import PageReading
from dossiers.reading_json import reading_from_json, reading_to_json
from storage.records.fields_codec import dump

_VERSION: Final = 1


def reading_to_text(reading: PageReading) -> str:
    """Writes a reading."""
    return dump({"version": _VERSION, **reading_to_json(reading)})


def reading_from_text(text: str) -> PageReading:
    """Reads a reading.

    Raises:
        IntegrityError: ``RECORDS_DAMAGED``, the text is not what ``reading_to_text`` made.
    """
    try:
        data = json.loads(text)
        if data["version"] != _VERSION:
            raise ValueError("written by a newer release")
        return reading_from_json(data)
    except (KeyError, TypeError, ValueError) as trouble:
        raise IntegrityError(
            "RECORDS_DAMAGED",
            vi="Dữ liệu đọc trang trong cơ sở dữ liệu bị hỏng; hãy báo quản trị viên.",
            en="the reading of a page in the database is damaged",
        ) from trouble
