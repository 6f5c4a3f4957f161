"""The promises of the main job, on the committed sample dossiers."""

from __future__ import annotations

import json
from collections import Counter

from dossiers.document_types import BLANK


def test_the_run_succeeds(digitized):
    assert digitized.exit_code == 0
    assert {report["status"] for report in digitized.reports} == {"SUCCESS"}


def test_every_page_is_in_exactly_one_document(digitized):
    for truth, report in zip(digitized.truth(), digitized.reports, strict=True):
        placed = Counter(number for document in report["documents"] for number in document["pages"])
        assert set(placed.values()) == {1}
        assert set(placed) == {page["number"] for page in report["pages"]}
        assert len(report["pages"]) == len(truth["pages"])


def test_the_type_is_right_on_95_percent_of_pages(digitized):
    wrong = [
        (truth["type_id"], result["type"], result["file"])
        for truth, result in digitized.pages()
        if not truth["blank"] and not _same_type(truth, result, digitized)
    ]
    total = sum(not truth["blank"] for truth, _ in digitized.pages())
    assert len(wrong) <= 0.05 * total, wrong


def test_blank_pages_are_found_and_no_others(digitized):
    for truth, result in digitized.pages():
        assert (result["type"] == BLANK) == truth["blank"], result["file"]


def test_personal_numbers_are_right_on_every_card_with_a_qr_code(digitized):
    checked = 0
    for truth, report in zip(digitized.truth(), digitized.reports, strict=True):
        for document in truth["documents"]:
            pages = [page for page in truth["pages"] if page["document"] == document["id"]]
            if not any(
                code["kind"] == "qr" and code.get("readable", True) for p in pages for code in p["codes"]
            ):
                continue
            if document["type_id"] not in ("cccd_front", "can_cuoc_front"):
                continue
            assert document["fields"]["personal_number"] in _numbers(report, pages), pages[0]["file"]
            checked += 1
    assert checked >= 3


def test_skew_is_taken_out_to_0_3_degrees_on_95_percent_of_pages(digitized):
    """Of scans: the angle of a photo is part of its perspective."""
    scans = [
        (truth, result)
        for truth, result in digitized.pages()
        if not truth["blank"] and "photo_perspective" not in truth["degradations"]
    ]
    off = [
        (result["file"], truth["skew_degrees"], result["skew_degrees"])
        for truth, result in scans
        if abs(truth["skew_degrees"] - result["skew_degrees"]) > 0.3
    ]
    assert len(off) <= 0.05 * len(scans), off


def test_all_four_orientations_are_right_on_98_percent_of_text_pages(digitized):
    text_pages = [(truth, result) for truth, result in digitized.pages() if not truth["blank"]]
    wrong = [
        (result["file"], truth["rotation"], result["rotated_degrees"])
        for truth, result in text_pages
        if truth["rotation"] != result["rotated_degrees"]
    ]
    assert {truth["rotation"] for truth, _ in text_pages} == {0, 90, 180, 270}
    assert len(wrong) <= 0.02 * len(text_pages), wrong


def test_slots_name_what_fills_them_and_what_is_missing(digitized):
    by_procedure = {report["procedure"]: report for report in digitized.reports}
    birth = by_procedure["1.001193"]
    filled = {slot["key"]: slot["document"] for slot in birth["slots"]}
    assert filled["to_khai"] is not None
    assert any(report["missing"] for report in digitized.reports), "one sample lacks a paper on purpose"


def test_every_dossier_is_exported_with_its_papers(digitized):
    for report in digitized.reports:
        folder = digitized.export_dir / report["code"]
        told = json.loads((folder / "dossier.json").read_text(encoding="utf-8"))
        assert told["code"] == report["code"]
        papers = [document for document in report["documents"] if document["type"] != BLANK]
        assert len(list(folder.glob("*.pdf"))) == len(papers)
        assert len(list((folder / "alto").glob("*.xml"))) == len(report["pages"])


def _same_type(truth: dict, result: dict, digitized) -> bool:
    """A continuation page has the type of its document: it carries no heading of its own."""
    report = next(r for r in digitized.reports if result in r["pages"])
    document = next(d for d in report["documents"] if result["number"] in d["pages"])
    return truth["type_id"] in (result["type"], document["type"])


def _numbers(report: dict, pages: list[dict]) -> set[str]:
    places = {(page["file"], page["index"]) for page in pages}
    numbers = {page["number"] for page in report["pages"] if (page["file"], page["index"]) in places}
    return {
        field["value"]
        for document in report["documents"]
        if numbers & set(document["pages"])
        for field in document["fields"]
        if field["name"] == "personal_number"
    }
