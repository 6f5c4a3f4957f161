from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.understanding import FieldScore, Understanding, all_fields, judge, judge_fields
from dossiers.proposal import DocumentProposal
from dossiers.reading import Classification, CopyKind, FieldValue, Outcome, PageReading, Source

Truth = Callable[..., dict[str, Any]]


def _proposal(**fields: str | None) -> DocumentProposal:
    values = tuple(
        FieldValue(name=name, raw="", value=value, box=None, confidence=1.0, source=Source.OCR)
        for name, value in fields.items()
    )
    return DocumentProposal(
        type_id="quyet_dinh",
        positions=(0,),
        confidence=1.0,
        evidence="",
        copy_kind=CopyKind.UNKNOWN,
        fields=values,
    )


def _judged(wanted: dict[str, str], proposal: DocumentProposal | None) -> dict[str, FieldScore]:
    into: dict[str, FieldScore] = {}
    judge_fields({"id": 1, "type_id": "", "pages": [1], "copy_kind": "", "fields": wanted}, proposal, into)
    return into


def _reading(type_id: str, *, is_first: bool = True) -> PageReading:
    return PageReading(
        outcome=Outcome.BLANK if type_id == "blank" else Outcome.READ,
        classification=Classification(
            type_id=type_id, confidence=1.0, evidence="x", is_first_page=is_first
        ),
        fields=(), text="x", page_number=None, rotated_degrees=0, skew_degrees=0.0, confidence=1.0,
        has_seal=False, issues=(), engine="", pipeline_version="1", seconds=0.0,
    )  # fmt: skip


def test_capitals_and_white_space_do_not_make_a_value_wrong() -> None:
    assert (
        _judged({"person_name": "Lê Thị Mơ"}, _proposal(person_name="LÊ  THỊ MƠ"))["person_name"].exact == 1
    )


def test_a_lost_tone_makes_a_value_wrong_and_is_told_apart() -> None:
    found = _judged({"person_name": "Lê Thị Mơ"}, _proposal(person_name="LE THI MO"))["person_name"]

    assert (found.printed, found.exact, found.tone_free, found.wrong, found.missing) == (1, 0, 1, 1, 0)
    assert found.unasked == 0


def test_an_empty_value_is_missing_and_not_wrong() -> None:
    for proposal in (_proposal(sex=None), _proposal(), None):
        found = _judged({"sex": "Nam"}, proposal)["sex"]
        assert (found.printed, found.missing, found.wrong) == (1, 1, 0)


def test_a_value_that_the_truth_does_not_state_was_not_asked_for() -> None:
    found = _judged({}, _proposal(sex="Nam", issuer=None))

    assert {name: each.unasked for name, each in found.items()} == {"sex": 1}


def test_fields_add_up() -> None:
    both = all_fields({"a": FieldScore(printed=2, exact=1), "b": FieldScore(printed=1, wrong=1)})

    assert both == FieldScore(printed=3, exact=1, wrong=1)


def _truth(truth_of_page: Truth, types: list[str], documents: list[list[int]]) -> Any:
    pages = [
        truth_of_page(number, "a", type_id=type_id, blank=type_id == "blank")
        for number, type_id in enumerate(types, start=1)
    ]
    stated = [
        {"id": number, "type_id": types[ns[0] - 1], "pages": ns, "copy_kind": "", "fields": {}}
        for number, ns in enumerate(documents, start=1)
    ]
    return {"dossier": "d", "pages": pages, "documents": stated}


def test_a_dossier_cut_and_named_as_the_truth_says_is_whole(truth_of_page: Truth) -> None:
    found = Understanding()
    types = ["giay_chung_sinh", "blank", "giay_bao_tu"]

    judge(_truth(truth_of_page, types, [[1, 2], [3]]), [_reading(each) for each in types], found)

    assert (found.pages, found.right_types, found.documents, found.right_cuts) == (3, 3, 2, 2)
    assert (found.right_documents, found.dossiers, found.whole_dossiers) == (2, 1, 1)


def test_a_page_taken_for_another_type_is_named_and_its_document_is_wrong(truth_of_page: Truth) -> None:
    found = Understanding()
    truth = _truth(truth_of_page, ["giay_chung_sinh", "giay_bao_tu"], [[1], [2]])

    judge(truth, [_reading("giay_chung_sinh"), _reading("unknown")], found)

    assert found.confusions == {("giay_bao_tu", "unknown"): 1}
    assert (found.right_types, found.abstained, found.right_documents) == (1, 1, 1)
