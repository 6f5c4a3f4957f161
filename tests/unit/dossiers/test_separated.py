from __future__ import annotations

from collections.abc import Sequence

from dossiers.page import Page
from dossiers.proposal import DocumentProposal
from dossiers.reading import Classification, CopyKind, Outcome, PageReading
from dossiers.separated import BY_SEPARATOR, separated


def _page(number: int, named_type: str = "", *, opens: bool = False) -> Page:
    return Page(
        page_id=str(number), dossier_id="d", file_id="f", original_key="k", index=0, number=number,
        named_type=named_type, opens_document=opens,
    )  # fmt: skip


def _reading(type_id: str) -> PageReading:
    return PageReading(
        outcome=Outcome.READ,
        classification=Classification(type_id=type_id, confidence=0.6, evidence=type_id, is_first_page=True),
        fields=(), text="", page_number=None, rotated_degrees=0, skew_degrees=0.0, confidence=1.0,
        has_seal=False, issues=(), engine="", pipeline_version="", seconds=0.0,
    )  # fmt: skip


def _by_runs(readings: Sequence[PageReading]) -> list[DocumentProposal]:
    """Joins neighbours of one type, as the real segmenter would pages that continue."""
    found: list[DocumentProposal] = []
    for at, reading in enumerate(readings):
        type_id = reading.classification.type_id
        is_same = bool(found) and found[-1].type_id == type_id
        positions = (*found.pop().positions, at) if is_same else (at,)
        found.append(
            DocumentProposal(
                type_id=type_id, positions=positions, confidence=0.6, evidence=type_id,
                copy_kind=CopyKind.UNKNOWN, issues=(f"ISSUE_{at}",),
            )
        )  # fmt: skip
    return found


def _cut(pages: Sequence[Page], types: str) -> list[tuple[str, tuple[int, ...], str]]:
    found = separated(pages, [_reading(each) for each in types], _by_runs)
    return [(each.type_id, each.positions, each.evidence) for each in found]


def test_without_separators_recognition_cuts() -> None:
    assert _cut([_page(n) for n in range(1, 5)], "aabb") == [("a", (0, 1), "a"), ("b", (2, 3), "b")]


def test_no_document_reaches_across_a_separator() -> None:
    pages = [_page(1), _page(2), _page(3, opens=True), _page(4)]
    assert _cut(pages, "aaaa") == [("a", (0, 1), "a"), ("a", (2, 3), "a")]


def test_the_type_that_a_sheet_names_is_the_type_of_all_pages_behind_it() -> None:
    pages = [_page(1), _page(2, "x", opens=True), _page(3, "x"), _page(4, opens=True)]
    assert _cut(pages, "abxa") == [("a", (0,), "a"), ("x", (1, 2), "x"), ("a", (3,), "a")]


def test_a_named_type_that_recognition_did_not_see_says_where_it_comes_from() -> None:
    [found] = separated([_page(1, "x", opens=True), _page(2, "x")], [_reading("a"), _reading("b")], _by_runs)
    assert (found.type_id, found.evidence, found.confidence) == ("x", BY_SEPARATOR, 1.0)
    assert found.issues == ("ISSUE_0", "ISSUE_1")


def test_the_same_type_named_twice_is_two_documents() -> None:
    pages = [_page(1, "x", opens=True), _page(2, "x", opens=True)]
    assert [positions for _, positions, _ in _cut(pages, "aa")] == [(0,), (1,)]


def test_nothing_is_cut_from_nothing() -> None:
    assert separated([], [], _by_runs) == ()
