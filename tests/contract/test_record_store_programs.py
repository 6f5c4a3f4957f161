"""What every record store promises about batches, addresses of programs and the calls that they are due."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from dossiers.accounts import Account
from dossiers.batches import Batch, BatchProgress, BatchState
from dossiers.errors import RecordError
from dossiers.events import Event, EventKind
from dossiers.page import PageState
from dossiers.permissions import Role
from dossiers.ports import RecordStore, UnitOfWork
from dossiers.webhooks import Delivery, DeliveryState, Webhook

if TYPE_CHECKING:
    from conftest import Samples


def _batch(samples: Samples, batch_id: str = "b1", age: float = 0) -> Batch:
    return Batch(batch_id=batch_id, branch="H29.119", name="Hộp 12", made_at=samples.later(-age))


def test_a_batch_counts_the_pages_of_its_dossiers(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        for dossier_id in ("d1", "d2", "d3"):
            samples.receive(work, dossier_id)
        for batch_id, age in (("b1", 10), ("b2", 0), ("b3", 999)):
            work.batches.add(_batch(samples, batch_id, age))
        work.batches.add(replace(_batch(samples), name="again"))
        work.batches.join("b1", "d1")
        work.batches.join("b1", "d2")
        work.batches.join("b2", "d2")  # it is in a batch already
        work.pages.save(work.pages.get("p-d1-1").moved(PageState.QUARANTINED))
        work.pages.save(work.pages.get("p-d2-2").moved(PageState.SET_ASIDE))
    with records.transaction() as work:
        assert work.batches.progress("b1") == BatchProgress(
            batch=_batch(samples, age=10),
            dossiers=2,
            pages={PageState.RECEIVED: 4, PageState.QUARANTINED: 1},
        )
        assert work.batches.dossiers("b1") == ("d1", "d2")
        assert work.batches.progress("b2").state is BatchState.DONE
        assert [each.batch_id for each in work.batches.recent(samples.later(-60), 9)] == ["b2", "b1"]
        work.batches.save(replace(_batch(samples, "b3", 999), paused_at=samples.now, paused_by="hoa"))
        assert [each.batch_id for each in work.batches.recent(samples.later(-60), 9)] == ["b2", "b1", "b3"]
        assert work.batches.get("b3").paused_by == "hoa"
        with pytest.raises(RecordError, match="NOT_FOUND"):
            work.batches.get("b9")


def test_a_paused_batch_begins_nothing_and_spoils_no_turns(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        work.batches.add(_batch(samples))
        for dossier_id in ("d1", "d2", "d3"):
            samples.receive(work, dossier_id)
        work.batches.join("b1", "d1")
        for number in range(3):
            work.tasks.add(samples.task(f"b{number}", dossier_id="d1", branch="H29"))
        work.tasks.add(samples.task("other", dossier_id="d2", branch="H29"))
        work.batches.save(replace(_batch(samples), paused_at=samples.now, paused_by="hoa"))
        assert _due(work, samples) == ["other"]
        work.tasks.add(samples.task("late", dossier_id="d2", branch="H29"))
        work.tasks.add(samples.task("far", dossier_id="d3", branch="H30"))
        assert _due(work, samples) == ["other", "far", "late"]
    with records.transaction() as work:
        work.batches.save(_batch(samples))
        assert set(_due(work, samples)) == {"b0", "b1", "b2", "other", "late", "far"}


def _due(work: UnitOfWork, samples: Samples) -> list[str]:
    return [each.task_id for each in work.tasks.due(samples.now, limit=9)]


def _webhook(samples: Samples, webhook_id: str = "w1", *kinds: EventKind) -> Webhook:
    return Webhook(
        webhook_id=webhook_id,
        account_id="a1",
        url="https://example.vn/nghe",
        kinds=frozenset(kinds or {EventKind.DOSSIER_FILED}),
        label="Cổng",
        made_at=samples.now,
    )


def _happened(work: UnitOfWork, samples: Samples, kind: EventKind, dossier_id: str, age: float = 0) -> None:
    at = samples.later(-age)
    work.events.append(Event(kind=kind, dossier_id=dossier_id, subject_id="s", at=at, detail="x"))


@pytest.fixture
def called(records: RecordStore, samples: Samples) -> RecordStore:
    """Two addresses; two facts for the first one, one for the second, one that is told to nobody."""
    with records.transaction() as work:
        work.accounts.add(
            Account(
                account_id="a1",
                name="hoa",
                shown_name="Hoà",
                role=Role.CLERK,
                branch="H29",
                created_at=samples.now,
            ),
            "hash",
        )
        work.webhooks.add(_webhook(samples))
        work.webhooks.add(_webhook(samples, "w2", EventKind.DOSSIER_FILED, EventKind.CASE_MOVED))
        _happened(work, samples, EventKind.PAGE_READ, "d0")
        _happened(work, samples, EventKind.DOSSIER_FILED, "d1", 60)
        _happened(work, samples, EventKind.CASE_MOVED, "d2", 50)
        _happened(work, samples, EventKind.DOSSIER_FILED, "d3", 40)
    return records


def test_a_fact_is_told_to_every_address_that_asked_for_it_in_order(
    called: RecordStore, samples: Samples
) -> None:
    with called.transaction() as work:
        assert [each.dossier_id for each in work.webhooks.deliveries("w1", 9)] == ["d3", "d1"]
        assert [each.dossier_id for each in work.webhooks.deliveries("w2", 2)] == ["d3", "d2"]
        taken = work.webhooks.take(samples.now, samples.later(60), 9)
        assert {(each.webhook_id, each.dossier_id, each.tries) for each in taken} == {
            ("w1", "d1", 1),
            ("w2", "d1", 1),
        }
        # The first one of an address holds the later ones back, whoever looks.
        assert work.webhooks.take(samples.later(59), samples.later(90), 9) == ()
        work.webhooks.settle(replace(taken[0], state=DeliveryState.DONE, outcome="204"))
        (after,) = work.webhooks.take(samples.later(59), samples.later(120), 9)
        assert after.dossier_id == ("d3" if taken[0].webhook_id == "w1" else "d2")
        assert len(work.webhooks.take(samples.later(61), samples.later(120), 9)) == 1


def test_a_try_that_another_took_over_settles_nothing(called: RecordStore, samples: Samples) -> None:
    with called.transaction() as work:
        late = _first(work, samples, 0)
        again = _first(work, samples, 70)
        work.webhooks.settle(replace(late, state=DeliveryState.FAILED, outcome="500"))
        assert work.webhooks.find("w1", late.delivery_id) == again
        assert again.tries == 2
        work.webhooks.settle(replace(again, state=DeliveryState.FAILED, outcome="500"))
        assert work.webhooks.find("w1", late.delivery_id) != again
        assert work.webhooks.find("w2", late.delivery_id) is None or late.delivery_id.endswith("w1")
        assert work.webhooks.find("w1", "x") is None


def _first(work: UnitOfWork, samples: Samples, seconds: float) -> Delivery:
    taken = work.webhooks.take(samples.later(seconds), samples.later(seconds + 60), 9)
    return next(each for each in taken if each.webhook_id == "w1")


def test_addresses_go_with_their_calls_and_ended_calls_are_forgotten(
    called: RecordStore, samples: Samples
) -> None:
    with called.transaction() as work:
        assert [each.webhook_id for each in work.webhooks.of_account("a1")] == ["w1", "w2"]
        assert work.webhooks.get("w2") == _webhook(
            samples, "w2", EventKind.DOSSIER_FILED, EventKind.CASE_MOVED
        )
        first = _first(work, samples, 0)
        work.webhooks.settle(replace(first, state=DeliveryState.DONE, outcome="200"))
        assert work.webhooks.sweep(first.event_at) == 0
        assert work.webhooks.sweep(first.event_at + timedelta(seconds=1)) == 1
        work.webhooks.remove("w2")
        work.webhooks.remove("w2")
        assert work.webhooks.deliveries("w2", 9) == ()
        assert [each.dossier_id for each in work.webhooks.deliveries("w1", 9)] == ["d3"]
        with pytest.raises(RecordError, match="NOT_FOUND"):
            work.webhooks.get("w2")
        with pytest.raises(RecordError, match="NOT_FOUND"):
            work.webhooks.add(replace(_webhook(samples, "w4"), account_id="nobody"))
