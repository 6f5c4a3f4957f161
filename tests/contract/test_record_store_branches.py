"""What every record store promises about the dossiers of one branch among many."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dossiers.case import Case, Channel, Parties, Party, Places
from dossiers.dossier import DigitizationState
from dossiers.page import PageState
from dossiers.ports import RecordStore

if TYPE_CHECKING:
    from conftest import Samples


@pytest.fixture
def branches(records: RecordStore, samples: Samples) -> RecordStore:
    """d1 of H29.1, d2 of H29.10, d3 of H29.1.2; d4 of H26, which H29.1 decides; d5 of H29.1 is complete."""
    heads = ("H29.1", "H29.10", "H29.1.2", "H26", "H29.1")
    with records.transaction() as work:
        for number, head in enumerate(heads, start=1):
            code, at = f"{head}-250701-000{number}", samples.later(number)
            samples.receive(work, f"d{number}", pages=1, code=code, opened_at=at)
        parties = Parties(owner=Party(name="Nguyễn Thị Hoà"))
        places = Places(receiving_point="H26", competent_agency="H29.1")
        case = Case(
            dossier_id="d4",
            variant="",
            channel=Channel.DIRECT,
            places=places,
            parties=parties,
            state="received",
        )
        work.cases.add(case)
        work.dossiers.save(replace(work.dossiers.get("d5"), state=DigitizationState.COMPLETE))
    return records


def test_dossiers_opened_are_those_whose_code_a_branch_heads(branches: RecordStore, samples: Samples) -> None:
    with branches.transaction() as work:
        opened = work.dossiers.opened_between(samples.now, samples.later(9), "H29.1")
        early = work.dossiers.opened_between(samples.now, samples.later(5), "H29.1")
    assert [each.dossier_id for each in opened] == ["d1", "d5"]
    assert [each.dossier_id for each in early] == ["d1"]


def test_unfinished_dossiers_are_those_of_an_agency_and_below_newest_first(
    branches: RecordStore, samples: Samples
) -> None:
    with branches.transaction() as work:
        unfinished = work.dossiers.unfinished
        found = [
            [each.dossier_id for each in unfinished(*asked)]
            for asked in (
                (samples.now, 9, ("H29.1",)),
                (samples.now, 2, ("H29.1", "H29.10")),
                (samples.later(3), 9),
                (samples.now, 9, ("H30",)),
            )
        ]
    assert found == [["d4", "d3", "d1"], ["d4", "d3"], ["d4", "d3"], []]


def test_an_agency_that_no_longer_decides_has_the_dossier_no_more(
    branches: RecordStore, samples: Samples
) -> None:
    with branches.transaction() as work:
        case = work.cases.find("d4")
        assert case is not None
        work.cases.save(replace(case, places=Places(receiving_point="H26", competent_agency="H26")))
        assert not work.dossiers.unfinished(samples.later(4), 9, ("H29.1",))
        assert [each.dossier_id for each in work.dossiers.unfinished(samples.later(4), 9, ("H26",))] == ["d4"]


def test_pages_in_a_state_are_those_of_an_agency_and_below(branches: RecordStore) -> None:
    with branches.transaction() as work:
        every = work.pages.in_state(PageState.RECEIVED, 9)
        own = work.pages.in_state(PageState.RECEIVED, 9, ("H29.1",))
        first = work.pages.in_state(PageState.RECEIVED, 1, ("H29.10",))
    assert [each.dossier_id for each in every] == ["d5", "d4", "d3", "d2", "d1"]
    assert [each.dossier_id for each in own] == ["d5", "d4", "d3", "d1"]
    assert [each.dossier_id for each in first] == ["d2"]


def test_several_dossiers_come_at_once(branches: RecordStore) -> None:
    with branches.transaction() as work:
        found = work.dossiers.several(["d3", "nothing", "d1"])
        assert found == {each: work.dossiers.get(each) for each in ("d1", "d3")}
        assert not work.dossiers.several([])
        assert not work.results.of_dossiers(["d1", "d2"])
