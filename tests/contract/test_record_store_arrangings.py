"""What every record store promises about pages that clerks arranged."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from dossiers.arranging_step import ArrangingKind, ArrangingStep, PlacedPage, SlotPin
from dossiers.errors import RecordError, StaleVersion
from dossiers.ports import RecordStore

if TYPE_CHECKING:
    from conftest import Samples

STEP = ArrangingStep(
    step_id="s1",
    dossier_id="d1",
    kind=ArrangingKind.MOVE,
    by="Trần Thị Cán Bộ",
    at=datetime(2026, 11, 28, 3, tzinfo=UTC),
    pages=(PlacedPage(page_id="p-d1-1", place=1.5, turned=90, named_type="cccd", opens_document=True),),
    pins=(SlotPin(key="to_khai", document_id=None, is_pinned=True),),
    subject="p-d1-1",
    other="p-d1-2",
)


def test_a_page_lies_where_a_clerk_put_it(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        samples.receive(work)
        page = work.pages.get("p-d1-3")
        work.pages.arrange(replace(page, place=1.5, turned=180, named_type="cccd", opens_document=True))
    with records.transaction() as work:
        assert [each.number for each in work.pages.of_dossier("d1")] == [1, 3, 2]
        moved = work.pages.get("p-d1-3")
        assert (moved.place, moved.turned, moved.named_type, moved.opens_document) == (1.5, 180, "cccd", True)
        with pytest.raises(StaleVersion):
            work.pages.arrange(page)


def test_steps_are_got_back_in_order_and_undone_once(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        samples.receive(work)
        work.arrangings.add(STEP)
        work.arrangings.add(replace(STEP, step_id="s2"))
        work.arrangings.mark_undone("s2", "B")
    with records.transaction() as work:
        assert work.arrangings.of_dossier("d1") == (STEP, replace(STEP, step_id="s2", undone_by="B"))
        assert work.arrangings.of_dossier("d2") == ()


def test_a_step_is_added_once_and_one_that_is_not_there_cannot_be_undone(
    records: RecordStore, samples: Samples
) -> None:
    with records.transaction() as work:
        samples.receive(work)
        work.arrangings.add(STEP)
    for act in (
        lambda work: work.arrangings.add(STEP),
        lambda work: work.arrangings.mark_undone("none", "B"),
    ):
        with pytest.raises(RecordError) as refusal, records.transaction() as work:
            act(work)
        assert refusal.value.code in ("DUPLICATE", "NOT_FOUND")
