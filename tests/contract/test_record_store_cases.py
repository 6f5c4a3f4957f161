"""What every record store promises about cases, their steps and their supplement requests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from dossiers.case import (
    Case,
    CaseClock,
    CaseStep,
    Channel,
    IdentifierKind,
    Parties,
    Party,
    Places,
    SupplementRequest,
)
from dossiers.errors import RecordError, StaleVersion
from dossiers.ports import RecordStore
from dossiers.search import Query

if TYPE_CHECKING:
    from conftest import Samples


def case(dossier_id: str = "d1", **changes: object) -> Case:
    values: dict[str, object] = {
        "dossier_id": dossier_id,
        "variant": "",
        "channel": Channel.DIRECT,
        "places": Places(receiving_point="H29.119", competent_agency="H29.120", support_point="H29.121"),
        "parties": Parties(
            owner=Party(name="Nguyễn Thị Hoà", identifier="003190000001", address="Tổ 3"),
            bearer=Party(name="Trần Văn Bê", kind=IdentifierKind.PASSPORT, identifier="C1234567", phone="09"),
            authorisation="Giấy ủy quyền số 5",
        ),
        "state": "received",
    }
    return Case(**{**values, **changes})  # type: ignore[arg-type]


@pytest.fixture
def opened(records: RecordStore, samples: Samples) -> RecordStore:
    with records.transaction() as work:
        work.dossiers.add(samples.dossier("d1"))
        work.cases.add(case("d1"))
    return records


def test_a_case_comes_back_as_it_was_added(opened: RecordStore) -> None:
    with opened.transaction() as work:
        assert work.cases.find("d1") == case("d1")
        assert work.cases.find("d2") is None


def test_item_08_a_dossier_is_found_by_the_agencies_that_took_it_in_decide_and_support(
    opened: RecordStore,
) -> None:
    with opened.transaction() as work:
        for agency, found in (("H29.119", ["d1"]), ("H29.120", ["d1"]), ("H29.121", ["d1"]), ("H29.12", [])):
            hits = work.search.find(Query(agency_codes=(agency,)))
            assert [hit.dossier_id for hit in hits] == found, agency


def test_a_dossier_has_one_case(opened: RecordStore) -> None:
    with pytest.raises(RecordError, match="DUPLICATE"), opened.transaction() as work:
        work.cases.add(case("d1"))
    with pytest.raises(RecordError, match="NOT_FOUND"), opened.transaction() as work:
        work.cases.add(case("nowhere"))


def test_a_saved_case_keeps_how_and_where_it_came_in(opened: RecordStore, samples: Samples) -> None:
    clock = CaseClock(
        received_at=samples.now, counts_from=date(2025, 7, 1), due_at=samples.later(60), stopped_at=None
    )
    changed = case(
        channel=Channel.POST,
        places=Places(receiving_point="G01", competent_agency="H29.7"),
        state="processing",
        clock=clock,
        supplement_requests=1,
        reappointments=1,
        ended_at=samples.later(90),
    )
    with opened.transaction() as work:
        work.cases.save(changed)
    with opened.transaction() as work:
        found = work.cases.find("d1")
    expected = replace(
        changed,
        channel=Channel.DIRECT,
        places=Places(receiving_point="H29.119", competent_agency="H29.7"),
        version=1,
    )
    assert found == expected


def test_a_stale_case_is_not_saved(opened: RecordStore) -> None:
    with opened.transaction() as work:
        work.cases.save(case(state="processing"))
    with pytest.raises(StaleVersion), opened.transaction() as work:
        work.cases.save(case(state="stopped"))
    with pytest.raises(RecordError, match="NOT_FOUND"), opened.transaction() as work:
        work.cases.save(case("d2"))


def test_steps_stay_in_order(opened: RecordStore, samples: Samples) -> None:
    steps = [
        CaseStep(
            dossier_id="d1",
            action=action,
            from_state="registered",
            to_state="received",
            at=samples.now,
            by="quầy 3",
            reason="Đủ giấy tờ",
            due_at=samples.later(5) if action == "accept" else None,
        )
        for action in ("accept", "process", "accept")
    ]
    with opened.transaction() as work:
        for each in steps:
            work.cases.add_step(each)
    with opened.transaction() as work:
        assert list(work.cases.steps("d1")) == steps
        assert list(work.cases.steps("d2")) == []
        with pytest.raises(RecordError, match="NOT_FOUND"):
            work.cases.add_step(replace(steps[0], dossier_id="d2"))


def test_a_supplement_request_is_kept_by_its_number(opened: RecordStore, samples: Samples) -> None:
    asked = SupplementRequest(
        dossier_id="d1",
        number=1,
        items=("Giấy chứng sinh (bản chính)",),
        reason="Thiếu",
        requested_at=samples.now,
    )
    answered = replace(asked, received_at=samples.later(30))
    with opened.transaction() as work:
        work.cases.put_supplement(asked)
        work.cases.put_supplement(answered)
        work.cases.put_supplement(replace(asked, number=2))
    with opened.transaction() as work:
        assert list(work.cases.supplements("d1")) == [answered, replace(asked, number=2)]
        with pytest.raises(RecordError, match="NOT_FOUND"):
            work.cases.put_supplement(replace(asked, dossier_id="d2"))


def test_the_register_lists_the_cases_of_one_point_in_the_order_of_opening(
    records: RecordStore, samples: Samples
) -> None:
    elsewhere = Places(receiving_point="H29.9", competent_agency="H29.119")
    with records.transaction() as work:
        for place, dossier_id in enumerate(("d3", "d1", "d2", "d4")):
            work.dossiers.add(samples.dossier(dossier_id, opened_at=samples.now + timedelta(hours=place)))
        work.cases.add(case("d1"))
        work.cases.add(case("d3"))
        work.cases.add(case("d4"))
        work.cases.add(case("d2", places=elsewhere))
    with records.transaction() as work:
        end = samples.now + timedelta(hours=3)
        found = work.cases.opened_between(samples.now, end, "H29.119")
        places = {each: work.cases.place_since(samples.now, each) for each in ("d3", "d1", "d2", "d4", "d9")}
        later = work.cases.place_since(samples.now + timedelta(minutes=30), "d1")
        before = work.cases.place_since(samples.now + timedelta(minutes=30), "d3")
    assert [each.dossier_id for each in found] == ["d3", "d1"]
    assert places == {"d3": 1, "d1": 2, "d2": 1, "d4": 3, "d9": 0}
    assert (later, before) == (1, 0)
