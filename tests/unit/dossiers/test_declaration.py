"""Declarations filled in beforehand: confirmed values only, and none where papers disagree."""

from __future__ import annotations

from datetime import UTC, datetime

import pypdfium2
import pytest

from dossiers.agencies import AgencyDirectory
from dossiers.case import Case, Channel, Parties, Party, Places
from dossiers.case_file import CaseFile
from dossiers.declaration import confirmed_values, declaration_facts, load_declaration, values_by_sex
from dossiers.document import Document, DocumentState
from dossiers.document_types import DOCUMENT_TYPES
from dossiers.dossier import Dossier
from dossiers.form_template import places_in
from dossiers.procedures import SourceKind
from dossiers.reading import CopyKind, FieldValue, Source
from pipeline.forms.reportlab_printer import ReportlabFormPrinter


def document(type_id: str, state: DocumentState = DocumentState.CONFIRMED, **values: str | None) -> Document:
    return Document(
        document_id=f"{type_id}-{values}",
        dossier_id="d1",
        ordinal=1,
        type_id=type_id,
        page_ids=("p1",),
        confidence=1.0,
        evidence="",
        copy_kind=CopyKind.ORIGINAL,
        fields=tuple(
            FieldValue(name=name, raw="", value=value, box=None, confidence=1.0, source=Source.OCR)
            for name, value in values.items()
        ),
        issues=(),
        state=state,
    )


def file(*documents: Document) -> CaseFile:
    dossier = Dossier(
        dossier_id="d1",
        code="H29.119-261125-0001",
        intake_key="k",
        procedure_code="1.001193",
        citizen_number="003190000001",
        title="x",
        opened_at=datetime(2026, 11, 25, 2, tzinfo=UTC),
    )
    owner = Party(name="Nguyễn Thị Hoà", identifier="003190000001")
    bearer = Party(name="Trần Văn Bê", identifier="003090000002")
    case = Case(
        dossier_id="d1",
        variant="",
        channel=Channel.DIRECT,
        places=Places(receiving_point="H29.119", competent_agency="H29.120"),
        parties=Parties(owner=owner, bearer=bearer),
        state="registered",
    )
    return CaseFile(
        dossier=dossier,
        case=case,
        steps=(),
        supplements=(),
        results=(),
        slots=(),
        documents=documents,
        page_count=1,
        waiting_count=0,
        reused={},
    )


def test_only_confirmed_papers_fill_in_anything() -> None:
    proposed = document("giay_chung_sinh", DocumentState.PROPOSED, person_name="Phạm Thị Linh")

    assert confirmed_values([proposed]).values == {}
    assert confirmed_values([document("giay_chung_sinh", person_name="Phạm Thị Linh")]).values == {
        "giay_chung_sinh.person_name": "Phạm Thị Linh",
        "field.person_name": "Phạm Thị Linh",
    }


def test_where_papers_disagree_nothing_is_filled_in() -> None:
    found = confirmed_values(
        [document("cccd_front", sex="Nữ"), document("giay_chung_sinh", sex="Nam", birth_date=None)]
    )

    assert found.conflicts == ("field.sex",)
    assert found.values == {"cccd_front.sex": "Nữ", "giay_chung_sinh.sex": "Nam"}


def test_a_declaration_names_whoever_stands_at_the_counter_and_marks_the_owner() -> None:
    template = load_declaration("1.001193", None)
    assert template is not None
    paper = document("giay_chung_sinh", birth_date="2026-01-29", mother_name="Nguyễn Thị Hoà")
    facts = declaration_facts(template, file(paper), AgencyDirectory(), {"relation": "Mẹ đẻ"})

    assert facts.values["requester_name"] == "Trần Văn Bê"
    assert facts.values["giay_chung_sinh.birth_date"] == "29/01/2026"
    assert facts.values["relation"] == "Mẹ đẻ"
    assert facts.mark is not None
    assert facts.mark.owner_identifier == "003190000001"
    asked = {place for block in template.blocks for place in places_in(block.text)}
    assert {"requester_name", "giay_chung_sinh.birth_date", "relation"} <= asked


