"""``sohoa assign`` and ``sohoa confirm``: a clerk's word on slots and types, over the real stores."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from classifiers.training.example import decode_example
from dossiers.document import Document
from dossiers.dossier import DigitizationState, Dossier
from dossiers.errors import IllegalMove, RecordError
from dossiers.page import Page, PageState, ReceivedFile
from dossiers.reading import Box, Classification, CopyKind, Outcome, PageReading
from dossiers.slot import SlotRule
from dossiers.slot_filling import fill_slots
from pipeline.codec import encode_result
from pipeline.geometry import Placement
from pipeline.page_result import PageResult
from pipeline.text import Block, Line, PageText, Word
from sohoa.bootstrap import Application, bootstrap
from sohoa.cli.main import sohoa
from sohoa.settings import Settings

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
CODE = "H29.119-260302-0001"
RULES = (
    SlotRule(key="form", name="Tờ khai", accepts=("ct01",), is_required=True, policy="digitize"),
    SlotRule(key="birth", name="Giấy chứng sinh", accepts=("giay_chung_sinh",), is_required=True,
             policy="digitize"),
)  # fmt: skip


def _result(title: str) -> PageResult:
    box = Box(left=600, top=300, right=1000, bottom=340)
    line = Line(words=(Word(text=title, box=box, confidence=0.9),), box=box)
    reading = PageReading(
        outcome=Outcome.READ,
        classification=Classification(type_id="unknown", confidence=0.9, evidence="", is_first_page=True),
        fields=(), text=title, page_number=None, rotated_degrees=0, skew_degrees=0.0, confidence=0.9,
        has_seal=False, issues=(), engine="test", pipeline_version="0", seconds=0.0,
    )  # fmt: skip
    return PageResult(
        reading=reading,
        text=PageText(width=1654, height=2339, dpi=200, blocks=(Block(lines=(line,), box=box),)),
        placement=Placement(
            original_width=1654,
            original_height=2339,
            width=1654,
            height=2339,
            dpi=200,
            rotated_degrees=0,
            skew_degrees=0.0,
            to_original=(1, 0, 0, 0, 1, 0, 0, 0, 1),
        ),
        flags=(),
    )


def _fill(application: Application) -> None:
    """A form that was recognised and a paper that was not, one page each."""
    key = application.originals.put_once(b"as received")
    with application.records.transaction() as work:
        work.dossiers.add(
            Dossier(dossier_id="d", code=CODE, intake_key="i", procedure_code=None, citizen_number=None,
                    title="t", opened_at=NOW, state=DigitizationState.NEEDS_CLERK)
        )  # fmt: skip
        work.dossiers.add_file(
            ReceivedFile(file_id="f", dossier_id="d", receipt_key="r", name="a.pdf", original_key=key,
                         media_type="application/pdf", byte_count=1, page_count=2, flags=(), received_at=NOW)
        )  # fmt: skip
    for number, title in enumerate(("TỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ", "GIẤY CHỨNG"), start=1):
        result = _result(title)
        artefact = application.derivatives.put_once(encode_result(result))
        with application.records.transaction() as work:
            work.pages.add(
                Page(page_id=f"p{number}", dossier_id="d", file_id="f", original_key=key, index=number - 1,
                     number=number)
            )  # fmt: skip
            work.pages.add_reading(f"p{number}", "e", result.reading, artefact)
            page = work.pages.get(f"p{number}").moved(PageState.READ)
            work.pages.save(page)
    documents = [_document(1, "ct01", 0.98, "TỜ KHAI THAY ĐỔI"), _document(2, "unknown", 0.7, "")]
    with application.records.transaction() as work:
        work.documents.replace_proposed("d", documents)
        work.dossiers.set_slots("d", fill_slots(RULES, documents))
        for document in documents:
            page = work.pages.get(document.page_ids[0])
            state = PageState.IN_REVIEW if document.needs_clerk else PageState.FILED
            work.pages.save(page.moved(state, document.document_id))


def _document(ordinal: int, type_id: str, confidence: float, evidence: str) -> Document:
    return Document(
        document_id=f"d{ordinal}", dossier_id="d", ordinal=ordinal, type_id=type_id,
        page_ids=(f"p{ordinal}",), confidence=confidence, evidence=evidence, copy_kind=CopyKind.UNKNOWN,
        fields=(), issues=(),
    )  # fmt: skip


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    with bootstrap(Settings(data_dir=tmp_path, workers=1)) as application:
        _fill(application)
    return tmp_path


def run(data_dir: Path, *arguments: str, language: str = "en") -> Result:
    common = ["--data-dir", str(data_dir), "--lang", language]
    return CliRunner().invoke(sohoa, [*common, *arguments], catch_exceptions=False)


def placed(result: Result) -> list[tuple[int | None, bool]]:
    """Document and pin of every slot."""
    assert result.exit_code == 0
    slots = json.loads(result.stdout[result.stdout.index("{") :])["slots"]
    return [(slot["document"], slot["pinned"]) for slot in slots]


def test_a_document_is_put_into_a_slot_by_its_number_and_by_its_page(data_dir: Path) -> None:
    by_number = run(data_dir, "assign", CODE, "--document", "2", "--slot", "birth", "--json")
    assert placed(by_number) == [(1, False), (2, True)]
    by_page = run(data_dir, "assign", CODE, "--page", "1", "--slot", "2", "--json")
    assert placed(by_page) == [(None, False), (1, True)]


def test_a_slot_is_emptied_and_left_to_the_program_again(data_dir: Path) -> None:
    assert placed(run(data_dir, "assign", CODE, "--slot", "form", "--empty", "--json"))[0] == (None, True)
    assert placed(run(data_dir, "assign", CODE, "--slot", "form", "--unpin", "--json"))[0] == (1, False)


@pytest.mark.parametrize(
    "options",
    [("--slot", "3", "--document", "1"), ("--slot", "1", "--document", "9"), ("--slot", "1", "--page", "7")],
)
def test_what_is_not_in_the_dossier_cannot_be_assigned(data_dir: Path, options: tuple[str, ...]) -> None:
    with pytest.raises(RecordError, match="NOT_FOUND"):
        run(data_dir, "assign", CODE, *options)


@pytest.mark.parametrize("options", [(), ("--empty", "--unpin"), ("--document", "1", "--page", "1")])
def test_assigning_asks_for_one_thing_at_a_time(data_dir: Path, options: tuple[str, ...]) -> None:
    assert run(data_dir, "assign", CODE, "--slot", "1", *options).exit_code == 2


def test_a_corrected_type_fills_its_slot_and_becomes_an_example(data_dir: Path) -> None:
    done = run(
        data_dir, "confirm", CODE, "--document", "2", "--type", "giay_chung_sinh", "--json", language="vi"
    )
    assert placed(done) == [(1, False), (2, False)]
    assert "đã ghi nhận là Giấy chứng sinh" in done.stderr
    target = data_dir / "examples.jsonl"
    assert run(data_dir, "train", "--export", str(target)).exit_code == 0
    [line] = target.read_text("utf-8").splitlines()
    told = json.loads(line)
    assert (told["page"], told["type"]) == ("p2", "giay_chung_sinh")
    assert decode_example(json.dumps(told["features"])).type_id == "giay_chung_sinh"
    with (
        bootstrap(Settings(data_dir=data_dir, workers=1)) as application,
        application.records.transaction() as work,
    ):
        assert work.pages.get("p2").state is PageState.FILED
        assert work.dossiers.get("d").state is DigitizationState.COMPLETE
    erased = run(data_dir, "train", "--erase-dossier", CODE)
    assert "1 examples erased" in erased.stderr


def test_the_view_tells_the_line_that_decided_and_the_clerk_who_did(data_dir: Path) -> None:
    shown = run(data_dir, "show", CODE, language="vi").stdout
    assert "dòng “TỜ KHAI THAY ĐỔI” (độ tin cậy 0.98)" in shown
    assert "cán bộ đã xác nhận" not in shown
    run(data_dir, "confirm", CODE, "--page", "1")
    assert "cán bộ đã xác nhận" in run(data_dir, "show", CODE, language="vi").stdout


def test_what_is_confirmed_is_not_corrected_in_silence(data_dir: Path) -> None:
    run(data_dir, "confirm", CODE, "--document", "1")
    with pytest.raises(IllegalMove):
        run(data_dir, "confirm", CODE, "--document", "1", "--type", "ct07")


def test_types_are_listed_with_their_names(data_dir: Path) -> None:
    listed = json.loads(run(data_dir, "confirm", "--list-types", "--json").stdout)
    assert {"type": "giay_bao_tu", "vi": "Giấy báo tử", "en": "Notice of death"} in listed
    assert "Giấy báo tử" in run(data_dir, "confirm", "--list-types", language="vi").stdout


@pytest.mark.parametrize("command", ["assign", "confirm"])
def test_the_help_shows_examples(data_dir: Path, command: str) -> None:
    assert f"sohoa {command} H29.119-250701-0001" in run(data_dir, command, "--help").stdout
