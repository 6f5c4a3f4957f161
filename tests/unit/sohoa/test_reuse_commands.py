"""The story of two visits by the commands that a clerk types, over the real stores."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dossiers.document import Document
from dossiers.dossier import DigitizationState, Dossier
from dossiers.errors import AccessDenied, InputError, ResourceError
from dossiers.page import Page, PageState, ReceivedFile
from dossiers.reading import Box, Classification, CopyKind, FieldValue, Outcome, PageReading, Source
from dossiers.result import IssuedResult
from dossiers.slot import Slot, SlotRule
from sohoa.bootstrap import Application, bootstrap
from sohoa.cli.main import sohoa
from sohoa.settings import Settings

NOW = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
MOTHER, CLERK = "003195500150", "Trần Thị Cán Bộ"
FIRST, SECOND = "H29.119-261102-0001", "H29.119-261109-0001"
BOX = Box(left=1, top=2, right=3, bottom=4)


def value(name: str, text: str) -> FieldValue:
    return FieldValue(name=name, raw=text, value=text, box=BOX, confidence=0.9, source=Source.QR)


FIELDS = (
    value("personal_number", MOTHER),
    value("birth_date", "1995-05-30"),
    value("issue_date", "2024-09-13"),
    value("expiry_date", "2035-05-30"),
)
READING = PageReading(
    outcome=Outcome.READ,
    classification=Classification(type_id="cccd_front", confidence=0.9, evidence="", is_first_page=True),
    fields=FIELDS, text="Căn cước", page_number=None, rotated_degrees=0, skew_degrees=0.0, confidence=0.9,
    has_seal=False, issues=(), engine="test", pipeline_version="0", seconds=0.0,
)  # fmt: skip


def fill(application: Application) -> None:
    """First visit: a card, read and not confirmed; second visit: opened, nothing handed in."""
    key = application.originals.put_once(b"as received")
    with application.records.transaction() as work:
        for dossier_id, code, procedure in (("d1", FIRST, "1.001193"), ("d2", SECOND, "1.004222")):
            work.dossiers.add(
                Dossier(dossier_id=dossier_id, code=code, intake_key=dossier_id, procedure_code=procedure,
                        citizen_number=MOTHER, title="", opened_at=NOW, state=DigitizationState.NEEDS_CLERK)
            )  # fmt: skip
        work.dossiers.add_file(
            ReceivedFile(file_id="f", dossier_id="d1", receipt_key="r", name="a.jpg", original_key=key,
                         media_type="image/jpeg", byte_count=1, page_count=1, flags=(), received_at=NOW)
        )  # fmt: skip
        work.pages.add(Page(page_id="p1", dossier_id="d1", file_id="f", original_key=key, index=0, number=1))
        work.pages.add_reading("p1", "e", READING, key)
        work.documents.replace_proposed(
            "d1",
            [
                Document(document_id="d1-1", dossier_id="d1", ordinal=1, type_id="cccd_front",
                         page_ids=("p1",), confidence=0.9, evidence="", copy_kind=CopyKind.UNKNOWN,
                         fields=FIELDS, issues=())
            ],
        )  # fmt: skip
        work.pages.save(work.pages.get("p1").moved(PageState.READ))
        work.pages.save(work.pages.get("p1").moved(PageState.FILED, "d1-1"))
        work.results.add(
            IssuedResult(code=f"{FIRST}-KQ(1)", dossier_id="d1", number=1, name="Giấy khai sinh",
                         type_id="giay_khai_sinh", document_id=None, national_code="", issued_on=NOW.date(),
                         valid_until=None, recorded_at=NOW, recorded_by=CLERK)
        )  # fmt: skip


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    with bootstrap(Settings(data_dir=tmp_path, workers=1)) as application:
        fill(application)
    return tmp_path


@pytest.fixture
def run(data_dir: Path):
    def invoke(*arguments: str, text: str = "") -> Result:
        return CliRunner().invoke(sohoa, ["--data-dir", str(data_dir), *arguments], input=text)

    return invoke


@pytest.fixture
def confirmed(run):
    """The first visit is confirmed and the mother agrees."""
    assert run("review", FIRST, "--confirm-all", "--by", CLERK).exit_code == 0
    assert run("vault", "consent", "--citizen", MOTHER, "--by", CLERK).exit_code == 0
    return run


def slots(result: Result) -> dict[str, dict[str, object]]:
    return {slot["key"]: slot for slot in json.loads(result.stdout)["slots"]}


def test_review_shows_values_and_confirms_with_a_name_only(run) -> None:
    assert "1. Căn cước công dân (mặt trước) – chưa xác nhận" in run("review", FIRST).stdout
    assert "Sẽ xác nhận 1." in run("review", FIRST, "--confirm", "1", "--by", CLERK, "--dry-run").stdout
    for wrong in (
        ("--confirm", "1"),
        ("--confirm", "7", "--by", CLERK),
        ("--confirm-all", "--confirm", "1", "--by", CLERK),
        ("--confirm-all", "--by", CLERK, "--set", "a=b"),
        ("--confirm", "1", "--by", CLERK, "--set", "a"),
    ):
        assert run("review", FIRST, *wrong).exit_code == 2
    assert isinstance(
        run("review", FIRST, "--confirm", "1", "--by", CLERK, "--set", "expiry_date=x").exception, InputError
    )
    assert "Đã xác nhận 1." in run("review", FIRST, "--confirm", "1", "--by", CLERK).stdout
    assert f"đã xác nhận bởi {CLERK}" in run("review", FIRST).stdout


def test_the_second_visit_is_not_asked_for_what_is_on_file(confirmed) -> None:
    told = slots(confirmed("checklist", "--procedure", "1.004222", "--citizen", MOTHER, "--json"))
    assert [told[key]["outcome"] for key in ("ct01", "cho_o", "quan_he")] == ["scan", "granted", "granted"]
    assert told["quan_he"]["origin"] == f"{FIRST}-KQ(1)"
    assert told["cho_o"]["source"] == "dat_dai"
    typed = confirmed("checklist", "--procedure", "1.004222", "--citizen", "-", text=f"{MOTHER}\n")
    assert "KHÔNG PHẢI NỘP" in typed.stdout
    assert MOTHER not in typed.stdout


def test_accepting_and_overruling_are_recorded_and_counted(confirmed) -> None:
    done = confirmed("reuse", "accept", SECOND, "--all", "--by", CLERK).stdout
    assert f"quan_he: không phải nộp, dùng lại từ {FIRST}-KQ(1)." in done
    overruled = confirmed("reuse", "overrule", SECOND, "cho_o", "--by", CLERK, "--reason", "địa chỉ đã đổi")
    assert "đã ghi lý do" in overruled.stdout
    explained = confirmed("--lang", "en", "reuse", "explain", SECOND).stdout
    assert "the clerk asks for it" in " ".join(explained.split())
    figures = json.loads(confirmed("counts", "--from", "2026-11-01", "--json").stdout)
    assert (figures["papers"], figures["overruled"]) == (1, 1)
    assert figures["rates"]["reuse"] == {"numerator": 1, "denominator": 2, "value": 0.5}
    assert "50,0 % (1/2)" in confirmed("counts", "--from", "2026-11-01").stdout
    flags = json.loads(confirmed("counts", "--dossier", SECOND).stdout)
    assert [flag["MaKetQuaThayThe"] for flag in flags] == [f"{FIRST}-KQ(1)"]


def test_a_settled_slot_is_shown_with_its_source_and_not_as_missing(confirmed) -> None:
    confirmed("reuse", "accept", SECOND, "cho_o", "--by", CLERK)
    text = " ".join(confirmed("show", SECOND).stdout.split())
    assert "KHÔNG PHẢI NỘP: DD-0000-0001" in text
    assert "Còn thiếu: Tờ khai thay đổi thông tin cư trú (CT01)" in text
    assert "Thiếu thành phần 2" not in text


def test_nothing_is_accepted_that_is_not_granted(run) -> None:
    assert isinstance(run("reuse", "accept", SECOND, "ct01", "--by", CLERK).exception, AccessDenied)
    assert run("reuse", "accept", SECOND, "--by", CLERK).exit_code == 2
    assert run("reuse", "accept", SECOND, "ct01", "--all", "--by", CLERK).exit_code == 2


def test_withdrawn_consent_empties_the_store_at_once(confirmed) -> None:
    assert "d1-1" in confirmed("vault", "show", "--citizen", MOTHER).stdout
    confirmed("vault", "withdraw", "--citizen", MOTHER, "--by", CLERK)
    view = json.loads(confirmed("vault", "show", "--citizen", MOTHER, "--json").stdout)
    assert (view["papers"], view["consents"]) == ([], [])
    told = slots(confirmed("checklist", "--procedure", "1.004222", "--citizen", MOTHER, "--json"))
    assert [each["code"] for each in told["quan_he"]["refusals"]] == ["NO_KEEP_CONSENT"]


def test_numbers_are_joined_parted_and_papers_revoked(confirmed) -> None:
    joined = confirmed("vault", "merge", "--citizen", MOTHER, "--with", "012345678", "--by", CLERK,
                       "--reason", "CMND cũ")  # fmt: skip
    act = joined.stdout.split("--act ")[1].strip()
    assert "cmnd …678" in confirmed("vault", "show", "--citizen", "012345678").stdout
    assert "1 mục" in confirmed("vault", "split", "--citizen", MOTHER, "--act", act, "--by", CLERK).stdout
    assert "cmnd" not in confirmed("vault", "show", "--citizen", MOTHER).stdout
    assert confirmed("vault", "split", "--citizen", MOTHER, "--by", CLERK).exit_code == 2
    confirmed("vault", "revoke", "d1-1", "--by", CLERK, "--reason", "thẻ báo mất")
    view = json.loads(confirmed("vault", "show", "--citizen", MOTHER, "--json").stdout)
    assert [paper["is_revoked"] for paper in view["papers"]] == [True, False]
    assert "Nơi cư trú" not in confirmed("vault", "show", "--citizen", MOTHER, "--values").stdout


def test_item_08_dossiers_are_found_by_agency_under_older_and_newer_identifiers(run, data_dir: Path) -> None:
    def found(agency: str) -> set[str]:
        told = run("find", "--agency", agency, "--json")
        assert told.exit_code == 0, told.output
        return {hit["dossier"] for hit in json.loads(told.stdout)}

    everything = found(" h29.119 ")
    assert FIRST in everything
    assert found("H29.120") == set()
    (data_dir / "agencies.toml").write_text(
        '[[succession]]\nold = "H29.119"\nnew = "H29.120"\nsince = 2026-11-26\n', encoding="utf-8"
    )
    assert found("H29.120") == everything
    assert isinstance(run("find", "--agency", "không phải mã").exception, InputError)


def test_a_renewed_key_loses_nobody(confirmed) -> None:
    told = confirmed("vault", "renew-key").stdout
    assert "giữ 2 khóa" in told
    assert "0 số còn lại" in told
    assert "d1-1" in confirmed("vault", "show", "--citizen", MOTHER).stdout


def test_item_14_counts_list_components_without_image_by_policy(confirmed, data_dir: Path) -> None:
    rules = [
        SlotRule(key="a", name="Tờ khai", accepts=(), is_required=True, policy="digitize"),
        SlotRule(key="b", name="Thẻ [mẫu]", accepts=(), is_required=True, policy="present_only"),
    ]
    with (
        bootstrap(Settings(data_dir=data_dir, workers=1)) as application,
        application.records.transaction() as work,
    ):
        for dossier_id in ("d1", "d2"):
            work.dossiers.set_slots(dossier_id, [Slot(rule=rule, document_id=None) for rule in rules])
    asked = ("counts", "--from", "2026-11-01", "--to", "2026-11-30")
    told = json.loads(confirmed(*asked, "--json").stdout)
    listed = [
        (each["component"], each["policy"], each["why"], each["dossiers"]) for each in told["exceptions"]
    ]
    assert listed == 2 * [
        ("Thẻ [mẫu]", "present_only", "policy", 1),
        ("Tờ khai", "digitize", "missing", 1),
    ]
    assert told["rates"]["captured"] == {"numerator": 0, "denominator": 2, "value": 0.0}
    shown = confirmed(*asked).stdout
    assert "trên số phải chụp: 0,0 % (0/2)" in shown
    assert "Thành phần không có hình ảnh" in shown
    assert "còn thiếu" in shown


def test_records_that_are_down_grant_nothing_and_say_so(run, data_dir: Path) -> None:
    for file in data_dir.glob("records.sqlite3*"):
        file.unlink()
    (data_dir / "records.sqlite3").mkdir()
    for command in (
        ("checklist", "--procedure", "1.004222", "--citizen", MOTHER),
        ("reuse", "explain", SECOND),
        ("vault", "show", "--citizen", MOTHER),
    ):
        result = run(*command)
        assert isinstance(result.exception, ResourceError)
        assert result.exception.exit_code == 5
        assert "cơ sở dữ liệu" in result.exception.vi.lower()
        assert MOTHER not in result.output + str(result.exception)
        assert result.stdout == ""
