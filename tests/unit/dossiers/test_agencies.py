"""Agencies and signers as dated data, printed codes for ever (domain items 4, 5 and 7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dossiers.agencies import Signer, load_agencies, parse_agencies
from dossiers.calendar_file import load_calendar
from dossiers.case import Channel, Parties, Party, Places
from dossiers.case_desk import CaseDesk, CaseOpening, Doing
from dossiers.case_file import read_case_file
from dossiers.case_moves import Action, load_case_moves
from dossiers.catalogue import load_catalogue
from dossiers.deadline_rules import load_deadline_rules
from dossiers.deadlines import Deadlines
from dossiers.errors import ConfigurationError
from dossiers.form_facts import LISTS, VALUES, FormContext, facts_of
from dossiers.form_template import FormId, load_template
from dossiers.register import register_facts, register_number
from dossiers.testing import FixedClock, MemoryRecordStore

TEXT = """
[[agency]]
code = "000.00.16.H26"
name = "Ủy ban nhân dân quận Cũ"
effective_to = 2025-06-30

[[agency]]
code = "H26.119"
name = "Trung tâm phường Mới"
parent_name = "Ủy ban nhân dân phường Mới"
place = "Hà Nội"
effective_from = 2025-07-01
effective_to = 2026-11-24

[[agency]]
code = "H26.119"
name = "Trung tâm phường Mới đổi tên"
place = "Hà Nội"
effective_from = 2026-11-25

[[succession]]
old = "000.00.16.H26"
new = "H26.016"
since = 2022-01-01

[[succession]]
old = "H26.016"
new = "H26.119"
since = 2025-07-01

