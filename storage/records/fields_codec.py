"""Field values and lists of codes as JSON text, exactly.

Rule: what is written is read back equal for ever; a new shape gets a new version number and the old one
stays readable.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from dossiers.reading import FieldValue
from dossiers.reading_json import Json, field_from_json, field_to_json


def dump(value: Json) -> str:
    """Writes JSON text; keeps letters readable, refuses NaN."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def strings_to_text(values: Iterable[str]) -> str:
    """Writes a list of strings."""
    return dump(list(values))


def strings_from_text(text: str) -> tuple[str, ...]:
    """Reads a list of strings."""
    return tuple(str(each) for each in json.loads(text))


def fields_to_text(fields: Sequence[FieldValue]) -> str:
    """Writes field values."""
    return dump([field_to_json(each) for each in fields])


def fields_from_text(text: str) -> tuple[FieldValue, ...]:
    """Reads field values."""
    return tuple(field_from_json(each) for each in json.loads(text))
