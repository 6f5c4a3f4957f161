"""What workers promise whoever rings them: nobody, Redis or RabbitMQ."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

import dramatiq
import pytest

from dossiers.errors import ConfigurationError, ResourceError
from dossiers.tasks import Priority
from tests.servers.redis_server import RedisServer
from tests.servers.shared import free_port
from tests.worker_bench.bench import Bench, Nursery, end, now, wait_until
from workers.brokers.choosing import Bell, look_at_broker, make_broker
from workers.messages import ACTOR, QUEUE

THREADS = 2


@pytest.mark.parametrize("where", ["embedded", "redis", "rabbitmq"])
def test_eight_pages_of_a_clerk_are_read_before_any_further_of_two_thousand_is_begun(
    request: pytest.FixtureRequest, where: str, bench_on: Callable[..., Bench], nursery: Nursery
) -> None:
    """On one machine alone, and behind each broker with the records in PostgreSQL."""
    servers = {}
    if where != "embedded":
        servers["records_url"] = request.getfixturevalue("records_url")
    url = request.getfixturevalue(f"{where}_server").url if servers else ""
    bench = bench_on(url, seconds=0.05, threads=THREADS, counter="quay", **servers)
    bench.receive("lo", "lo*2000")
    with bench.relay():
        pid = nursery.worker(bench)
        wait_until(lambda: len(bench.lines()) > 10)
        clerk = bench.receive("quay", "quay*8", priority=Priority.COUNTER)
        wait_until(lambda: _read(bench, clerk) == 8)
        begun = _begun(bench, "lo")
        wait_until(lambda: _begun(bench, "lo") > begun + THREADS)  # the batch goes on, of itself
        os.kill(pid, signal.SIGKILL)
    assert _begun(bench, "quay") == 8
    # What a thread had taken in the moment of the push may be among them; nothing is taken after it.
    assert len(_batch_before_results(bench)) <= THREADS


def test_a_worker_that_is_to_end_finishes_what_it_is_at_and_leaves_the_rest(
    broker_url: str, bench_on: Callable[..., Bench], nursery: Nursery
) -> None:
    bench = bench_on(broker_url, seconds=0.4, threads=THREADS)
    dossier_id = bench.receive("k", "trang*6")
    with bench.relay():
        pid = nursery.worker(bench)
        wait_until(lambda: len(bench.lines()) >= THREADS)
        end(pid)
    starts = [name for what, name, _, _ in bench.lines() if what == "start"]
    ends = [name for what, name, _, _ in bench.lines() if what == "end"]
    assert sorted(starts) == sorted(ends)
    assert _read(bench, dossier_id) == len(ends) < 6
    with bench.records.transaction() as work:
        assert sum(line.in_hand for line in work.queue.lines(now())) == 0


def test_a_worker_that_may_not_finish_gives_back_what_it_is_at(
    broker_url: str, bench_on: Callable[..., Bench], nursery: Nursery
) -> None:
    bench = bench_on(broker_url, seconds=30.0, drain_seconds=0.2)
    bench.receive("k", "trang")
    with bench.relay():
        pid = nursery.worker(bench)
        wait_until(lambda: len(bench.lines()) == 1)
        end(pid)
        with bench.records.transaction() as work:
            [task] = work.tasks.due(now(), limit=1)
            lease = work.tasks.lease(task.task_id, "me", now(), now())
    assert lease is not None
    assert (lease.starts, lease.interruptions) == (2, 1)


@pytest.mark.parametrize("server", ["redis_server", "rabbitmq_server"])
def test_forged_messages_change_nothing_and_go_to_the_dead_letters(
    request: pytest.FixtureRequest, server: str, bench_on: Callable[..., Bench], nursery: Nursery
) -> None:
    url = request.getfixturevalue(server).url
    bench = bench_on(url, seconds=0.0)
    broker = make_broker(url)
    bell = Bell(url, broker)
    for args in (("unknown id", 1), ("id", 999), ("id",), ({"a": "b"}, 1)):
        broker.enqueue(dramatiq.Message(queue_name=QUEUE, actor_name=ACTOR, args=args, kwargs={}, options={}))
    broker.enqueue(
        dramatiq.Message(queue_name=QUEUE, actor_name="os.system", args=("id",), kwargs={}, options={})
    )
    assert bell.waiting() == 5
    with bench.relay():
        pid = nursery.worker(bench)
        dossier_id = bench.receive("k", "trang")
        wait_until(lambda: bench.open_tasks() == 0)
        end(pid)
    bell.close()
    assert bench.losses_and_doubles([dossier_id]) == (0, 0)
    if server == "rabbitmq_server":
        rejected = make_broker(url)
        counts = rejected.channel.queue_declare(f"{QUEUE}.XQ", passive=True)
        assert counts.method.message_count == 4
        rejected.close()


def test_a_broker_that_is_away_is_told_in_our_words() -> None:
    for scheme in ("redis", "amqp"):
        url = f"{scheme}://127.0.0.1:{free_port()}"
        for ask in (lambda: look_at_broker(url), lambda: Bell(url, make_broker(url)).ring("t")):  # noqa: B023
            with pytest.raises(ResourceError) as told:
                ask()
            assert told.value.code == "QUEUE_UNAVAILABLE"
            assert told.value.retryable


def test_an_unknown_broker_is_a_wrong_setting() -> None:
    with pytest.raises(ConfigurationError):
        make_broker("kafka://mat-khau@host")


def test_a_redis_that_keeps_nothing_is_remarked(redis_server: RedisServer, tmp_path) -> None:
    assert look_at_broker(redis_server.url).warnings == ()
    forgetful = RedisServer(tmp_path, keeps=False)
    try:
        assert look_at_broker(forgetful.url).warnings == ("AOF_OFF",)
    finally:
        forgetful.stop()


def _begun(bench: Bench, name: str) -> int:
    return sum(what == "start" and page.startswith(f"{name}#") for what, page, _, _ in bench.lines())


def _batch_before_results(bench: Bench) -> list[str]:
    """Pages of the batch that were begun while a page of the clerk's had no result on record."""
    return [
        page
        for what, page, _, _ in bench.lines()
        if what.startswith("unread:") and page.startswith("lo#") and what != "unread:0"
    ]


def _read(bench: Bench, dossier_id: str) -> int:
    with bench.records.transaction() as work:
        pages = work.pages.of_dossier(dossier_id)
        return sum(work.pages.reading(page.page_id) is not None for page in pages)
