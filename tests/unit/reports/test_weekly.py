"""The weekly report: counted until Friday 16:00, signed once, corrected by revision."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from dossiers.calendar_file import load_calendar
from dossiers.case import Case, CaseClock, CaseStep, Channel, Parties, Party, Places
from dossiers.dossier import DigitizationState, Dossier
from dossiers.errors import InputError, RecordError, StaleVersion
from dossiers.local_time import VIETNAM
from dossiers.procedures import DataSource
from dossiers.reports.figures_json import figures_from_json, figures_to_json
from dossiers.reports.report_week import ReportWeek, Urgency
from dossiers.reports.weekly import MOST_TEXT, ReportState, Written
from dossiers.reports.weekly_desk import WeeklyDesk
from dossiers.reuse_decision import ReuseDecision, Verdict
from dossiers.testing import MemoryRecordStore

UNIT = "H29.119"
WEEK = ReportWeek(year=2026, number=48)
WRITTEN = Written(difficulties="Không", proposals="Thêm một máy quét")


class Office:
    """An office whose clock stands where a test puts it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 26, 9, tzinfo=VIETNAM)
        self.records = MemoryRecordStore()
        self.desk = WeeklyDesk(
            records=self.records,
            calendar=load_calendar(None),
            has_replaceable=lambda dossier: dossier.procedure_code == "1.004222",
            clock=lambda: self.now,
        )

    def open(self, name: str, unit: str = UNIT, procedure: str = "1.001193", **changes: object) -> None:
        state = changes.pop("state", DigitizationState.RECEIVING)
        values: dict[str, object] = {
            "dossier_id": name,
            "variant": "",
            "channel": Channel.DIRECT,
            "places": Places(receiving_point=unit, competent_agency=unit),
            "parties": Parties(owner=Party(name="Nguyễn Thị Hoà")),
            "state": "received",
        }
        with self.records.transaction() as work:
            work.dossiers.add(
                Dossier(
                    dossier_id=name,
                    code=f"{unit}-261126-{name}",
                    intake_key=name,
                    procedure_code=procedure,
                    citizen_number=None,
                    title="",
                    opened_at=self.now,
                    state=state,  # type: ignore[arg-type]
                )
            )
            work.cases.add(Case(**{**values, **changes}))  # type: ignore[arg-type]

    def step(self, name: str, action: str) -> None:
        with self.records.transaction() as work:
            case = work.cases.find(name)
            assert case is not None
            if action != "return":
                work.cases.save(replace(case, ended_at=self.now))
            work.cases.add_step(
                CaseStep(
                    dossier_id=name, action=action, from_state="", to_state="", at=self.now, by="Trần Thị Lan"
                )
            )

    def reuse(self, name: str, paper_id: str | None, verdict: Verdict = Verdict.ACCEPTED) -> None:
        with self.records.transaction() as work:
            work.decisions.put(
                ReuseDecision(
                    dossier_id=name,
                    slot_key="cho_o",
                    holder_id="h",
                    procedure_code="1.004222",
                    branch=UNIT,
                    verdict=verdict,
                    source=DataSource.CITIZEN_STORE,
                    origin="",
                    paper_id=paper_id,
                    type_id="",
                    page_count=1,
                    rule="",
                    clerk="Trần Thị Lan",
                    reason="",
                    at=self.now,
                )
            )


@pytest.fixture
def office() -> Office:
    return Office()


def test_the_columns_of_the_province_and_the_rates_of_the_decision(office: Office) -> None:
    office.open("d1", state=DigitizationState.COMPLETE)
    office.open("d2", procedure="1.004222", channel=Channel.ONLINE)
    office.open("d3", procedure="1.004222", clock=CaseClock(due_at=office.now - timedelta(hours=1)))
    office.open("d4", procedure="1.004222")
    office.open("other", unit="H29.120")
    office.reuse("d2", paper_id=None)
    office.reuse("d4", paper_id="p", verdict=Verdict.OVERRULED)
    office.step("d1", "finish")
    office.step("d1", "return")
    office.step("d4", "withdraw")
    office.now += timedelta(minutes=1)
    figures = office.desk.draft(UNIT, WEEK, "Lan").figures
    assert (figures.received, figures.digitized, figures.not_digitized) == (4, 1, 3)
    assert (figures.reused, figures.reused_national, figures.papers_saved) == (1, 1, 1)
    assert (figures.resolved, figures.resolved_in_time, figures.ended_otherwise) == (1, 1, 1)
    assert (figures.returned, figures.results_digitized) == (1, 0)
    assert (figures.running_in_time, figures.running_late) == (1, 1)
    assert (figures.direct, figures.post, figures.online) == (3, 0, 1)
    assert (figures.reuse_rate.numerator, figures.reuse_rate.denominator) == (1, 3)
    assert (figures.on_time_rate.numerator, figures.on_time_rate.denominator) == (2, 3)
    assert [(each.procedure_code, each.received, each.resolved) for each in figures.procedures] == [
        ("1.004222", 3, 0),
        ("1.001193", 1, 1),
    ]


