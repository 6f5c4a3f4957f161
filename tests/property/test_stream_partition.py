from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from classifiers.stream import StreamSegmenter
from dossiers.document_types import DOCUMENT_TYPES
from dossiers.reading import Classification, CopyKind, FieldValue, Outcome, PageReading, Source

NUMBERS = st.sampled_from(["003090123456", "003190000001", None])


@st.composite
def _fields(draw: st.DrawFn) -> tuple[FieldValue, ...]:
    values = draw(st.lists(st.tuples(NUMBERS, st.sampled_from(Source), st.floats(0, 1)), max_size=2))
    return tuple(
        FieldValue(
            name="personal_number", raw="", value=value, box=None, confidence=confidence, source=source
        )
        for value, source, confidence in values
    )


READINGS = st.builds(
    PageReading,
    outcome=st.sampled_from(Outcome),
    classification=st.builds(
        Classification,
        type_id=st.sampled_from(sorted(DOCUMENT_TYPES)),
        confidence=st.floats(0, 1),
        evidence=st.just("x"),
        is_first_page=st.booleans(),
        copy_kind=st.sampled_from(CopyKind),
        method=st.just("rules/1"),
    ),
    fields=_fields(),
    text=st.sampled_from(["", "chữ"]),
    page_number=st.none() | st.integers(1, 5),
    rotated_degrees=st.just(0),
    skew_degrees=st.just(0.0),
    confidence=st.floats(0, 1),
    has_seal=st.booleans(),
    issues=st.just(()),
    engine=st.just("none"),
    pipeline_version=st.just("0"),
    seconds=st.just(0.0),
)


@given(st.lists(READINGS, max_size=12))
def test_every_page_is_in_exactly_one_document(readings: list[PageReading]) -> None:
    positions = [at for each in StreamSegmenter().assemble(readings) for at in each.positions]
    assert sorted(positions) == list(range(len(readings)))


@given(st.lists(READINGS, max_size=12))
def test_documents_come_in_order_with_known_types(readings: list[PageReading]) -> None:
    documents = StreamSegmenter().assemble(readings)
    firsts = [min(each.positions) for each in documents]
    assert firsts == sorted(firsts)
    assert all(each.type_id in DOCUMENT_TYPES for each in documents)
    assert not any(DOCUMENT_TYPES[each.type_id].joins for each in documents)


@given(st.lists(READINGS, max_size=8))
def test_the_same_readings_give_the_same_documents(readings: list[PageReading]) -> None:
    assert StreamSegmenter().assemble(readings) == StreamSegmenter().assemble(list(readings))
