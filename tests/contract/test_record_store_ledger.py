"""What every record store promises about the page ledger (C8): each kind of gap is seen, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dossiers.dossier import DigitizationState
from dossiers.ledger import Gap, GapKind
from dossiers.page import PageState
from dossiers.ports import RecordStore, UnitOfWork

if TYPE_CHECKING:
    from conftest import Samples


def _gaps(work: UnitOfWork, samples: Samples) -> list[tuple[str, str]]:
    return [(gap.kind.value, gap.subject_id) for gap in work.ledger.gaps(samples.now, 10)]


def test_pages_that_wait_for_their_reading_are_no_gap(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        assert _gaps(work, samples) == []
        samples.receive(work)
        for number in (1, 2, 3):
            work.tasks.add(samples.task(f"t{number}", subject_id=f"p-d1-{number}"))
        assert _gaps(work, samples) == []


def test_a_page_that_nobody_will_read_is_a_gap(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        samples.receive(work)
        for number in (1, 3):
            work.tasks.add(samples.task(f"t{number}", subject_id=f"p-d1-{number}"))
        assert list(work.ledger.gaps(samples.now, 10)) == [
            Gap(kind=GapKind.NOT_DUE, branch="H29.119", dossier_id="d1", subject_id="p-d1-2")
        ]


def test_a_file_with_a_page_too_few_is_a_gap(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        samples.receive(work, pages=1)
        work.tasks.add(samples.task("t1"))
        [gap] = work.ledger.gaps(samples.now, 10)
        assert (gap.kind, gap.subject_id, gap.pages) == (GapKind.PAGES_MISSING, "f-d1-r1", 2)
        assert not work.ledger.gaps(samples.later(1), 10), "counted when it was received"


def test_read_pages_of_an_open_dossier_that_nothing_will_file_are_a_gap(
    records: RecordStore, samples: Samples
) -> None:
    with records.transaction() as work:
        samples.receive(work)
        for number in (1, 2, 3):
            work.pages.save(work.pages.get(f"p-d1-{number}").moved(PageState.READ))
        assert [kind for kind, _ in _gaps(work, samples)] == ["not_filed"] * 3
        work.tasks.add(samples.task("file"))
        assert _gaps(work, samples) == []
        lease = work.tasks.lease("file", "me", samples.now, samples.later(9))
        assert lease is not None
        work.tasks.finish(lease)
        work.dossiers.save(work.dossiers.get("d1").moved(DigitizationState.NEEDS_CLERK))
        assert _gaps(work, samples) == [], "a clerk has it"


def test_a_page_filed_in_a_document_that_is_gone_is_a_gap(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        samples.receive(work)
        document = samples.document(1, 2, 3)
        work.documents.replace_proposed("d1", [document])
        for number in (1, 2, 3):
            page = work.pages.get(f"p-d1-{number}").moved(PageState.READ)
            work.pages.save(page)
            place = PageState.FILED if number < 3 else PageState.IN_REVIEW
            work.pages.save(work.pages.get(page.page_id).moved(place, document.document_id))
        assert _gaps(work, samples) == []
        work.documents.replace_proposed("d1", [])
        assert [kind for kind, _ in _gaps(work, samples)] == ["no_document"] * 3
