from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from dossiers.document_types import DOCUMENT_TYPES

Truths = dict[str, dict[str, Any]]

REQUIRED_TYPES = {
    "cccd_front",
    "cccd_back",
    "can_cuoc_front",
    "can_cuoc_back",
    "giay_khai_sinh",
    "giay_khai_sinh_ban_sao",
    "trich_luc_khai_sinh",
    "to_khai_khai_sinh",
    "giay_chung_sinh",
    "gcn_ket_hon",
    "xn_tinh_trang_hon_nhan",
    "ct01",
    "ct07",
    "gcn_qsdd",
    "don_dang_ky_bien_dong",
    "hop_dong_chuyen_quyen",
    "gcn_dang_ky_hkd",
    "giay_uy_quyen",
    "quyet_dinh",
    "cong_van",
    "blank",
}


def _pages(truths: Truths) -> list[tuple[str, dict[str, Any]]]:
    return [(name, page) for name, truth in truths.items() for page in truth["pages"]]


def _open(path: Path, page: dict[str, Any]) -> Image.Image:
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as document:
            return document[page["index"]].render(scale=page["dpi"] / 72).to_pil().convert("RGB")
    with Image.open(path) as image:
        image.seek(page["index"])
        return image.convert("RGB")


def test_every_required_type_is_there_and_every_type_is_known(truths: Truths) -> None:
    found = {page["type_id"] for _, page in _pages(truths)}
    assert found >= REQUIRED_TYPES
    assert found <= set(DOCUMENT_TYPES)


def test_every_page_belongs_to_exactly_one_document(truths: Truths) -> None:
    for truth in truths.values():
        listed = [number for document in truth["documents"] for number in document["pages"]]
        assert sorted(listed) == [page["n"] for page in truth["pages"]]
        for document in truth["documents"]:
            pages = [page for page in truth["pages"] if page["n"] in document["pages"]]
            assert {page["document"] for page in pages} == {document["id"]}
            assert [page["is_first_page"] for page in pages] == [True] + [False] * (len(pages) - 1)
            assert pages[0]["type_id"] == document["type_id"]


def test_quads_lie_inside_the_image(truths: Truths) -> None:
    for name, page in _pages(truths):
        for item in page["lines"] + page["fields"]:
            for x, y in item["quad"]:
                assert 0 <= x <= page["width"], (name, page["n"], item)
                assert 0 <= y <= page["height"], (name, page["n"], item)


def test_quads_follow_the_rotation(truths: Truths) -> None:
    """The upper edge of a line points right, up, left or down as the page is turned."""
    expected = {0: (1, 0), 90: (0, -1), 180: (-1, 0), 270: (0, 1)}
    seen = set()
    for name, page in _pages(truths):
        seen.add(page["rotation"])
        for line in page["lines"]:
            (x0, y0), (x1, y1) = line["quad"][:2]
            along = expected[page["rotation"]]
            assert (x1 - x0) * along[0] + (y1 - y0) * along[1] > 0, (name, page["n"], line)
    assert seen == {0, 90, 180, 270}


def test_files_open_with_the_stated_size(truths: Truths, data: Path) -> None:
    for name, page in _pages(truths):
        image = _open(data / name / page["file"], page)
        assert abs(image.width - page["width"]) <= 1, (name, page["n"])
        assert abs(image.height - page["height"]) <= 1, (name, page["n"])


def test_bilevel_pages_are_stored_with_one_bit(truths: Truths, data: Path) -> None:
    for name, page in _pages(truths):
        path = data / name / page["file"]
        if page["mode"] == "bilevel" and path.suffix != ".pdf":
            with Image.open(path) as image:
                image.seek(page["index"])
                assert image.mode == "1", (name, page["n"])


def test_lines_stand_on_darker_pixels_than_the_paper_around_them(truths: Truths, data: Path) -> None:
    """Guards the geometry: if a quad pointed elsewhere, it would hold plain paper."""
    for name, page in _pages(truths):
        if page["blank"] or not page["lines"]:
            continue
        image = _open(data / name / page["file"], page).convert("L")
        for line in page["lines"]:
            xs, ys = [x for x, _ in line["quad"]], [y for _, y in line["quad"]]
            part = image.crop((int(min(xs)), int(min(ys)), int(max(xs)) + 1, int(max(ys)) + 1))
            low, high = part.getextrema()
            assert high - low > 50, (name, page["n"], line["text"])


def test_text_is_the_lines_in_order_and_composed(truths: Truths) -> None:
    for _, page in _pages(truths):
        assert page["text"] == "\n".join(line["text"] for line in page["lines"])
        assert page["text"] == unicodedata.normalize("NFC", page["text"])
        assert page["blank"] == (page["type_id"] == "blank") == (page["text"] == "")


def test_values_of_fields_are_printed_on_their_page(truths: Truths) -> None:
    for name, page in _pages(truths):
        flat = " ".join(page["text"].split())
        for field in page["fields"]:
            if field["name"] == "subject":
                continue  # broken over lines under the number of a letter
            assert field["raw"] in flat or _all_words(field["raw"], flat), (name, page["n"], field)


def _all_words(raw: str, flat: str) -> bool:
    return all(word in flat for word in raw.split())


def test_dates_are_iso_and_agree_with_what_is_printed(truths: Truths) -> None:
    for name, page in _pages(truths):
        for field in page["fields"]:
            if field["name"].endswith("_date") and field["value"] != "Không thời hạn":
                year, month, day = field["value"].split("-")
                digits = re.findall(r"\d+", field["raw"])
                assert [int(each) for each in digits[-3:]] == [int(day), int(month), int(year)], (name, field)


