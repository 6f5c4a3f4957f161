"""What every record store promises about stores of people, confirmed papers and decisions on reuse."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from dossiers.citizens import KnownNumber, NumberKind, VaultAct, VaultEvent
from dossiers.confirmed import ConfirmedFact, ConfirmedPaper
from dossiers.consent import ConsentAct, ConsentBy, Purpose
from dossiers.errors import RecordError
from dossiers.ports import RecordStore
from dossiers.procedures import DataSource
from dossiers.reading import Box, CopyKind, Source
from dossiers.result import IssuedResult
from dossiers.reuse_decision import ReuseDecision, Verdict

if TYPE_CHECKING:
    from conftest import Samples

FACTS = (
    ConfirmedFact(
        name="person_name",
        value="Nguyễn Thị Hoà",
        proposed="Nguyen Thị Hoà",
        raw="NGUYEN THỊ HOÀ",
        page_id="p-d1-1",
        box=Box(left=1, top=2, right=30, bottom=40),
        confidence=0.75,
        source=Source.OCR,
        checks=(("family_name_known", False), ("toned", True)),
    ),
    ConfirmedFact(
        name="expiry_date",
        value=None,
        proposed=None,
        raw="....",
        page_id=None,
        box=None,
        confidence=1.0,
        source=None,
    ),
)


def number(samples: Samples, entry: str = "e1", holder_id: str = "h1") -> KnownNumber:
    return KnownNumber(
        entry=entry, holder_id=holder_id, kind=NumberKind.PERSONAL, tail="456", since=samples.now
    )


def paper(samples: Samples, paper_id: str = "x1", holder_id: str = "h1", **changes: object) -> ConfirmedPaper:
    values: dict[str, object] = {
        "paper_id": paper_id,
        "holder_id": holder_id,
        "dossier_id": "d1",
        "dossier_code": "H29.119-250701-0001",
        "procedure_code": "1.001193",
        "type_id": "gcn_qsdd",
        "page_count": 4,
        "copy_kind": CopyKind.ORIGINAL,
        "issued_on": date(2020, 2, 29),
        "expires_on": None,
        "is_unlimited": False,
        "born_on": None,
        "subject": "e1",
        "claim": None,
        "purpose": "đăng ký kết hôn",
        "confirmed_by": "Trần Văn B",
        "confirmed_at": samples.now,
    }
    return ConfirmedPaper(**{**values, **changes})  # type: ignore[arg-type]


def decision(samples: Samples, slot_key: str = "cho_o", **changes: object) -> ReuseDecision:
    values: dict[str, object] = {
        "dossier_id": "d1",
        "slot_key": slot_key,
        "holder_id": "h1",
        "procedure_code": "1.004222",
        "branch": "H29.119",
        "verdict": Verdict.ACCEPTED,
        "source": DataSource.CITIZEN_STORE,
        "origin": "H29.119-250701-0001",
        "paper_id": "x1",
        "type_id": "gcn_qsdd",
        "page_count": 4,
        "rule": "",
        "clerk": "Trần Văn B",
        "reason": "",
        "at": samples.now,
    }
    return ReuseDecision(**{**values, **changes})  # type: ignore[arg-type]


@pytest.fixture
def filled(records: RecordStore, samples: Samples) -> RecordStore:
    with records.transaction() as work:
        samples.receive(work, "d1")
        work.holders.add_number(number(samples))
        work.papers.add(paper(samples), FACTS)
    return records


def test_a_number_is_found_under_any_of_its_entries_and_once_only(
    filled: RecordStore, samples: Samples
) -> None:
    with filled.transaction() as work:
        assert work.holders.find(["new", "e1"]) == number(samples)
        assert work.holders.find(["new"]) is None
        assert list(work.holders.numbers("h1")) == [number(samples)]
    with filled.transaction() as work, pytest.raises(RecordError, match="DUPLICATE"):
        work.holders.add_number(number(samples, holder_id="h2"))


def test_a_number_moves_to_the_person_it_belongs_to(filled: RecordStore, samples: Samples) -> None:
    with filled.transaction() as work:
        work.holders.move_number("e1", "h2")
    with filled.transaction() as work:
        assert work.holders.numbers("h1") == ()
        assert list(work.holders.numbers("h2")) == [number(samples, holder_id="h2")]
    with filled.transaction() as work, pytest.raises(RecordError, match="NOT_FOUND"):
        work.holders.move_number("unknown", "h2")


def test_an_entry_is_renamed_together_with_the_papers_about_it(filled: RecordStore, samples: Samples) -> None:
    with filled.transaction() as work:
        work.holders.add_number(number(samples, "e2"))
        work.holders.rename_entry("e1", "renewed")
    with filled.transaction() as work:
        assert [each.entry for each in work.holders.numbers("h1")] == ["renewed", "e2"]
        found = work.papers.find("x1")
        assert found is not None
        assert found.subject == "renewed"
    with filled.transaction() as work, pytest.raises(RecordError, match="NOT_FOUND"):
        work.holders.rename_entry("e1", "again")


def test_consents_and_acts_come_back_in_order_and_by_person(records: RecordStore, samples: Samples) -> None:
    acts = [
        ConsentAct(holder_id="h1", purpose=Purpose.KEEP, is_given=True, at=samples.now, clerk="B"),
        ConsentAct(
            holder_id="h1",
            purpose=Purpose.REUSE,
            is_given=False,
            at=samples.later(1),
            clerk="B",
            by=ConsentBy.REPRESENTATIVE,
        ),
    ]
    event = VaultEvent(
        holder_id="h1",
        act=VaultAct.MERGED,
        by="B",
        at=samples.now,
        subject="h2",
        reason="một người",
        from_holder="h2",
    )
    with records.transaction() as work:
        for act in acts:
            work.holders.add_consent(act)
        work.holders.add_consent(replace(acts[0], holder_id="h2"))
        work.holders.add_event(event)
    with records.transaction() as work:
        assert list(work.holders.consents("h1")) == acts
        assert list(work.holders.events("h1")) == [event]
        assert work.holders.events("h2") == ()


def test_a_paper_comes_back_with_its_values_as_confirmed(filled: RecordStore, samples: Samples) -> None:
    with filled.transaction() as work:
        assert work.papers.find("x1") == paper(samples)
        assert work.papers.find("x2") is None
        assert list(work.papers.of_holder("h1")) == [paper(samples)]
        assert list(work.papers.of_dossier("d1")) == [paper(samples)]
        assert tuple(work.papers.facts("x1")) == FACTS
        assert tuple(work.papers.facts("x2")) == ()


def test_a_paper_is_confirmed_once(filled: RecordStore, samples: Samples) -> None:
    with filled.transaction() as work, pytest.raises(RecordError, match="DUPLICATE"):
        work.papers.add(paper(samples, holder_id="h2"), ())


def test_the_first_revocation_stands(filled: RecordStore, samples: Samples) -> None:
    with filled.transaction() as work:
        work.papers.revoke("x1", samples.later(1))
        work.papers.revoke("x1", samples.later(2))
    with filled.transaction() as work:
        found = work.papers.find("x1")
        assert found is not None
        assert found.revoked_at == samples.later(1)
    with filled.transaction() as work, pytest.raises(RecordError, match="NOT_FOUND"):
        work.papers.revoke("x2", samples.now)


def test_a_paper_moves_to_another_person(filled: RecordStore, samples: Samples) -> None:
    with filled.transaction() as work:
        work.papers.move("x1", "h2")
    with filled.transaction() as work:
        assert work.papers.of_holder("h1") == ()
        assert list(work.papers.of_holder("h2")) == [paper(samples, holder_id="h2")]
    with filled.transaction() as work, pytest.raises(RecordError, match="NOT_FOUND"):
        work.papers.move("x2", "h2")


def test_two_people_with_one_paper_dispute_it_until_one_is_revoked(
    filled: RecordStore, samples: Samples
) -> None:
    with filled.transaction() as work:
        for paper_id, holder_id, claim in (
            ("a", "h1", "c1"),
            ("b", "h1", "c1"),
            ("c", "h1", "c2"),
            ("d", "h2", "c1"),
            ("e", "h2", None),
        ):
            work.papers.add(paper(samples, paper_id, holder_id, claim=claim), ())
    with filled.transaction() as work:
        assert work.papers.disputed("h1") == {"a", "b"}
        assert work.papers.disputed("h2") == {"d"}
        work.papers.revoke("d", samples.now)
        assert work.papers.disputed("h1") == frozenset()


def test_the_latest_decision_on_a_slot_counts(filled: RecordStore, samples: Samples) -> None:
    overruled = decision(
        samples,
        verdict=Verdict.OVERRULED,
        source=None,
        origin="",
        paper_id=None,
        type_id="",
        page_count=0,
        reason="ảnh mờ",
        at=samples.later(5),
    )
    with filled.transaction() as work:
        work.decisions.put(decision(samples))
        work.decisions.put(decision(samples, "quan_he", at=samples.later(2)))
        work.decisions.put(overruled)
    with filled.transaction() as work:
        second = decision(samples, "quan_he", at=samples.later(2))
        assert list(work.decisions.of_dossier("d1")) == [overruled, second]
        assert list(work.decisions.between(samples.now, samples.later(9))) == [second, overruled]
        assert list(work.decisions.between(samples.now, samples.later(5))) == [second]
        assert work.decisions.of_dossier("d2") == ()
        opened = work.dossiers.get("d1").opened_at
        after = opened + timedelta(microseconds=1)
        kept = {each.slot_key for each in (overruled, second) if each.is_saved}
        assert work.decisions.saved_in(opened, after) == {"d1": kept}
        assert not work.decisions.saved_in(after, samples.later(9))


def test_dossiers_of_a_period_come_oldest_first_without_the_end(
    records: RecordStore, samples: Samples
) -> None:
    with records.transaction() as work:
        for dossier_id, seconds in (("d1", 5), ("d2", 0), ("d3", 9)):
            work.dossiers.add(samples.dossier(dossier_id, opened_at=samples.later(seconds)))
    with records.transaction() as work:
        found = work.dossiers.opened_between(samples.now, samples.later(9))
        assert [each.dossier_id for each in found] == ["d2", "d1"]


def test_results_of_several_documents_are_found_at_once(filled: RecordStore, samples: Samples) -> None:
    def result(number: int, document_id: str | None) -> IssuedResult:
        return IssuedResult(
            code=f"H29.119-250701-0001-KQ({number})",
            dossier_id="d1",
            number=number,
            name="Giấy khai sinh",
            type_id="giay_khai_sinh",
            document_id=document_id,
            national_code="",
            issued_on=date(2025, 7, 1),
            valid_until=None,
            recorded_at=samples.now,
            recorded_by="B",
        )

    made = [result(1, "b"), result(2, None), result(3, "a"), result(4, "c")]
    with filled.transaction() as work:
        for each in made:
            work.results.add(each)
    with filled.transaction() as work:
        assert list(work.results.of_documents(["a", "b", "none"])) == [made[0], made[2]]
        assert list(work.results.of_documents([])) == []
