"""Labels, tables, tick boxes and checks of the field extractor on pages made by hand."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files

import cv2
import numpy as np
import pytest

from classifiers.extractors.family_names import with_family_names
from classifiers.extractors.field_book import field_data, read_field_book
from classifiers.extractors.printed import PrintedExtractor, make
from classifiers.extractors.rules import Kind
from classifiers.extractors.spoken_numbers import says_quantity
from classifiers.extractors.values import read_value
from dossiers.errors import ConfigurationError
from dossiers.reading import Box, Classification, FieldValue, Source
from pipeline.image import PageImage
from pipeline.text import Block, BlockKind, Line, Table, TableCell, Word


@pytest.fixture(scope="module")
def printed() -> PrintedExtractor:
    return make()


def _kind(type_id: str) -> Classification:
    return Classification(type_id=type_id, confidence=0.9, evidence="x", is_first_page=True)


def _found(printed: PrintedExtractor, page, type_id: str) -> dict[str, FieldValue]:
    return {value.name: value for value in printed.extract(page, _kind(type_id))}


def _with_table(page, rows: list[list[str]]):
    """Adds a ruled table; each cell is 200 px wide and 40 px high."""
    blocks, cells = list(page.text.blocks), []
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            box = Box(
                left=100 + 200 * column, top=1000 + 40 * row, right=300 + 200 * column, bottom=1040 + 40 * row
            )
            cells.append(TableCell(row=row, column=column, box=box, block=len(blocks) if text else None))
            if text:
                words = tuple(Word(text=part, box=box, confidence=0.9) for part in text.split())
                line = Line(words=words, box=box)
                blocks.append(Block(lines=(line,), box=box, kind=BlockKind.TABLE_CELL))
    whole = Box(left=100, top=1000, right=100 + 200 * len(rows[0]), bottom=1000 + 40 * len(rows))
    table = Table(box=whole, rows=len(rows), columns=len(rows[0]), cells=tuple(cells))
    return replace(page, text=replace(page.text, blocks=tuple(blocks), tables=(table,)))


def test_members_of_a_household_are_read_row_by_row(page_of, printed) -> None:
    rows = [
        ["TT", "Họ, chữ đệm và tên", "Ngày, tháng, năm sinh", "Giới tính", "Mối quan hệ với chủ hộ"],
        ["1", "Lê Thị Mẫu", "28/12/1978", "Nữ", "Vợ"],
        ["2", "Lê Văn Mẫu", "21/09/2017", "Nam", ""],
        ["", "", "", "", ""],
    ]
    found = _found(printed, _with_table(page_of([(200, 100, "TỜ KHAI")]), rows), "ct01")
    assert found["member[1].name"].value == "Lê Thị Mẫu"
    assert found["member[1].birth_date"].value == "1978-12-28"
    assert found["member[2].sex"].value == "Nam"
    assert found["member[2].relation"].value is None
    assert "member[3].name" not in found


@pytest.mark.parametrize(("full", "choice"), [((0,), "Có"), ((1,), "Không"), ((), None), ((0, 1), None)])
def test_only_one_ticked_box_is_a_choice(page_of, printed, full, choice) -> None:
    page = page_of([(200, 800, "Đề nghị cấp bản sao: Có"), (760, 800, "Không")])
    pixels = np.array(page.image.pixels)
    for number, left in enumerate((620, 880)):
        cv2.rectangle(pixels, (left, 800), (left + 30, 830), (0, 0, 0), 2)
        if number in full:
            cv2.line(pixels, (left + 6, 815), (left + 14, 825), (0, 0, 0), 3)
            cv2.line(pixels, (left + 14, 825), (left + 34, 795), (0, 0, 0), 3)
    page = replace(page, image=PageImage(pixels=pixels, dpi=200.0))
    assert _found(printed, page, "to_khai_khai_sinh")["copies_wanted"].value == choice


def test_a_name_that_looks_like_a_short_label_is_a_name(page_of, printed) -> None:
    page = page_of(
        [(200, 450, "Dự định đặt tên con là: TÀI THỊ MẪU"), (200, 520, "Họ và tên cha: ĐỖ VĂN MẪU")]
    )
    found = _found(printed, page, "giay_chung_sinh")
    assert (found["person_name"].value, found["father_name"].value) == ("TÀI THỊ MẪU", "ĐỖ VĂN MẪU")


def test_a_label_ends_at_its_colon(page_of, printed) -> None:
    page = page_of(
        [(200, 450, "Họ, chữ đệm, tên người mẹ: HỒ THỊ MẪU"), (200, 520, "Họ, chữ đệm, tên người cha:")]
    )
    found = _found(printed, page, "giay_khai_sinh")
    assert (found["mother_name"].value, found["father_name"].value) == ("HỒ THỊ MẪU", None)


def test_a_number_in_brackets_leads_to_the_value_of_an_illegible_label(page_of, printed) -> None:
    page = page_of([(200, 450, "[04] Ng3ời nxp thx: LÊ VĂN MẪU"), (200, 520, "[06] Mã số thuế: 0100109107")])
    found = _found(printed, page, "to_khai_le_phi_truoc_ba")
    assert found["person_name"].value == "LÊ VĂN MẪU"
    assert ("tax_check_digit", False) in found["tax_number"].checks


def test_an_address_names_a_province_as_it_is_officially_spelt(page_of, printed) -> None:
    page = page_of(
        [(200, 450, "Nơi sinh: Xã Mẫu, Tỉnh Quảng Tri"), (200, 520, "Quê quán: Xã Mẫu, Tỉnh Hà Giang")]
    )
    found = _found(printed, page, "giay_khai_sinh")
    assert found["place_of_birth"].value == "Xã Mẫu, Tỉnh Quảng Trị"
    assert found["place_of_birth"].checks == (("unit_spelling", True), ("unit_known", True))
    assert found["place_of_birth"].alternatives == ("Xã Mẫu, Tỉnh Quảng Tri",)
    assert found["place_of_origin"].checks == (("unit_known", True),)


def test_half_a_name_below_an_office_is_empty_and_keeps_its_place(page_of, printed) -> None:
    page = page_of([(1000, 1500, "PHÓ CHỦ TỊCH"), (1150, 1700, "Văn Mẫu")])
    signer = _found(printed, page, "trich_luc_khai_sinh")["signer_name"]
    assert (signer.value, signer.raw) == (None, "Văn Mẫu")
    assert signer.box is not None


def test_a_name_stays_as_read_and_the_family_name_meant_is_offered() -> None:
    read = FieldValue(
        name="mother_name", raw="NGUYÊN THỊ MẪU", value="NGUYÊN THỊ MẪU", box=None, confidence=0.9,
        source=Source.OCR,
    )  # fmt: skip
    (offered,) = with_family_names([read])
    assert offered.value == "NGUYÊN THỊ MẪU"
    assert offered.alternatives == ("NGUYỄN THỊ MẪU",)
    assert offered.checks == (("family_name_known", False),)
    assert with_family_names([replace(read, source=Source.PDF_TEXT)])[0].alternatives == ()


@pytest.mark.parametrize(
    ("value", "words", "says"),
    [
        ("140.6", "Một trăm bốn mươi phẩy sáu mét vuông)", True),
        ("1105", "một nghìn một trăm linh năm mét vuông", True),
        ("140.6", "Hai trăm mười phẩy chín mét vuông", False),
        ("140.6", "Một trăm bốn mươi phẩy sấu0 mét vuông", None),
    ],
)
def test_an_area_is_compared_with_its_words(value: str, words: str, says: bool | None) -> None:
    assert says_quantity(value, words) is says


def test_a_rule_that_refers_to_an_unknown_list_is_named() -> None:
    group = {"types": ["ct01"], "fields": {"sex": {"kind": "sex", "labels": ["@nothing"]}}}
    with pytest.raises(ConfigurationError, match="@nothing"):
        read_field_book({"ct01": group})


def test_a_number_that_an_odd_sign_interrupts_is_not_legible():
    assert read_value(Kind.SYMBOL, "2!15 Quyển số: 01") is None
    assert read_value(Kind.SYMBOL, "215 Quyển số: 01") == "215"
    assert read_value(Kind.SYMBOL, "12/QĐ-UBND'") == "12/QĐ-UBND"


def test_parts_of_a_place_are_set_off_by_commas():
    assert read_value(Kind.ADDRESS, "„ Thôn Hạ ; Xã Mẫu,Tỉnh Thử") == "Thôn Hạ, Xã Mẫu, Tỉnh Thử"
    assert read_value(Kind.ADDRESS, "……") is None


def test_the_slash_before_an_english_half_may_be_misread():
    assert read_value(Kind.TEXT, "VIỆT NAM l VIETNAMESE") == "VIỆT NAM"


def test_no_group_of_fields_stands_in_two_files_and_no_file_is_long():
    folder = files("classifiers.extractors").joinpath("fields")
    for file in folder.iterdir():
        assert len(file.read_text("utf-8").splitlines()) < 200, file.name
    assert {"shared", "ct01", "van_ban"} <= field_data().keys()
