"""Forms as people print them (domain item 33): A5, embedded letters, QR code at the top left."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from dossiers.errors import ConfigurationError
from dossiers.form_facts import LISTS, VALUES
from dossiers.form_template import (
    DOTS,
    FormId,
    Paper,
    check_places,
    fill,
    load_template,
    parse_template,
    shipped_template,
)
from dossiers.printed_form import FormFacts, PaperMark
from pipeline.forms.reportlab_printer import ReportlabFormPrinter

NAME = "Nguyễn Thị Ưỡn Ngoằn Ngoèo ẨẪẬẶẴỂỖỘỞỮỰỴỶỸ đĐ"
MARK = PaperMark(
    dossier_code="H29.119-261125-0001",
    procedure_code="1.001193",
    owner_identifier="003190000001",
    paper_name="Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
)
MM = 72 / 25.4


def facts(**values: str) -> FormFacts:
    known = {name: f"[{name}]" for name in VALUES} | {"owner_name": NAME} | values
    row = {place: f"<b>{place}</b> & {{owner_name}}" for places in LISTS.values() for place in places}
    return FormFacts(values=known, lists=dict.fromkeys(LISTS, (row, row)), mark=MARK)


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize("form_id", list(FormId))
def test_item_33_every_form_names_known_places_only(form_id: FormId) -> None:
    template = load_template(form_id, None)

    check_places(template, VALUES, LISTS)
    assert not template.wording_evidence.is_verified


@pytest.mark.parametrize("form_id", list(FormId))
def test_item_33_every_form_has_its_letters_in_it_and_its_code_at_the_top_left(form_id: FormId) -> None:
    template = load_template(form_id, None)
    pdf = ReportlabFormPrinter().print_form(template, facts())

    with pypdfium2.PdfDocument(pdf) as document:
        picture = document[0].render(scale=3).to_pil()
    (code,) = zxingcpp.read_barcodes(picture)
    corner = code.position.bottom_right
    assert code.text == MARK.text
    assert corner.x < 3 * 32 * MM
    assert corner.y < 3 * 32 * MM
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        used = opened.pages[0].resources["/Font"].values()
        faces = [face for face in used if "Sohoa" in str(face.BaseFont) or "Tinos" in str(face.BaseFont)]
        assert faces
        assert all("/FontFile2" in face.FontDescriptor for face in faces)
        assert opened.docinfo["/Title"] == template.name


def test_item_33_vietnamese_is_printed_whole_and_data_are_never_markup_or_places() -> None:
    text = text_of(ReportlabFormPrinter().print_form(load_template(FormId.SUPPLEMENT_REQUEST, None), facts()))

    assert NAME in text
    assert "<b>name</b> & {owner_name}" in text.replace("\r\n", " ")


@pytest.mark.parametrize(
    ("form_id", "paper", "size"),
    [
        (FormId.RECEIPT, Paper.A5, (148, 210)),
        (FormId.CONTROL_SLIP, Paper.A5, (148, 210)),
        (FormId.REGISTER, Paper.A4_LANDSCAPE, (297, 210)),
    ],
)
def test_item_33_forms_are_a5_and_the_register_a4(
    form_id: FormId, paper: Paper, size: tuple[int, int]
) -> None:
    template = load_template(form_id, None)
    with pypdfium2.PdfDocument(ReportlabFormPrinter().print_form(template, facts())) as document:
        width, height = document[0].get_size()

    assert template.paper is paper
    assert (round(width / MM), round(height / MM)) == size


def test_item_33_the_same_facts_give_the_same_bytes() -> None:
    template = load_template(FormId.RECEIPT, None)
    printer = ReportlabFormPrinter()

    assert printer.print_form(template, facts()) == printer.print_form(template, facts())
    assert printer.print_form(template, facts()) != printer.print_form(template, facts(term="khác"))


def test_item_33_a_value_that_is_not_known_is_dots_and_an_optional_line_is_left_out() -> None:
    text = text_of(
        ReportlabFormPrinter().print_form(
            load_template(FormId.RECEIPT, None), facts(due_time="", bearer_name="")
        )
    )

    assert f"Thời gian trả kết quả giải quyết hồ sơ: {DOTS}" in text
    assert "Người nộp thay" not in text


def test_item_33_an_office_edits_a_template_in_its_data_folder(tmp_path) -> None:
    (tmp_path / "forms").mkdir()
    own = shipped_template(FormId.RECEIPT).replace("Tiếp nhận hồ sơ của", "Đã nhận hồ sơ của")
    (tmp_path / "forms" / "receipt.toml").write_text(own, encoding="utf-8")
    text = text_of(ReportlabFormPrinter().print_form(load_template(FormId.RECEIPT, tmp_path), facts()))

    assert f"Đã nhận hồ sơ của: {NAME}" in text
    assert load_template(FormId.REFUSAL, tmp_path) == load_template(FormId.REFUSAL, None)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{owner_name}", "{owner}"),
        ("{owner_name}", "{owner_name!r}"),
        ("{owner_name}", "{0}"),
        ('rows = "papers"', 'rows = "people"'),
        ('"{note}"', '"{owner_name}"'),
        ('unless_empty = "bearer_name"', 'unless_empty = "nobody"'),
    ],
)
def test_a_template_with_a_place_that_is_never_filled_is_refused(old: str, new: str) -> None:
    text = shipped_template(FormId.RECEIPT)
    assert old in text
    template = parse_template(text.replace(old, new), FormId.RECEIPT)

    with pytest.raises(ConfigurationError, match="BAD_FORM"):
        check_places(template, VALUES, LISTS)


@pytest.mark.parametrize("broken", ["x", 'name = "A"', 'name = "A"\nother = 1'])
def test_a_template_that_is_none_is_refused(broken: str) -> None:
    with pytest.raises(ConfigurationError, match="BAD_FORM"):
        parse_template(broken, FormId.RECEIPT)


def test_values_are_not_read_as_templates() -> None:
    assert fill("{a} {b}", {"a": "{b}", "b": "x"}) == "{b} x"


def test_a_missing_font_says_what_to_install(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportlab.pdfbase.pdfmetrics.getRegisteredFontNames", list)
    with pytest.raises(ConfigurationError, match="MISSING_FONT") as error:
        ReportlabFormPrinter(tmp_path).print_form(load_template(FormId.RECEIPT, None), facts())

    assert "fonts-croscore" in error.value.hint


def test_bars_in_a_name_do_not_part_the_code() -> None:
    mark = PaperMark(dossier_code="a", procedure_code="b", owner_identifier="c", paper_name="d|e")

    assert mark.text == "a|b|c|d e"
