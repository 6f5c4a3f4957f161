"""A new key of the blind index: stores of people and papers' own numbers are filed under it at once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from dossiers.citizens import HolderNumber, KnownNumber
from dossiers.confirmed import ConfirmedFact, ConfirmedPaper
from dossiers.dossier import Dossier
from dossiers.paper_making import claim_of
from dossiers.reading import CopyKind
from storage.keys.number_index import HmacNumberIndex, open_number_index, renew_key
from storage.records.sqlite_store import SqliteRecordStore, open_sqlite

NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)
OWNER, CHILD, TYPED = (HolderNumber.parse(each) for each in ("003195500150", "003185000001", "012345678"))
FACTS = tuple(
    ConfirmedFact(
        name=name, value=value, proposed=None, raw="", page_id=None, box=None, confidence=1.0, source=None
    )
    for name, value in (("personal_number", CHILD.text), ("serial_number", "AB 123"))
)


def _fill(store: SqliteRecordStore, index: HmacNumberIndex) -> None:
    with store.transaction() as work:
        work.dossiers.add(
            Dossier(
                dossier_id="d1", code="H29.119-261125-0001", intake_key="k", procedure_code=None,
                citizen_number=OWNER.text, title="", opened_at=NOW,
            )
        )  # fmt: skip
        for number, holder in ((OWNER, "h1"), (CHILD, "h2"), (TYPED, "h1")):
            work.holders.add_number(
                KnownNumber(
                    entry=index.of(number), holder_id=holder, kind=number.kind, tail=number.tail, since=NOW
                )
            )
        work.papers.add(_paper("p1", "h2", index), FACTS)


def _paper(paper_id: str, holder_id: str, index: HmacNumberIndex) -> ConfirmedPaper:
    return ConfirmedPaper(
        paper_id=paper_id, holder_id=holder_id, dossier_id="d1", dossier_code="H29.119-261125-0001",
        procedure_code=None, type_id="giay_khai_sinh", page_count=1, copy_kind=CopyKind.ORIGINAL,
        issued_on=None, expires_on=None, is_unlimited=False, born_on=None, subject=index.of(CHILD),
        claim=claim_of("giay_khai_sinh", FACTS, index), purpose="", confirmed_by="x", confirmed_at=NOW,
        revoked_at=None,
    )  # fmt: skip


def test_people_papers_about_them_and_their_own_numbers_move_and_who_stands_nowhere_is_told(
    tmp_path: Path,
) -> None:
    key = tmp_path / "number-index.key"
    store = open_sqlite(tmp_path / "records.sqlite3", key)
    _fill(store, open_number_index(key))
    store.close()
    renew_key(key)

    store, index = open_sqlite(tmp_path / "records.sqlite3", key), open_number_index(key)
    filed = store.file_numbers_anew()
    assert (filed.values, filed.people, filed.papers, filed.left) == (1, 2, 1, 1)
    with store.transaction() as work:
        assert [each.entry for each in work.holders.numbers("h2")] == [index.of(CHILD)]
        (paper,) = work.papers.of_holder("h2")
        assert paper.subject == index.of(CHILD)
        # The same paper, confirmed for somebody else under the new key, is noticed.
        work.papers.add(_paper("p2", "h1", index), FACTS)
        assert work.papers.disputed("h1") == {"p2"}
        left = work.holders.find(index.entries(TYPED))
        assert left is not None
        assert left.entry == index.entries(TYPED)[1]
    again = store.file_numbers_anew()
    assert (again.values, again.people, again.papers, again.left) == (0, 0, 0, 1)
    store.close()
