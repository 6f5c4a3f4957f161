"""Page results survive being stored, whatever they hold."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
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
    Source,
)
from pipeline.codec import check_result, decode_result, decode_text, encode_result, encode_text
from pipeline.geometry import Placement
from pipeline.page_result import PageResult
from pipeline.text import Block, BlockKind, Line, PageText, Table, TableCell, Word

_texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
_shares = st.floats(0, 1)
_numbers = st.floats(-1e6, 1e6)
_counts = st.integers(0, 100_000)
_boxes = st.builds(Box, left=_counts, top=_counts, right=_counts, bottom=_counts)
_several = st.lists(_texts, max_size=2).map(tuple)
_words = st.builds(
    Word, text=_texts, box=_boxes, confidence=_shares, raw=st.none() | _texts, alternatives=_several
)
_lines = st.builds(Line, words=st.lists(_words, max_size=3).map(tuple), box=_boxes)
_blocks = st.builds(
    Block, lines=st.lists(_lines, max_size=3).map(tuple), box=_boxes, kind=st.sampled_from(BlockKind)
)
_cells = st.builds(
    TableCell, row=_counts, column=_counts, box=_boxes, row_span=_counts, column_span=_counts,
    block=st.none() | _counts,
)  # fmt: skip
_tables = st.builds(
    Table, box=_boxes, rows=_counts, columns=_counts, cells=st.lists(_cells, max_size=3).map(tuple)
)
_pages = st.builds(
    PageText, width=_counts, height=_counts, dpi=_numbers, blocks=st.lists(_blocks, max_size=3).map(tuple),
    tables=st.lists(_tables, max_size=2).map(tuple),
)  # fmt: skip
_fields = st.builds(
    FieldValue, name=_texts, raw=_texts, value=st.none() | _texts, box=st.none() | _boxes, confidence=_shares,
    source=st.sampled_from(Source), checks=st.lists(st.tuples(_texts, st.booleans()), max_size=2).map(tuple),
    alternatives=_several,
)  # fmt: skip
_classifications = st.builds(
    Classification, type_id=_texts, confidence=_shares, evidence=_texts, is_first_page=st.booleans(),
    copy_kind=st.sampled_from(CopyKind), method=_texts,
)  # fmt: skip
_doubts = st.builds(Doubt, text=_texts, alternatives=_several, box=_boxes, confidence=_shares)
_marks = st.builds(Mark, kind=st.sampled_from(MarkKind), box=_boxes, confidence=_shares, text=_texts)
_readings = st.builds(
    PageReading, outcome=st.sampled_from(Outcome), classification=_classifications,
    fields=st.lists(_fields, max_size=3).map(tuple), text=_texts, page_number=st.none() | _counts,
    rotated_degrees=st.sampled_from([0, 90, 180, 270]), skew_degrees=_numbers, confidence=_shares,
    has_seal=st.booleans(), issues=_several, engine=_texts,
    pipeline_version=_texts, seconds=_numbers, doubts=st.lists(_doubts, max_size=2).map(tuple),
    marks=st.lists(_marks, max_size=2).map(tuple),
)  # fmt: skip
_placements = st.builds(
    Placement, original_width=_counts, original_height=_counts, width=_counts, height=_counts, dpi=_numbers,
    rotated_degrees=st.sampled_from([0, 90, 180, 270]), skew_degrees=_numbers,
    to_original=st.tuples(*[_numbers] * 9),
)  # fmt: skip
_results = st.builds(
    PageResult,
    reading=_readings,
    text=_pages,
    placement=_placements,
    flags=st.lists(_texts, max_size=2).map(tuple),
)


@given(_results)
@settings(max_examples=60, deadline=None)
def test_a_result_comes_back_exactly_as_it_was(result: PageResult) -> None:
    stored = encode_result(result)
    again = decode_result(stored)
    assert again == result
    assert check_result(stored) == result.reading
    assert again.reading.seconds == result.reading.seconds
    assert encode_result(again) == stored


@given(_results, st.data())
@settings(max_examples=60, deadline=None)
def test_spoilt_bytes_are_an_integrity_error_or_another_result(
    result: PageResult, data: st.DataObject
) -> None:
    stored = bytearray(encode_result(result))
    place = data.draw(st.integers(0, len(stored) - 1))
    spoilt = bytes(stored[:place] + stored[place + 1 :])
    try:
        decode_result(spoilt)
    except IntegrityError:
        with pytest.raises(IntegrityError):
            check_result(spoilt)
    else:
        check_result(spoilt)


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff", b'{"format":"sohoa-page/99"}', b"null"])
def test_foreign_bytes_are_an_integrity_error(content: bytes) -> None:
    for read in (decode_result, check_result):
        with pytest.raises(IntegrityError):
            read(content)


def test_text_stored_before_tables_were_known_is_read() -> None:
    stored = b'{"blocks":[{"box":[1,2,3,4],"kind":"text","lines":[]}],"dpi":200.0,"height":9,"width":7}'
    text = decode_text(stored)
    assert text.tables == ()
    assert encode_text(text) == stored
