"""F6-F9: brokers that forget or die, workers that die, doorbells that come twice, zombies that come back.

Real records, stores, filing, relay and workers; the reader only takes its time. Lease and doorbell times are
those of the product where nothing else is said.
"""

from __future__ import annotations

import math
import os
import random
import signal
import sqlite3
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from dramatiq import Worker
from dramatiq.brokers.stub import StubBroker

from dossiers.errors import StaleVersion
from tests.faults.trials import FaultLog, seeds_of, trials_of
from tests.servers.rabbitmq_server import RabbitmqServer
from tests.servers.redis_server import RedisServer
from tests.worker_bench.bench import Bench, Nursery, end, now, wait_until
from tests.worker_bench.reader import STUCK
from workers.actors import declare_actors
from workers.messages import SCHEMA

#: A page whose worker was killed must run elsewhere, and due work whose broker was wiped run again, within
#: so many seconds.
PAGE_SECONDS, WORK_SECONDS = 30.0, 60.0


def _in_hand(bench: Bench, pid: int) -> str | None:
    """The page that a process has begun and not ended."""
    begun: str | None = None
    for what, name, by, _ in bench.lines():
        if by == pid:
            begun = name if what == "start" else None
    return begun


def _starts(bench: Bench, page: str) -> int:
    return sum(what == "start" and name == page for what, name, _, _ in bench.lines())


