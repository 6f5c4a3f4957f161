"""Field values and lists of codes as JSON text, exactly.

Rule: what is written is read back equal for ever; a new shape gets a new version number and the old one
stays readable.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from dossiers.reading import Box, FieldValue, Source

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


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


def field_to_json(field: FieldValue) -> Json:
    """Turns a field value into JSON."""
    box = field.box
    return {
        "name": field.name,
        "raw": field.raw,
        "value": field.value,
        "box": None if box is None else [box.left, box.top, box.right, box.bottom],
        "confidence": field.confidence,
        "source": field.source.value,
        "checks": [[name, holds] for name, holds in field.checks],
    }


def field_from_json(data: Mapping[str, object]) -> FieldValue:
    """Reads a field value.

    Raises:
        KeyError, TypeError, ValueError: the data is not what ``field_to_json`` made.
    """
    value = data["value"]
    return FieldValue(
        name=str(data["name"]),
        raw=str(data["raw"]),
        value=None if value is None else str(value),
        box=_box(data["box"]),
        confidence=as_float(data["confidence"]),
        source=Source(str(data["source"])),
        checks=tuple((str(name), bool(holds)) for name, holds in as_list(data["checks"])),
    )


def as_list(value: object) -> list[list[object]]:
    """Reads a list of lists."""
    if not isinstance(value, list):
        raise TypeError("a list is expected")
    return value


def as_float(value: object) -> float:
    """Reads a number."""
    if not isinstance(value, int | float):
        raise TypeError("a number is expected")
    return float(value)


def _box(value: object) -> Box | None:
    if value is None:
        return None
    if not isinstance(value, list):
        raise TypeError("a box is four numbers")
    left, top, right, bottom = value
    return Box(left=int(left), top=int(top), right=int(right), bottom=int(bottom))
