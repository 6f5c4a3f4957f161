"""What every record store promises about tickets, weekly reports, drafts and kept searches."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from dossiers.case import Case, CaseClock, CaseStep, Channel, Parties, Party, Places
from dossiers.case_ports import Running
from dossiers.confirmed import ConfirmedPaper
from dossiers.document import DocumentState
from dossiers.errors import RecordError, StaleVersion
from dossiers.ports import RecordStore
from dossiers.rate import Rate
from dossiers.reading import CopyKind
from dossiers.reports.figures import Figures, ProcedureRow, Waiting
from dossiers.reports.report_week import ReportWeek
from dossiers.reports.ticket import Ticket
from dossiers.reports.weekly import WeeklyReport, Written
from dossiers.review_draft import ReviewDraft
from dossiers.saved_search import SavedSearch

if TYPE_CHECKING:
    from conftest import Samples

UNIT = "H29.119"
FIGURES = Figures(
    received=3,
    digitized=2,
    reused=1,
    reused_national=0,
    papers_saved=2,
    resolved=1,
    resolved_in_time=1,
    ended_otherwise=0,
    results_digitized=1,
    returned=1,
    running_in_time=2,
    running_late=0,
    direct=2,
    post=0,
    online=1,
    reuse_rate=Rate(numerator=1, denominator=2),
    waiting=Waiting(tickets=4, called=3, left=1, over_limit=0, average_seconds=300, longest_seconds=None),
    procedures=(
        ProcedureRow(procedure_code="1.001193", received=3, digitized=2, reused=1, resolved=1),
        ProcedureRow(procedure_code="", received=0, digitized=0, reused=0, resolved=0),
    ),
)


def _ticket(samples: Samples, ticket_id: str = "k1", **changes: object) -> Ticket:
    values = {"ticket_id": ticket_id, "branch": UNIT, "number": 1, "taken_at": samples.now, **changes}
    return Ticket(**values)  # type: ignore[arg-type]


def _report(samples: Samples, week: int = 27, revision: int = 1, unit: str = UNIT) -> WeeklyReport:
    return WeeklyReport(
        unit=unit,
        week=ReportWeek(year=2025, number=week),
        revision=revision,
        written=Written(difficulties="Máy quét “kẹt” giấy", proposals="Không"),
        figures=FIGURES,
        counted_at=samples.now,
        drafted_by="Trần Thị Cán Bộ",
    )


def _case(dossier_id: str, samples: Samples, point: str = UNIT, **changes: object) -> Case:
    values: dict[str, object] = {
        "dossier_id": dossier_id,
        "variant": "",
        "channel": Channel.DIRECT,
        "places": Places(receiving_point=point, competent_agency=point),
        "parties": Parties(owner=Party(name="Nguyễn Thị Hoà")),
        "state": "received",
    }
    return Case(**{**values, **changes})  # type: ignore[arg-type]


def test_a_ticket_comes_back_as_it_was_saved(records: RecordStore, samples: Samples) -> None:
    ticket = _ticket(samples)
    with records.transaction() as work:
        work.tickets.add(ticket)
        assert work.tickets.get("k1") == ticket
        called = ticket.called("quầy 3", samples.later(60))
        work.tickets.save(called)
        work.tickets.save(replace(called, version=1).served(samples.later(90), "d1"))
    with records.transaction() as work:
        kept = work.tickets.get("k1")
    assert (kept.counter, kept.called_at, kept.served_at) == ("quầy 3", samples.later(60), samples.later(90))
    assert (kept.dossier_id, kept.version) == ("d1", 2)


def test_a_ticket_is_added_once_and_saved_over_its_version(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        work.tickets.add(_ticket(samples))
    with pytest.raises(RecordError, match="DUPLICATE"), records.transaction() as work:
        work.tickets.add(_ticket(samples))
    with pytest.raises(StaleVersion), records.transaction() as work:
        work.tickets.save(_ticket(samples, version=1))
    with pytest.raises(RecordError, match="NOT_FOUND"), records.transaction() as work:
        work.tickets.save(_ticket(samples, "k2"))


def test_tickets_of_a_span_come_oldest_first(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        work.tickets.add(_ticket(samples, "k3", number=3, taken_at=samples.later(20)))
        work.tickets.add(_ticket(samples, "k1"))
        work.tickets.add(_ticket(samples, "k2", branch="H29.120", taken_at=samples.later(10)))
        work.tickets.add(_ticket(samples, "k4", number=4, taken_at=samples.later(30)))
        own = work.tickets.taken_between(samples.now, samples.later(30), UNIT)
        every = work.tickets.taken_between(samples.now, samples.later(30), "")
    assert [each.ticket_id for each in own] == ["k1", "k3"]
    assert [each.ticket_id for each in every] == ["k1", "k2", "k3"]


def test_a_report_comes_back_as_it_was_saved(records: RecordStore, samples: Samples) -> None:
    report = _report(samples)
    with records.transaction() as work:
        work.reports.add(report)
        assert work.reports.newest(UNIT, "2025-W27") == report
        work.reports.save(report.signed("Lê Văn Chủ Nhiệm", samples.later(60)))
    with records.transaction() as work:
        kept = work.reports.newest(UNIT, "2025-W27")
    assert kept is not None
    assert (kept.signed_by, kept.signed_at, kept.version) == ("Lê Văn Chủ Nhiệm", samples.later(60), 1)
    assert kept.figures == FIGURES


def test_a_report_is_added_once_and_saved_over_its_version(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        work.reports.add(_report(samples))
    with pytest.raises(RecordError, match="DUPLICATE"), records.transaction() as work:
        work.reports.add(_report(samples))
    with pytest.raises(StaleVersion), records.transaction() as work:
        work.reports.save(replace(_report(samples), version=4))
    with pytest.raises(RecordError, match="NOT_FOUND"), records.transaction() as work:
        work.reports.save(_report(samples, week=28))


def test_the_newest_revision_of_each_week_is_listed_latest_first(
    records: RecordStore, samples: Samples
) -> None:
    with records.transaction() as work:
        for week, revision in ((26, 1), (27, 1), (27, 2), (9, 1)):
            work.reports.add(_report(samples, week, revision))
        work.reports.add(_report(samples, 28, unit="H29.120"))
        recent = work.reports.recent(UNIT, 2)
        revisions = work.reports.revisions(UNIT, "2025-W27")
    assert [(str(each.week), each.revision) for each in recent] == [("2025-W27", 2), ("2025-W26", 1)]
    assert [each.revision for each in revisions] == [1, 2]


def test_a_draft_is_kept_over_its_own_version(records: RecordStore, samples: Samples) -> None:
    draft = ReviewDraft(document_id="x", clerk="Lan", held_until=samples.now)
    draft = draft.taken("Lan", samples.now).typed("person_name", "Nguyễn “Hoà”", samples.now)
    with records.transaction() as work:
        work.reviews.put(draft)
        assert work.reviews.find("x") == replace(draft, version=1)
        work.reviews.put(replace(draft, version=1).checked_first(samples.now))
    with pytest.raises(StaleVersion), records.transaction() as work:
        work.reviews.put(replace(draft, version=1))
    with pytest.raises(StaleVersion), records.transaction() as work:
        work.reviews.put(draft)
    with records.transaction() as work:
        kept = work.reviews.find("x")
        assert kept is not None
        assert (kept.first_check, kept.edits) == ("Lan", (("person_name", "Nguyễn “Hoà”"),))
        work.reviews.erase("x")
        work.reviews.erase("x")
        assert work.reviews.find("x") is None


def test_what_nobody_confirmed_comes_oldest_dossier_first(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        samples.receive(work, "d2", code="H29.120-250701-0002", opened_at=samples.later(5))
        samples.receive(work, "d1")
        samples.receive(work, "d0", opened_at=samples.later(-60))
        for dossier_id in ("d0", "d1", "d2"):
            work.documents.replace_proposed(
                dossier_id,
                [
                    samples.document(2, dossier_id=dossier_id, type_id="blank"),
                    samples.document(1, dossier_id=dossier_id, state=DocumentState.CONFIRMED),
                    samples.document(3, dossier_id=dossier_id, type_id="ct01"),
                ],
            )
        every = work.reviews.unconfirmed(samples.now, "", "", 9)
        own = work.reviews.unconfirmed(samples.now, UNIT, "", 9)
        forms = work.reviews.unconfirmed(samples.now, "", "ct01", 1)
    found = [(each.dossier_code, each.document.type_id) for each in every]
    old, new = "H29.119-250701-d1", "H29.120-250701-0002"
    assert found == [
        (old, "birth_certificate"),
        (old, "ct01"),
        (new, "birth_certificate"),
        (new, "ct01"),
    ]
    assert [each.dossier_code for each in own] == [old, old]
    assert [(each.dossier_code, each.document.type_id) for each in forms] == [(old, "ct01")]


def test_what_a_clerk_confirmed_waits_no_longer(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        samples.receive(work)
        document = samples.document(1)
        work.documents.replace_proposed("d1", [document])
        work.papers.add(
            ConfirmedPaper(
                paper_id=document.document_id,
                holder_id="",
                dossier_id="d1",
                dossier_code="H29.119-250701-d1",
                procedure_code=None,
                type_id="birth_certificate",
                page_count=1,
                copy_kind=CopyKind.ORIGINAL,
                issued_on=None,
                expires_on=None,
                is_unlimited=False,
                born_on=None,
                subject=None,
                claim=None,
                purpose="",
                confirmed_by="Lan",
                confirmed_at=samples.now,
            ),
            (),
        )
        assert not work.reviews.unconfirmed(samples.now, "", "", 9)


def test_kept_searches_belong_to_one_clerk(records: RecordStore, samples: Samples) -> None:
    def search(owner: str, name: str, asked: str = "type=ct01") -> SavedSearch:
        return SavedSearch(owner=owner, name=name, asked=asked, saved_at=samples.now)

    with records.transaction() as work:
        for each in (search("lan", "b"), search("lan", "a"), search("minh", "c"), search("lan", "b", "q=x")):
            work.saved_searches.put(each)
        work.saved_searches.erase("lan", "zzz")
        assert list(work.saved_searches.of_owner("lan")) == [search("lan", "a"), search("lan", "b", "q=x")]
        work.saved_searches.erase("lan", "a")
        assert [each.name for each in work.saved_searches.of_owner("lan")] == ["b"]


def test_cases_are_found_by_their_end_and_steps_by_their_time(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        for number, (dossier_id, end) in enumerate((("d1", 50), ("d2", 40), ("d3", 60), ("d4", None))):
            work.dossiers.add(samples.dossier(dossier_id, opened_at=samples.later(number)))
            ended = None if end is None else samples.later(end)
            work.cases.add(_case(dossier_id, samples, ended_at=ended))
            if ended is not None:
                step = CaseStep(
                    dossier_id=dossier_id,
                    action="finish",
                    from_state="processing",
                    to_state="done",
                    at=ended,
                    by="Lan",
                )
                work.cases.add_step(step)
                work.cases.add_step(replace(step, action="return"))
        ended_cases = work.cases.ended_between(samples.later(40), samples.later(60), UNIT)
        steps = work.cases.steps_between(samples.later(40), samples.later(60), UNIT, "finish")
        assert not work.cases.steps_between(samples.later(40), samples.later(60), "H29.120", "finish")
    assert [each.dossier_id for each in ended_cases] == ["d2", "d1"]
    assert [(each.dossier_id, each.action) for each in steps] == [("d1", "finish"), ("d2", "finish")]


def test_open_cases_are_counted_in_time_or_late(records: RecordStore, samples: Samples) -> None:
    late = CaseClock(due_at=samples.later(-1))
    clocks = {
        "none": CaseClock(),
        "in_time": CaseClock(due_at=samples.later(10)),
        "late": late,
        "stopped": replace(late, stopped_at=samples.later(-5)),
    }
    with records.transaction() as work:
        for dossier_id, clock in clocks.items():
            work.dossiers.add(samples.dossier(dossier_id, opened_at=samples.now - timedelta(days=1)))
            work.cases.add(_case(dossier_id, samples, clock=clock))
        for dossier_id, opened, end, point in (
            ("ended", -9, -1, UNIT),
            ("ends_later", -9, 1, UNIT),
            ("opened_later", 1, None, UNIT),
            ("elsewhere", -9, None, "H29.120"),
        ):
            work.dossiers.add(samples.dossier(dossier_id, opened_at=samples.later(opened)))
            ended = None if end is None else samples.later(end)
            work.cases.add(_case(dossier_id, samples, point, ended_at=ended))
        assert work.cases.running_at(samples.now, UNIT) == Running(in_time=4, late=1)