def test_f7_a_page_of_a_killed_worker_runs_elsewhere(
    broker_url: str, bench_on: Callable[..., Bench], nursery: Nursery, fault_log: FaultLog
) -> None:
    bench = bench_on(broker_url, seconds=0.05)
    dossiers: list[str] = []
    took: list[float] = []
    with bench.relay(ring_again=10.0):
        workers = [nursery.worker(bench), nursery.worker(bench)]
        for trial in range(max(7, trials_of("F7") // 3)):
            page = f"{STUCK}{trial}#0"
            dossiers += [bench.receive(f"s{trial}", page[:-2]), bench.receive(f"k{trial}", f"trang{trial}*3")]
            wait_until(partial(_is_begun, bench, page))
            [pid] = [by for what, name, by, _ in bench.lines() if (what, name) == ("start", page)]
            os.kill(pid, signal.SIGKILL)
            killed = time.monotonic()
            wait_until(lambda: not Path(f"/proc/{pid}").exists())  # noqa: B023
            workers[workers.index(pid)] = nursery.worker(bench)
            wait_until(partial(_runs_again, bench, page), PAGE_SECONDS)
            took.append(_moment(bench, page) - killed)
            wait_until(lambda: bench.open_tasks() == 0)
        for pid in workers:
            end(pid)
    losses, doubles = bench.losses_and_doubles(dossiers)
    fault_log.note(
        "F7", f"worker killed mid-page, {_name(broker_url)}", trials=len(took), losses=losses,
        doubles=doubles, note=f"elsewhere after {_spread(took)}",
    )  # fmt: skip
    assert (losses, doubles) == (0, 0)


def test_f7_a_page_of_a_machine_that_fell_silent_runs_elsewhere(
    broker_url: str, bench_on: Callable[..., Bench], nursery: Nursery, fault_log: FaultLog
) -> None:
    bench = bench_on(broker_url, seconds=1.0, lease_seconds=2.0)
    dossier_id = bench.receive("k", "trang*2")
    with bench.relay():
        far = nursery.worker(bench, host="far-away", seconds=60.0)
        wait_until(lambda: _in_hand(bench, far) is not None)
        page = _in_hand(bench, far)
        assert page is not None
        near = nursery.worker(bench)
        wait_until(lambda: any(by == near for _, _, by, _ in bench.lines()))
        os.kill(far, signal.SIGKILL)
        wait_until(lambda: _starts(bench, page) == 2, PAGE_SECONDS)
        wait_until(lambda: bench.open_tasks() == 0)
        end(near)
    losses, doubles = bench.losses_and_doubles([dossier_id])
    fault_log.note(
        "F7", f"machine silent mid-page, {_name(broker_url)}", trials=1, losses=losses, doubles=doubles
    )
    assert (losses, doubles) == (0, 0)


def test_f6_a_broker_that_forgets_everything_loses_nothing(
    redis_server: RedisServer, bench_on: Callable[..., Bench], nursery: Nursery, fault_log: FaultLog
) -> None:
    bench = bench_on(redis_server.url, seconds=0.02, threads=2)
    seeds, patient = seeds_of("F6", 0.5), trials_of("F6", 0.1)
    dossiers: list[str] = []
    took: list[float] = []

    def flush(seed: int, least: int) -> None:
        dossiers.append(bench.receive(f"k{seed}", f"trang*{random.Random(seed).randrange(8, 24)}"))
        wait_until(lambda: len(bench.lines()) >= least)  # a moment drawn under load
        redis_server.flush()
        flushed = time.monotonic()
        wait_until(lambda: bench.open_tasks() == 0, WORK_SECONDS)
        took.append(time.monotonic() - flushed)

    pid = nursery.worker(bench)
    for again, part in ((10.0, seeds[:patient]), (1.0, seeds[patient:])):  # the product's, then a quick one
        with bench.relay(ring_again=again):
            for seed in part:
                flush(seed, len(bench.lines()) + random.Random(seed).randrange(0, 12))
    end(pid)
    losses, doubles = bench.losses_and_doubles(dossiers)
    fault_log.note(
        "F6", "FLUSHALL under load", trials=len(seeds), losses=losses, doubles=doubles,
        seeds=f"{seeds[0]}-{seeds[-1]}", note=f"all work done after {_spread(took)}",
    )  # fmt: skip
    assert (losses, doubles) == (0, 0)


def test_f6_a_redis_without_disk_that_is_killed_loses_nothing(
    tmp_path, bench_on: Callable[..., Bench], nursery: Nursery, fault_log: FaultLog
) -> None:
    (tmp_path / "redis").mkdir()
    server = RedisServer(tmp_path / "redis", keeps=False)
    bench = bench_on(server.url, seconds=0.02, threads=2)
    trials = max(1, trials_of("F6") // 4)
    dossiers = []
    try:
        with bench.relay():
            pid = nursery.worker(bench)
            for trial in range(trials):
                dossiers.append(bench.receive(f"k{trial}", "trang*8"))
                server.kill()
                server.start()
            wait_until(lambda: bench.open_tasks() == 0, WORK_SECONDS)
            end(pid)
    finally:
        server.stop()
    losses, doubles = bench.losses_and_doubles(dossiers)
    fault_log.note("F6", "Redis without AOF killed", trials=trials, losses=losses, doubles=doubles)
    assert (losses, doubles) == (0, 0)


def test_f6_a_rabbitmq_that_is_killed_loses_nothing(
    rabbitmq_server: RabbitmqServer, bench_on: Callable[..., Bench], nursery: Nursery, fault_log: FaultLog
) -> None:
    bench = bench_on(rabbitmq_server.url, seconds=0.02, threads=2)
    trials = max(1, trials_of("F6") // 20)
    dossiers = []
    with bench.relay():
        pid = nursery.worker(bench)
        for trial in range(trials):
            dossiers.append(bench.receive(f"k{trial}", "trang*20"))
            rabbitmq_server.kill()
            rabbitmq_server.start()
            wait_until(lambda: bench.open_tasks() == 0, WORK_SECONDS)
        end(pid)
    losses, doubles = bench.losses_and_doubles(dossiers)
    fault_log.note("F6", "RabbitMQ killed", trials=trials, losses=losses, doubles=doubles)
    assert (losses, doubles) == (0, 0)


@pytest.mark.parametrize("storm", ["embedded", "redis", "rabbitmq"])
def test_f6_a_storm_of_restarts_loses_nothing(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    storm: str,
    bench_on: Callable[..., Bench],
    nursery: Nursery,
    fault_log: FaultLog,
) -> None:
    trials = trials_of("F6", 0.1 if storm == "rabbitmq" else 0.2)
    if storm == "rabbitmq" and trials == 1:
        pytest.skip("its start takes 10 s, and it is killed once in the test before this one")
    broker = _stormy_broker(request, tmp_path, storm)
    bench = bench_on(broker.url if broker else "", seconds=0.02)
    dossiers = []
    with bench.relay():
        for trial in range(trials):
            workers = [nursery.worker(bench), nursery.worker(bench)]
            begun = len(bench.lines())
            dossiers.append(bench.receive(f"k{trial}", "trang*8"))
            wait_until(lambda: len(bench.lines()) > begun)  # noqa: B023
            for pid in workers:
                os.kill(pid, signal.SIGKILL)
            if broker is not None:
                broker.kill()
                broker.start()
        last = nursery.worker(bench)
        wait_until(lambda: bench.open_tasks() == 0, WORK_SECONDS)
        end(last)
    if storm == "redis" and broker is not None:
        broker.stop()
    losses, doubles = bench.losses_and_doubles(dossiers)
    fault_log.note(
        "F6", f"all workers and the broker restarted again and again, {_name(bench.options.broker_url)}",
        trials=trials, losses=losses, doubles=doubles,
    )  # fmt: skip
    assert (losses, doubles) == (0, 0)


def test_f8_doorbells_that_come_often_and_in_any_order_have_one_effect_each(
    bench_on: Callable[..., Bench], fault_log: FaultLog
) -> None:
    deliveries = trials_of("F8")
    bench = bench_on("", seconds=0.0, threads=4)
    dossiers = [bench.receive(f"k{number}", f"trang{number}*{deliveries // 100}") for number in range(10)]
    with bench.records.transaction() as work:
        task_ids = [task.task_id for task in work.tasks.due(now(), limit=deliveries)]
    rung = [task_id for task_id in task_ids for _ in range(deliveries // len(task_ids))]
    random.Random(8).shuffle(rung)
    broker = StubBroker(middleware=[])
    actor = declare_actors(broker, lambda task_id: bench.performer.answer(task_id) and None)
    for task_id in rung:
        actor.send(task_id, SCHEMA)
    worker = Worker(broker, worker_threads=4, worker_timeout=50)
    worker.start()
    broker.join("sohoa", timeout=max(300_000, deliveries * 30))  # milliseconds
    worker.stop()
    broker.close()
    starts = [name for what, name, _, _ in bench.lines() if what == "start"]
    losses, doubles = bench.losses_and_doubles(dossiers)
    doubles += len(starts) - len(set(starts))
    fault_log.note(
        "F8",
        "doubled, shuffled doorbells",
        trials=len(rung),
        losses=losses,
        doubles=doubles,
        seeds="8",
    )
    assert (losses, doubles) == (0, 0)
    assert len(rung) >= deliveries * 0.9


def test_f9_what_a_zombie_writes_is_refused(
    broker_url: str, bench_on: Callable[..., Bench], nursery: Nursery, fault_log: FaultLog
) -> None:
    zombies = max(4, trials_of("F9") // 3 + 1)
    bench = bench_on(broker_url, seconds=1.0, lease_seconds=2.0, threads=zombies)
    dossier_id = bench.receive("k", f"trang*{zombies}")
    with bench.relay():
        zombie = nursery.worker(bench, host="far-away")
        wait_until(lambda: sum(by == zombie for _, _, by, _ in bench.lines()) >= zombies)
        _freeze_between_writes(bench, zombie)
        held = [name for _, name, by, _ in bench.lines() if by == zombie]
        healthy = nursery.worker(bench, seconds=0.05)
        wait_until(lambda: all(_is_read(bench, dossier_id, name) for name in held), WORK_SECONDS)
        os.kill(zombie, signal.SIGCONT)
        wait_until(lambda: _said(bench, "was taken over by another worker") >= zombies)
        wait_until(lambda: bench.open_tasks() == 0)
        end(zombie)
        end(healthy)
    losses, doubles = bench.losses_and_doubles([dossier_id])
    fault_log.note(
        "F9",
        f"SIGSTOP past the lease, then SIGCONT, {_name(broker_url)}",
        trials=zombies,
        losses=losses,
        doubles=doubles,
    )
    assert (losses, doubles) == (0, 0)


def test_f9_a_write_under_an_old_fence_changes_nothing(bench_on: Callable[..., Bench]) -> None:
    bench = bench_on("", seconds=0.0)
    bench.receive("k", "trang")
    moment = now()
    with bench.records.transaction() as work:
        [task] = work.tasks.due(moment, limit=1)
        zombie = work.tasks.lease(task.task_id, "far-away", moment, moment)
    assert zombie is not None
    assert bench.performer.answer()
    with pytest.raises(StaleVersion), bench.records.transaction() as work:
        work.tasks.finish(zombie)


def _freeze_between_writes(bench: Bench, pid: int) -> None:
    """Stops a process while it has no write of SQLite open: with one, all others would wait for it."""
    while True:
        os.kill(pid, signal.SIGSTOP)
        connection = sqlite3.connect(bench.folder / "records.sqlite3", timeout=1.0, isolation_level=None)
        try:
            connection.execute("BEGIN IMMEDIATE")
            return
        except sqlite3.OperationalError:
            os.kill(pid, signal.SIGCONT)
        finally:
            connection.close()


def _stormy_broker(
    request: pytest.FixtureRequest, folder: Path, name: str
) -> RedisServer | RabbitmqServer | None:
    if name == "redis":  # without a disk: it forgets at every restart
        (folder / "redis").mkdir()
        return RedisServer(folder / "redis", keeps=False)
    if name == "rabbitmq":
        rabbitmq: RabbitmqServer = request.getfixturevalue("rabbitmq_server")
        return rabbitmq
    return None


def _spread(seconds: list[float]) -> str:
    """Median, 99th percentile and maximum, for people."""
    ordered = sorted(seconds)
    middle, most = (ordered[math.ceil(part * len(ordered)) - 1] for part in (0.5, 0.99))
    return f"{middle:.1f} s in the middle, {most:.1f} s (p99), {ordered[-1]:.1f} s at most ({len(ordered)})"


def _is_begun(bench: Bench, page: str) -> bool:
    return _starts(bench, page) > 0


def _runs_again(bench: Bench, page: str) -> bool:
    return _starts(bench, page) > 1


def _moment(bench: Bench, page: str) -> float:
    """When a page was begun the second time, by the clock that all processes of a machine share."""
    return [at for what, name, _, at in bench.lines() if (what, name) == ("start", page)][1]


def _is_read(bench: Bench, dossier_id: str, name: str) -> bool:
    index = int(name.partition("#")[2])
    with bench.records.transaction() as work:
        pages = {page.index: page.page_id for page in work.pages.of_dossier(dossier_id)}
        return work.pages.reading(pages[index]) is not None


def _said(bench: Bench, words: str) -> int:
    path = bench.folder / "child.log"
    return path.read_text().count(words) if path.exists() else 0


def _name(url: str) -> str:
    return {"": "embedded", "redis": "Redis", "amqp": "RabbitMQ"}[url.partition("://")[0]]
