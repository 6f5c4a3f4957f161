"""Readings and field values as plain JSON values, exactly: what is written is read back equal for ever.

Rule: keys are added, never renamed; whoever stores the values puts a version beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from dossiers.reading import (
    Box,
    Classification,
    CopyKind,
    Doubt,
    FieldValue,
    Mark,
    MarkKind,
    Outcome,
    PageReading,
    PaperLook,
    Source,
)

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


def reading_to_json(reading: PageReading) -> dict[str, Json]:
    """Turns a reading into JSON."""
    return {
        "outcome": reading.outcome.value,
        "classification": _classification_to_json(reading.classification),
        "fields": [field_to_json(each) for each in reading.fields],
        "text": reading.text,
        "page_number": reading.page_number,
        "rotated_degrees": reading.rotated_degrees,
        "skew_degrees": reading.skew_degrees,
        "confidence": reading.confidence,
        "has_seal": reading.has_seal,
        "issues": list(reading.issues),
        "engine": reading.engine,
        "pipeline_version": reading.pipeline_version,
        "seconds": reading.seconds,
        "doubts": [_doubt_to_json(each) for each in reading.doubts],
        "marks": [mark_to_json(each) for each in reading.marks],
        "look": None if reading.look is None else _look_to_json(reading.look),
    }


def reading_from_json(data: Mapping[str, object]) -> PageReading:
    """Reads a reading.

    Raises:
        KeyError, TypeError, ValueError: the data is not what ``reading_to_json`` made.
    """
    number = data["page_number"]
    fields, issues, classification = data["fields"], data["issues"], data["classification"]
    if not (isinstance(fields, list) and isinstance(issues, list) and isinstance(classification, dict)):
        raise TypeError("lists and an object are expected")
    return PageReading(
        outcome=Outcome(str(data["outcome"])),
        classification=_classification(classification),
        fields=tuple(field_from_json(each) for each in fields),
        text=str(data["text"]),
        page_number=None if number is None else int(_as_float(number)),
        rotated_degrees=int(_as_float(data["rotated_degrees"])),
        skew_degrees=_as_float(data["skew_degrees"]),
        confidence=_as_float(data["confidence"]),
        has_seal=bool(data["has_seal"]),
        issues=tuple(str(each) for each in issues),
        engine=str(data["engine"]),
        pipeline_version=str(data["pipeline_version"]),
        seconds=_as_float(data["seconds"]),
        doubts=tuple(_doubt(each) for each in _as_objects(data.get("doubts", []))),
        marks=tuple(_mark(each) for each in _as_objects(data.get("marks", []))),
        look=_look(data.get("look")),
    )


def field_to_json(field: FieldValue) -> Json:
    """Turns a field value into JSON."""
    return {
        "name": field.name,
        "raw": field.raw,
        "value": field.value,
        "box": None if field.box is None else _box_to_json(field.box),
        "confidence": field.confidence,
        "source": field.source.value,
        "checks": [[name, holds] for name, holds in field.checks],
        "alternatives": list(field.alternatives),
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
        confidence=_as_float(data["confidence"]),
        source=Source(str(data["source"])),
        checks=tuple((str(name), bool(holds)) for name, holds in _as_list(data["checks"])),
        alternatives=_as_strings(data.get("alternatives", [])),
    )


def _as_list(value: object) -> list[list[object]]:
    """Reads a list of lists."""
    if not isinstance(value, list):
        raise TypeError("a list is expected")
    return value


def _as_objects(value: object) -> list[Mapping[str, object]]:
    """Reads a list of objects."""
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise TypeError("a list of objects is expected")
    return value


def _as_strings(value: object) -> tuple[str, ...]:
    """Reads a list of strings."""
    if not isinstance(value, list):
        raise TypeError("a list is expected")
    return tuple(str(each) for each in value)


def _as_float(value: object) -> float:
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


def _box_to_json(box: Box) -> Json:
    return [box.left, box.top, box.right, box.bottom]


def _doubt_to_json(doubt: Doubt) -> Json:
    return {
        "text": doubt.text,
        "alternatives": list(doubt.alternatives),
        "box": _box_to_json(doubt.box),
        "confidence": doubt.confidence,
    }


def mark_to_json(mark: Mark) -> Json:
    """Turns a mark into JSON."""
    return {
        "kind": mark.kind.value,
        "box": _box_to_json(mark.box),
        "confidence": mark.confidence,
        "text": mark.text,
    }


def _mark(data: Mapping[str, object]) -> Mark:
    return Mark(
        kind=MarkKind(str(data["kind"])),
        box=_sure_box(data["box"]),
        confidence=_as_float(data["confidence"]),
        text=str(data["text"]),
    )


def _look_to_json(look: PaperLook) -> Json:
    return {"width_mm": look.width_mm, "height_mm": look.height_mm, "filled": look.filled}


def _look(data: object) -> PaperLook | None:
    if data is None:
        return None
    if not isinstance(data, dict):
        raise TypeError("an object is expected")
    width, height, filled = (_as_float(data[name]) for name in ("width_mm", "height_mm", "filled"))
    return PaperLook(width_mm=width, height_mm=height, filled=filled)


def _sure_box(value: object) -> Box:
    box = _box(value)
    if box is None:
        raise TypeError("a box is expected")
    return box


def _doubt(data: Mapping[str, object]) -> Doubt:
    return Doubt(
        text=str(data["text"]),
        alternatives=_as_strings(data["alternatives"]),
        box=_sure_box(data["box"]),
        confidence=_as_float(data["confidence"]),
    )


def _classification_to_json(classification: Classification) -> Json:
    return {
        "type_id": classification.type_id,
        "confidence": classification.confidence,
        "evidence": classification.evidence,
        "is_first_page": classification.is_first_page,
        "copy_kind": classification.copy_kind.value,
        "method": classification.method,
    }


def _classification(data: Mapping[str, object]) -> Classification:
    return Classification(
        type_id=str(data["type_id"]),
        confidence=_as_float(data["confidence"]),
        evidence=str(data["evidence"]),
        is_first_page=bool(data["is_first_page"]),
        copy_kind=CopyKind(str(data["copy_kind"])),
        method=str(data["method"]),
    )
