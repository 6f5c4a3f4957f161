"""Readings and field values survive their journey through text exactly."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.errors import IntegrityError
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
from storage.records.fields_codec import (
    fields_from_text,
    fields_to_text,
    strings_from_text,
    strings_to_text,
)
from storage.records.reading_codec import reading_from_text, reading_to_text

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
NUMBER = st.floats(allow_nan=False, allow_infinity=False)
INTEGER = st.integers(-(2**40), 2**40)
FIELDS = st.builds(
    FieldValue,
    name=TEXT,
    raw=TEXT,
    value=st.none() | TEXT,
    box=st.none() | st.builds(Box, left=INTEGER, top=INTEGER, right=INTEGER, bottom=INTEGER),
    confidence=NUMBER,
    source=st.sampled_from(Source),
    checks=st.lists(st.tuples(TEXT, st.booleans()), max_size=3).map(tuple),
    alternatives=st.lists(TEXT, max_size=3).map(tuple),
)
BOXES = st.builds(Box, left=INTEGER, top=INTEGER, right=INTEGER, bottom=INTEGER)
DOUBTS = st.builds(
    Doubt,
    text=TEXT,
    alternatives=st.lists(TEXT, max_size=3).map(tuple),
    box=BOXES,
    confidence=NUMBER,
)
FIELD_LISTS = st.lists(FIELDS, max_size=3).map(tuple)
MARKS = st.builds(Mark, kind=st.sampled_from(MarkKind), box=BOXES, confidence=NUMBER, text=TEXT)
READINGS = st.builds(
    PageReading,
    outcome=st.sampled_from(Outcome),
    classification=st.builds(
        Classification,
        type_id=TEXT,
        confidence=NUMBER,
        evidence=TEXT,
        is_first_page=st.booleans(),
        copy_kind=st.sampled_from(CopyKind),
        method=TEXT,
    ),
    fields=FIELD_LISTS,
    text=TEXT,
    page_number=st.none() | INTEGER,
    rotated_degrees=st.sampled_from([0, 90, 180, 270]),
    skew_degrees=NUMBER,
    confidence=NUMBER,
    has_seal=st.booleans(),
    issues=st.lists(TEXT, max_size=3).map(tuple),
    engine=TEXT,
    pipeline_version=TEXT,
    seconds=NUMBER,
    doubts=st.lists(DOUBTS, max_size=3).map(tuple),
    marks=st.lists(MARKS, max_size=3).map(tuple),
    look=st.none() | st.builds(PaperLook, width_mm=NUMBER, height_mm=NUMBER, filled=NUMBER),
)


@given(READINGS)
def test_a_reading_comes_back_exactly(reading: PageReading) -> None:
    found = reading_from_text(reading_to_text(reading))
    assert found == reading
    assert found.seconds == reading.seconds
    assert repr(found) == repr(reading)  # types too: enums stay enums, floats stay floats


@given(FIELD_LISTS)
def test_fields_come_back_exactly(fields: tuple[FieldValue, ...]) -> None:
    assert repr(fields_from_text(fields_to_text(fields))) == repr(fields)


@given(st.lists(TEXT).map(tuple))
def test_lists_of_strings_come_back_exactly(values: tuple[str, ...]) -> None:
    assert strings_from_text(strings_to_text(values)) == values


@given(READINGS, st.data())
def test_a_reading_with_a_part_missing_is_damaged(reading: PageReading, data: st.DataObject) -> None:
    whole = json.loads(reading_to_text(reading))
    del whole[data.draw(st.sampled_from(sorted(whole.keys() - {"doubts", "marks", "look"})))]
    with pytest.raises(IntegrityError):
        reading_from_text(json.dumps(whole))


@given(READINGS)
def test_a_reading_from_before_doubts_were_kept_has_none(reading: PageReading) -> None:
    whole = json.loads(reading_to_text(reading))
    del whole["doubts"], whole["marks"], whole["look"]
    for field in whole["fields"]:
        del field["alternatives"]
    found = reading_from_text(json.dumps(whole))
    assert (found.doubts, found.marks) == ((), ())
    assert all(field.alternatives == () for field in found.fields)


@given(READINGS)
def test_a_reading_of_a_later_version_is_not_guessed_at(reading: PageReading) -> None:
    whole = json.loads(reading_to_text(reading))
    with pytest.raises(IntegrityError):
        reading_from_text(json.dumps({**whole, "version": 2}))
