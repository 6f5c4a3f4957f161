"""A page reading as JSON text, exactly, with a version number for what comes later."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from dossiers.errors import IntegrityError
from dossiers.reading import Classification, CopyKind, Outcome, PageReading
from storage.records.fields_codec import Json, as_float, dump, field_from_json, field_to_json

_VERSION: Final = 1


def reading_to_text(reading: PageReading) -> str:
    """Writes a reading."""
    return dump(
        {
            "version": _VERSION,
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
        }
    )


def reading_from_text(text: str) -> PageReading:
    """Reads a reading.

    Raises:
        IntegrityError: ``RECORDS_DAMAGED``, the text is not what ``reading_to_text`` made.
    """
    try:
        data = json.loads(text)
        if data["version"] != _VERSION:
            raise ValueError("written by a newer release")
        return _reading(data)
    except (KeyError, TypeError, ValueError) as trouble:
        raise IntegrityError(
            "RECORDS_DAMAGED",
            vi="Dữ liệu đọc trang trong cơ sở dữ liệu bị hỏng; hãy báo quản trị viên.",
            en="the reading of a page in the database is damaged",
        ) from trouble


def _reading(data: dict[str, object]) -> PageReading:
    number = data["page_number"]
    fields, issues, classification = data["fields"], data["issues"], data["classification"]
    if not (isinstance(fields, list) and isinstance(issues, list) and isinstance(classification, dict)):
        raise TypeError("lists and an object are expected")
    return PageReading(
        outcome=Outcome(str(data["outcome"])),
        classification=_classification(classification),
        fields=tuple(field_from_json(each) for each in fields),
        text=str(data["text"]),
        page_number=None if number is None else int(as_float(number)),
        rotated_degrees=int(as_float(data["rotated_degrees"])),
        skew_degrees=as_float(data["skew_degrees"]),
        confidence=as_float(data["confidence"]),
        has_seal=bool(data["has_seal"]),
        issues=tuple(str(each) for each in issues),
        engine=str(data["engine"]),
        pipeline_version=str(data["pipeline_version"]),
        seconds=as_float(data["seconds"]),
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
        confidence=as_float(data["confidence"]),
        evidence=str(data["evidence"]),
        is_first_page=bool(data["is_first_page"]),
        copy_kind=CopyKind(str(data["copy_kind"])),
        method=str(data["method"]),
    )