def test_figures_come_back_from_json(office: Office) -> None:
    office.open("d1")
    figures = office.desk.today(UNIT)
    assert figures_from_json(figures_to_json(figures)) == figures


def test_nothing_after_the_deadline_counts(office: Office) -> None:
    office.open("before")
    office.now = WEEK.deadline
    office.open("after")
    office.now += timedelta(hours=1)
    assert office.desk.draft(UNIT, WEEK, "Lan").figures.received == 1
    assert office.desk.draft(UNIT, WEEK.next(), "Lan").figures.received == 1
    with pytest.raises(RecordError, match="WEEK_NOT_BEGUN"):
        office.desk.draft(UNIT, WEEK.next().next(), "Lan")


def test_a_draft_is_counted_anew_and_keeps_its_words(office: Office) -> None:
    office.desk.draft(UNIT, WEEK, "Lan")
    office.desk.write(UNIT, WEEK, WRITTEN)
    office.open("d1")
    office.now += timedelta(minutes=1)
    report = office.desk.draft(UNIT, WEEK, "Minh")
    assert (report.figures.received, report.written, report.drafted_by) == (1, WRITTEN, "Lan")


def test_a_report_is_signed_complete_once_and_by_a_name(office: Office) -> None:
    with pytest.raises(RecordError, match="NO_REPORT"):
        office.desk.sign(UNIT, WEEK, "Chủ nhiệm")
    office.desk.draft(UNIT, WEEK, "Lan")
    with pytest.raises(RecordError, match="REPORT_INCOMPLETE"):
        office.desk.sign(UNIT, WEEK, "Chủ nhiệm")
    office.desk.write(UNIT, WEEK, WRITTEN)
    with pytest.raises(RecordError, match="NO_CLERK"):
        office.desk.sign(UNIT, WEEK, " ")
    signed = office.desk.sign(UNIT, WEEK, "Lê Văn Chủ Nhiệm")
    assert (signed.state, signed.is_late) == (ReportState.SIGNED, False)
    for change in (lambda: office.desk.sign(UNIT, WEEK, "X"), lambda: office.desk.write(UNIT, WEEK, WRITTEN)):
        with pytest.raises(RecordError, match="REPORT_SIGNED"):
            change()
    office.open("later")
    assert office.desk.draft(UNIT, WEEK, "Lan") == signed


def test_a_report_signed_after_the_deadline_says_so(office: Office) -> None:
    office.desk.draft(UNIT, WEEK, "Lan")
    office.desk.write(UNIT, WEEK, WRITTEN)
    office.now = WEEK.deadline
    assert office.desk.due(UNIT)[0].urgency is Urgency.OVERDUE
    assert office.desk.sign(UNIT, WEEK, "Lê Văn Chủ Nhiệm").is_late
    assert [each.week for each in office.desk.due(UNIT)] == [WEEK.next()]


def test_a_correction_is_a_new_revision(office: Office) -> None:
    office.desk.draft(UNIT, WEEK, "Lan")
    with pytest.raises(RecordError, match="REPORT_NOT_SIGNED"):
        office.desk.revise(UNIT, WEEK, "Lan")
    office.desk.write(UNIT, WEEK, WRITTEN)
    signed = office.desk.sign(UNIT, WEEK, "Lê Văn Chủ Nhiệm")
    revision = office.desk.revise(UNIT, WEEK, "Minh")
    assert (revision.revision, revision.state, revision.written) == (2, ReportState.DRAFT, WRITTEN)
    with office.records.transaction() as work:
        assert work.reports.revisions(UNIT, str(WEEK)) == (signed, revision)
    office.now = datetime(2026, 11, 27, 15, 30, tzinfo=VIETNAM)
    assert office.desk.due(UNIT)[-1].urgency is Urgency.CALM  # a signed one is in already


def test_two_writers_do_not_overwrite_each_other(office: Office) -> None:
    version = office.desk.draft(UNIT, WEEK, "Lan").version
    office.desk.write(UNIT, WEEK, WRITTEN, version)
    with pytest.raises(StaleVersion):
        office.desk.write(UNIT, WEEK, Written(), version)
    with pytest.raises(InputError, match="LIMIT_EXCEEDED"):
        office.desk.write(UNIT, WEEK, Written(proposals="x" * (MOST_TEXT + 1)))