@pytest.mark.parametrize("code", ["1.001193", "1.004222", "1.000894", "1.000656"])
def test_shipped_declarations_print_as_unverified_and_name_known_papers(code: str) -> None:
    template = load_declaration(code, None)
    assert template is not None
    assert template.wording_evidence.kind is SourceKind.MEMORY
    places = {place for block in template.blocks for place in places_in(block.text)}
    papers = {place.split(".")[0] for place in places if "." in place} - {"female", "male"}
    assert papers <= set(DOCUMENT_TYPES)
    printed = ReportlabFormPrinter().print_form(
        template, declaration_facts(template, file(), AgencyDirectory(), {})
    )
    assert printed.startswith(b"%PDF-")


def _printed(code: str, *documents: Document, **declared: str) -> str:
    template = load_declaration(code, None)
    assert template is not None
    facts = declaration_facts(
        template, file(*documents), AgencyDirectory(), {k.replace("__", "."): v for k, v in declared.items()}
    )
    with pypdfium2.PdfDocument(ReportlabFormPrinter().print_form(template, facts)) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def test_the_residence_declaration_has_boxes_members_and_four_signatures_side_by_side() -> None:
    said = _printed(
        "1.004222",
        household_head_number="003060000009",
        members__1__name="Lê Thị Thảo",
        members__1__relation="Con",
        members__2__name="Lê Văn Nam",
    )
    lines = said.replace("\r", "").split("\n")
    # Each digit stands in a box of its own: text of a PDF parts them.
    assert "0 0 3 0 9 0 0 0 0 0 0 2" in said
    assert "0 0 3 0 6 0 0 0 0 0 0 9" in said
    assert "003060000009" not in said
    assert said.index("Lê Thị Thảo") < said.index("Lê Văn Nam")
    assert "Con" in said
    signing = [line for line in lines if "NGƯỜI KÊ KHAI" in line or "CHỦ HỘ" in line.upper()]
    assert signing
    words = " ".join(said.split())
    for heading in ("Ý KIẾN CỦA CHỦ HỘ", "NGƯỜI KÊ KHAI", "TT", "Mối quan hệ"):
        assert heading in words


def test_a_number_that_does_not_fit_its_boxes_is_written_whole() -> None:
    assert "Hộ chiếu C1234567" in _printed("1.004222", requester_identifier="Hộ chiếu C1234567")


def test_the_marriage_declaration_takes_each_side_from_their_own_papers() -> None:
    her = document("can_cuoc_front", person_name="Nguyễn Thị Hoà", personal_number="003190000001")
    him = document("can_cuoc_front", person_name="Trần Văn Bê", birth_date="1990-02-03", sex="Nam")
    said = _printed("1.000894", her, him, husband_residence="Tổ 3")
    wife, husband = said[said.index("Bên nữ") : said.index("Bên nam")], said[said.index("Bên nam") :]
    assert "Nguyễn Thị Hoà" in wife
    assert "003190000001" in wife
    assert "Trần Văn Bê" in husband
    assert "03/02/1990" in husband
    assert "Tổ 3" in husband


def test_papers_of_two_women_fill_in_no_bride_and_one_that_contradicts_itself_nothing() -> None:
    women = [document("can_cuoc_front", person_name=name, sex="Nữ") for name in ("A", "B")]
    torn = document("can_cuoc_front", person_name="C", sex="Nam", personal_number="003190000001")
    found = values_by_sex([*women, torn])
    assert found.values == {"female.sex": "Nữ"}
    assert found.conflicts == ("female.person_name",)
    proposed = document("can_cuoc_front", DocumentState.PROPOSED, person_name="D", sex="Nam")
    assert values_by_sex([proposed]).values == {}


def test_what_the_person_declares_goes_before_what_papers_say() -> None:
    template = load_declaration("1.001193", None)
    assert template is not None
    paper = document("giay_chung_sinh", father_name="A")
    facts = declaration_facts(template, file(paper), AgencyDirectory(), {"giay_chung_sinh.father_name": "B"})

    assert facts.values["giay_chung_sinh.father_name"] == "B"


def test_a_procedure_without_a_declaration_has_none_and_an_office_adds_one(tmp_path) -> None:
    assert load_declaration("1.001612", tmp_path) is None
    (tmp_path / "declarations").mkdir()
    text = 'name = "A"\ntitle_evidence = { kind = "memory" }\nwording_evidence = { kind = "memory" }\n'
    (tmp_path / "declarations" / "1.001612.toml").write_text(text, encoding="utf-8")
    found = load_declaration("1.001612", tmp_path)

    assert found is not None
    assert found.name == "A"
