from __future__ import annotations

import random
from typing import Final

import pytest

from dossiers.document_types import DOCUMENT_TYPES
from samples.generator import handwriting
from samples.generator.canvas import MARK_KINDS, Canvas
from samples.generator.catalogue import FURTHER, RECIPES, recipes
from samples.generator.evidence import copy_stamp, edge_seal
from samples.generator.families import couple
from samples.generator.layout import Cell, form, pen
from samples.generator.mrz import check_digit, passport_zone
from samples.generator.papers import older_land, residence, stray
from samples.generator.papers.enterprise import tax_number
from samples.generator.plots import plot
from samples.generator.scanner import ScanSettings, scan
from samples.generator.scene import Paper, Scene, Sheet
from samples.generator.stacks import stack
from samples.generator.truth import PageTruth, Received, page_truth

LETTERS: Final = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"


def _truth(canvas: Canvas, type_id: str = "ct01") -> PageTruth:
    captured = scan(canvas, ScanSettings(dpi=100), random.Random(1))
    page = Received(scan=captured, canvas=canvas, type_id=type_id, document=1, is_first_page=True)
    return page_truth(1, page)


def test_every_letter_is_written_differently_from_its_plain_form() -> None:
    for letter in LETTERS:
        if not letter.isascii():
            assert len(handwriting._strokes(letter, random.Random(1), slant=0.0)) > len(
                handwriting._strokes(handwriting._taken_apart(letter)[0], random.Random(1), slant=0.0)
            ), letter


def test_a_form_filled_in_by_hand_has_only_its_labels_as_print() -> None:
    scene = Scene("dev", "hand")
    scene.is_by_hand = True
    look, canvas = scene.look(), scene.sheet()
    form(canvas, look, fill=pen(look)).row(30, Cell(label="Họ và tên:", text="Trần Thử", field="person_name"))
    truth = _truth(canvas)
    assert truth["text"] == "Họ và tên:"
    assert truth["fields"] == []
    (written,) = truth["handwritten_fields"]
    assert (written["name"], written["value"]) == ("person_name", "Trần Thử")
    (mark,) = truth["marks"]
    assert (mark["kind"], mark["text"]) == ("handwriting", "Trần Thử")
    left, right = mark["quad"][0][0], mark["quad"][1][0]
    assert truth["lines"][0]["quad"][1][0] < left < right < truth["width"]


def test_boxes_filled_in_by_hand_are_no_printed_number() -> None:
    scene = Scene("dev", "boxes")
    scene.is_by_hand = True
    pair = couple(scene)
    paper = residence.ct01(scene, pair.wife, pair.husband, "Vợ", ())
    truth = _truth(paper.sheets[0].canvas)
    assert pair.wife.number not in truth["text"]
    assert pair.wife.number in [each["value"] for each in truth["handwritten_fields"]]


def test_fields_that_nobody_filled_in_are_listed_as_empty() -> None:
    scene = Scene("dev", "gaps")
    scene.gaps = 1.0
    pair = couple(scene)
    paper = older_land.land_tax(scene, plot(scene, (pair.husband, pair.wife)))
    truth = _truth(paper.sheets[0].canvas, "to_khai_thue_dat")
    assert truth["fields"] == []
    assert {"person_name", "tax_number", "area", "tax_exemption"} <= set(truth["empty_fields"])
    assert pair.husband.upper not in truth["text"]


def test_an_optional_field_is_empty_on_a_form_that_is_filled_in() -> None:
    scene = Scene("dev", "optional")
    pair = couple(scene)
    paper = older_land.land_tax(scene, plot(scene, (pair.husband, pair.wife)))
    truth = _truth(paper.sheets[0].canvas, "to_khai_thue_dat")
    assert truth["empty_fields"] == ["tax_exemption"]
    assert pair.husband.name in [each["value"] for each in truth["fields"]]


def test_marks_stand_where_their_ink_is() -> None:
    scene = Scene("dev", "marks")
    paper = Paper(type_id="ct01", sheets=[Sheet(canvas=scene.sheet(), type_id="ct01") for _ in range(3)])
    edge_seal(scene, paper, "ỦY BAN NHÂN DÂN", "PHƯỜNG THỬ")
    copy_stamp(scene, paper.sheets[0].canvas)
    kinds = []
    for sheet in paper.sheets:
        for mark in sheet.canvas.marks:
            kinds.append(mark.kind)
            scale = sheet.canvas.scale
            ink = sheet.canvas.image.crop(tuple(round(each * scale) for each in mark.area)).convert("L")
            low, high = ink.getextrema()
            assert high - low > 60, mark
    assert set(kinds) <= set(MARK_KINDS)
    assert sorted(kinds) == ["ban_sao", "edge_seal", "edge_seal", "edge_seal"]


def test_evidence_draws_nothing_from_the_scene() -> None:
    scene = Scene("dev", "beside")
    before = scene.rng.getstate()
    copy_stamp(scene, scene.sheet())
    assert scene.rng.getstate() == before


def test_the_committed_split_has_only_its_own_recipes_and_no_new_keys() -> None:
    assert recipes("demo") == RECIPES
    assert recipes("eval") == RECIPES + FURTHER
    canvas = Scene("demo", "keys").sheet()
    captured = scan(canvas, ScanSettings(dpi=100), random.Random(1))
    page = Received(scan=captured, canvas=canvas, type_id="ct01", document=1, is_first_page=True)
    assert not {"marks", "empty_fields"} & set(page_truth(1, page, has_evidence=False))


def test_a_passport_zone_has_two_lines_of_44_with_right_check_digits() -> None:
    pair = couple(Scene("dev", "passport"))
    expires = pair.married.replace(day=1)
    first, second = passport_zone(pair.wife, "X1234567", expires)
    assert (len(first), len(second)) == (44, 44)
    assert first.startswith("P<VNM")
    for start, end in ((0, 9), (13, 19), (21, 27), (28, 42)):
        assert second[end] == check_digit(second[start:end])
    assert second[43] == check_digit(second[0:10] + second[13:20] + second[21:43])


def test_tax_numbers_have_the_check_digit_of_the_register() -> None:
    for number in range(20):
        digits = [int(each) for each in tax_number(Scene("dev", f"tax/{number}"))]
        weights = (31, 29, 23, 19, 17, 13, 7, 5, 3)
        assert digits[:2] == [0, 0]
        assert digits[9] == 10 - sum(a * b for a, b in zip(digits, weights, strict=False)) % 11


@pytest.mark.parametrize("make", stray.STRAYS)
def test_strays_are_of_no_known_type(make: object) -> None:
    assert callable(make)
    paper = make(Scene("dev", "stray"))
    assert paper.type_id == "unknown"
    assert {sheet.type_id for sheet in paper.sheets} == {"unknown"}


def test_a_stack_holds_whole_documents_of_several_dossiers_within_its_limits() -> None:
    plan = stack("dev", "t0", (6, 9))
    pages = sum(len(part.paper.sheets) * (2 if part.blank_backs else 1) for part in plan.parts)
    assert 5 <= pages <= 9
    assert plan.procedure
    assert {part.is_surplus for part in plan.parts} == {True, False}
    assert len({part.file for part in plan.parts}) == 1
    assert {sheet.type_id for part in plan.parts for sheet in part.paper.sheets} <= set(DOCUMENT_TYPES)