def test_readable_codes_say_what_the_truth_says(truths: Truths, data: Path) -> None:
    read = 0
    for name, page in _pages(truths):
        wanted = [code["payload"] for code in page["codes"] if code["kind"] == "qr"]
        if wanted:
            image = _open(data / name / page["file"], page)
            assert [result.text for result in zxingcpp.read_barcodes(image)] == wanted, (name, page["n"])
            read += 1
    assert read >= 5


def test_a_card_front_without_code_cannot_be_read(truths: Truths, data: Path) -> None:
    worn = [
        (name, page) for name, page in _pages(truths) if page["type_id"] == "cccd_front" and not page["codes"]
    ]
    assert worn
    for name, page in worn:
        assert zxingcpp.read_barcodes(_open(data / name / page["file"], page)) == []


def test_code_payloads_equal_the_card(truths: Truths) -> None:
    for truth in truths.values():
        for document in truth["documents"]:
            codes = [
                code["payload"]
                for page in truth["pages"]
                if page["n"] in document["pages"]
                for code in page["codes"]
                if code["kind"] == "qr"
            ]
            for payload in codes:
                number, _, name, born, sex, residence, issued = payload.split("|")[:7]
                fields = document["fields"]
                assert (number, name, sex, residence) == tuple(
                    fields[key] for key in ("personal_number", "person_name", "sex", "residence")
                )
                assert born == _compact(fields["birth_date"])
                assert issued == _compact(fields["issue_date"])


def _compact(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{day}{month}{year}"


def test_personal_numbers_are_all_of_the_reserved_range(truths: Truths, data: Path) -> None:
    for path in (*data.glob("*/truth.json"), *data.glob("*/dossier.toml")):
        numbers = re.findall(r"(?<!\d)\d{12}(?!\d)", path.read_text("utf-8"))
        assert numbers
        assert all(number.startswith("003") for number in numbers), path.parent.name


def test_personal_numbers_carry_sex_and_year_of_birth(truths: Truths) -> None:
    checked = 0
    for truth in truths.values():
        for document in truth["documents"]:
            fields = document["fields"]
            if {"personal_number", "birth_date", "sex"} <= set(fields):
                number, year = fields["personal_number"], int(fields["birth_date"][:4])
                assert int(number[3]) == (year // 100 - 19) * 2 + (fields["sex"] == "Nữ")
                assert number[4:6] == f"{year % 100:02d}"
                checked += 1
    assert checked >= 8


def test_the_manifest_lists_every_file_with_its_hash(data: Path) -> None:
    manifest = tomllib.loads((data / "manifest.toml").read_text("utf-8"))
    listed = {entry["path"]: entry for entry in manifest["files"]}
    present = {
        path.relative_to(data).as_posix(): path
        for path in data.rglob("*")
        if path.is_file() and path.name != "manifest.toml"
    }
    assert set(listed) == set(present)
    for name, path in present.items():
        content = path.read_bytes()
        assert listed[name]["sha256"] == hashlib.sha256(content).hexdigest(), name
        assert listed[name]["bytes"] == len(content)
        assert listed[name]["licence"]
        assert listed[name]["purpose"]
    assert sum(entry["bytes"] for entry in listed.values()) < 14_000_000


def test_dossier_descriptions_agree_with_the_truth(truths: Truths, data: Path) -> None:
    for name, truth in truths.items():
        described = tomllib.loads((data / name / "dossier.toml").read_text("utf-8"))
        assert described.get("procedure") == truth["procedure"]
        assert described["citizen"] == truth["citizen"]
        assert described["files"] == list(dict.fromkeys(page["file"] for page in truth["pages"]))


@pytest.mark.parametrize(
    ("key", "wanted"),
    [("mode", {"color", "gray", "bilevel"}), ("dpi", {150, 200, 300}), ("rotation", {0, 90, 180, 270})],
)
def test_the_set_covers_the_ways_of_capture(truths: Truths, key: str, wanted: set[object]) -> None:
    assert {page[key] for _, page in _pages(truths)} >= wanted
    assert max(abs(page["skew_degrees"]) for _, page in _pages(truths)) > 4
    assert any("photo_perspective" in page["degradations"] for _, page in _pages(truths))


def test_the_signed_scan_has_only_the_stamp_as_text(truths: Truths, data: Path) -> None:
    (path,) = data.glob("*/quyet-dinh-sao-y.pdf")
    with pypdfium2.PdfDocument(path) as document:
        words = document[0].get_textpage().get_text_bounded().split()
    page = next(
        page for name, page in _pages(truths) if name == path.parent.name and page["file"] == path.name
    )
    assert words[:2] == ["SAO", "Y"]
    assert words == [word for line in page["lines"][:3] for word in line["text"].split()]


def test_the_born_digital_letter_says_in_its_text_layer_what_the_truth_says(
    truths: Truths, data: Path
) -> None:
    (path,) = data.glob("*/cong-van-dien-tu.pdf")
    with pypdfium2.PdfDocument(path) as document:
        words = document[0].get_textpage().get_text_bounded().split()
    page = next(
        page for name, page in _pages(truths) if name == path.parent.name and page["file"] == path.name
    )
    assert sorted(words) == sorted(page["text"].split())