[[signer]]
agency = "H26.119"
name = "Trần Văn Ký"
post = "Giám đốc"
effective_from = 2025-07-01
effective_to = 2026-01-31
"""
DIRECTORY = parse_agencies(TEXT)


@pytest.mark.parametrize("code", ["000.00.16.H26", "H26.016", "H26.119"])
def test_item_05_codes_are_followed_old_to_new_and_back(code: str) -> None:
    assert set(DIRECTORY.related(code)) == {"000.00.16.H26", "H26.016", "H26.119"}
    assert DIRECTORY.related(code)[0] == code


@pytest.mark.parametrize(
    ("code", "day", "inherited"),
    [
        ("H26.119", date(2026, 1, 1), {"H26.016", "000.00.16.H26"}),
        ("H26.119", date(2025, 6, 30), set()),
        ("H26.016", date(2026, 1, 1), {"000.00.16.H26"}),
        ("000.00.16.H26", date(2026, 1, 1), set()),
        ("H29.119", date(2026, 1, 1), {"H26.119", "H26.016", "000.00.16.H26"}),
        ("H29", date(2026, 1, 1), {"H26.119", "H26.016", "000.00.16.H26"}),
        ("H26", date(2026, 1, 1), set()),
    ],
)
def test_a_successor_and_who_stands_above_it_take_over_and_nobody_else(
    code: str, day: date, inherited: set[str]
) -> None:
    moved = parse_agencies(TEXT + '[[succession]]\nold = "H26.119"\nnew = "H29.119"\n')
    found = moved.inherited(code, day)
    assert (set(found), len(found)) == (
        inherited | ({"H26.119"} if "H29" in code else set()),
        len(set(found)),
    )


def test_agencies_that_followed_one_another_in_a_circle_have_the_same() -> None:
    ring = parse_agencies(
        "".join(f'[[succession]]\nold = "H26.{a}"\nnew = "H26.{b}"\n' for a, b in ("12", "21"))
    )
    assert ring.inherited("H26.1", date(2026, 1, 1)) == ("H26.2",)


def test_item_05_a_code_already_printed_stays_searchable() -> None:
    desk, records, clock = office()
    clock.advance((datetime(2024, 9, 20, 2, tzinfo=UTC) - clock()).total_seconds())
    old = opened(desk, "000.00.16.H26")
    clock.advance((datetime(2026, 11, 25, 2, tzinfo=UTC) - clock()).total_seconds())
    opened(desk, "H26.119")

    with records.transaction() as work:
        found = work.dossiers.by_code("000.00.16.H26-240920-0001")
    assert found is not None
    assert found.dossier_id == old


def test_item_04_an_agency_is_called_what_it_was_called_on_the_day() -> None:
    assert DIRECTORY.on("H26.119", date(2026, 11, 24)).name == "Trung tâm phường Mới"
    assert DIRECTORY.on("H26.119", date(2026, 11, 25)).name == "Trung tâm phường Mới đổi tên"
    assert DIRECTORY.on("H26.119", date(2024, 1, 1)).name == "H26.119"
    assert DIRECTORY.on("H99", date(2026, 1, 1)).name == "H99"


def test_item_04_a_signer_signs_within_the_time_of_office() -> None:
    assert [each.post for each in DIRECTORY.signers_on("H26.119", date(2026, 1, 31))] == ["Giám đốc"]
    assert DIRECTORY.signers_on("H26.119", date(2026, 2, 1)) == ()


def test_an_office_without_a_directory_has_an_empty_one(tmp_path: Path) -> None:
    assert load_agencies(tmp_path).agencies == ()
    (tmp_path / "agencies.toml").write_text(TEXT, encoding="utf-8")
    assert load_agencies(tmp_path) == DIRECTORY


@pytest.mark.parametrize(
    "broken", ["x", "[[agency]]\ncode = 'quận 1'\nname = 'A'", "[[agency]]\ncode = 'H26'", "[other]"]
)
def test_a_directory_that_makes_no_sense_is_refused(broken: str) -> None:
    with pytest.raises(ConfigurationError, match="BAD_AGENCIES"):
        parse_agencies(broken)


@pytest.mark.parametrize(
    "text", ["1.001193", "1,001193", "1.001193.000.00.00.H29", "1.001193.H36", "1.001193.01"]
)
def test_item_07_a_procedure_is_found_however_its_code_is_written(text: str) -> None:
    catalogue = load_catalogue()

    assert catalogue.get(text, date(2026, 11, 25)).name == "Đăng ký khai sinh"
    assert catalogue.search(text)[0].number == "1.001193"


def test_item_07_replaced_codes_are_followed_both_ways() -> None:
    catalogue = load_catalogue()

    assert catalogue.successors("1,013978") == ("1.115443",)
    assert "1.013978" in catalogue.related("1.115443")


def office() -> tuple[CaseDesk, MemoryRecordStore, FixedClock]:
    records, clock = MemoryRecordStore(), FixedClock(datetime(2026, 11, 25, 2, 0, tzinfo=UTC))
    desk = CaseDesk(
        records=records,
        catalogue=load_catalogue(),
        deadlines=Deadlines(calendar=load_calendar(None), rules=load_deadline_rules(None)),
        moves=load_case_moves(None),
        clock=clock,
    )
    return desk, records, clock


def opened(desk: CaseDesk, point: str, **party: str) -> str:
    opening = CaseOpening(
        intake_key=f"{point}-{party}",
        procedure="1.001193",
        variant=None,
        channel=Channel.DIRECT,
        places=Places(receiving_point=point, competent_agency=point),
        parties=Parties(owner=Party(name="Nguyễn Thị Hoà", **party)),
    )
    dossier, _ = desk.open(opening, Doing(by="quầy 3"))
    return dossier.dossier_id


def test_item_33_a_receipt_is_filled_with_what_is_known_and_nothing_else() -> None:
    desk, records, clock = office()
    opened(desk, "H26.119")
    dossier_id = opened(desk, "H26.119", identifier="003190000001", phone="0900000000")
    desk.move(dossier_id, Action.ACCEPT, Doing(by="quầy 3"))
    with records.transaction() as work:
        file = read_case_file(work, dossier_id)
        number = register_number(work, file.case)
    context = FormContext(
        procedure=load_catalogue().get("1.001193", date(2026, 11, 25)),
        agencies=DIRECTORY,
        moves=load_case_moves(None),
        printed_at=clock(),
        register_number=number,
    )
    facts = facts_of(load_template(FormId.RECEIPT, None), file, context)

    assert set(facts.values) <= VALUES
    assert all(set(row) == set(LISTS[name]) for name, rows in facts.lists.items() for row in rows)
    assert facts.values["due_time"] == "17 giờ 00 phút, ngày 25 tháng 11 năm 2026"
    assert facts.values["received_time"] == "09 giờ 00 phút, ngày 25 tháng 11 năm 2026"
    assert facts.values["dated"] == "Hà Nội, ngày 25 tháng 11 năm 2026"
    assert facts.values["register_number"] == "2"
    assert facts.values["owner_address"] == facts.values["bearer_name"] == ""
    assert [each["note"] for each in facts.lists["papers"]] == [
        "CHƯA NỘP",
        "CHƯA NỘP",
        "xuất trình, đã trả lại",
    ]
    assert facts.mark is not None
    assert facts.mark.text == (
        "H26.119-261125-0002|1.001193|003190000001|Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
    )


@pytest.mark.parametrize(("count", "name"), [(0, None), (1, "Lê Văn Ký"), (2, None)])
def test_item_33_a_form_names_the_signer_where_exactly_one_is_in_office(count: int, name: str | None) -> None:
    desk, records, clock = office()
    dossier_id = opened(desk, "H26.119")
    with records.transaction() as work:
        file = read_case_file(work, dossier_id)
    signer = Signer(agency="H26.119", name="Lê Văn Ký", post="Chủ tịch")
    context = FormContext(
        procedure=None,
        agencies=replace(DIRECTORY, signers=(signer,) * count),
        moves=load_case_moves(None),
        printed_at=clock(),
    )
    facts = facts_of(load_template(FormId.APOLOGY, None), file, context)

    assert set(facts.values) <= VALUES
    assert facts.values.get("signer_name") == name


def test_item_33_the_register_numbers_its_entries_within_the_year() -> None:
    desk, records, clock = office()
    for number, text in enumerate(("2025-12-31T20:00", "2026-11-20T02:00", "2026-11-25T02:00")):
        moment = datetime.fromisoformat(text).replace(tzinfo=UTC)
        clock.advance((moment - clock()).total_seconds())
        opened(desk, "H26.119", identifier=str(number))
    opened(desk, "H26.120")
    with records.transaction() as work:
        facts = register_facts(
            work,
            load_template(FormId.REGISTER, None),
            point="H26.119",
            first=date(2026, 11, 21),
            last=date(2026, 11, 25),
            agencies=DIRECTORY,
            moves=load_case_moves(None),
        )

    # 20:00 on 31 December in UTC is New Year's Day in Viet Nam: the first entry of the year.
    assert [(each["number"], each["code"]) for each in facts.lists["entries"]] == [
        ("3", "H26.119-261125-0001")
    ]
