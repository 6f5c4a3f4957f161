"""F2: SIGKILL of the web desk in the middle of files, uploads, scans and confirmations.

What was answered is there once after the next start; what was not is asked for again and is the same. Pages
that left the feeder of a desk that died are handed on by the next one; its scan then waits until the clerk
says that there are no more papers.
"""

from __future__ import annotations

import random
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from dossiers.document import DocumentState
from scanners.spool import Spool
from sohoa.scanning import SPOOL_FOLDER
from storage.objects.filesystem import FilesystemObjectStore
from storage.records.sqlite_store import open_sqlite
from tests.faults.desk_clerk import Clerk, Folder
from tests.faults.desk_process import Desk, set_up
from tests.faults.oracle import check_received
from tests.faults.papers import code_of, code_of_number
from tests.faults.trials import first_seed, trials_of
from tests.faults.verdict import Verdict

#: Its part of the kills.
SHARE = 0.064


@pytest.mark.slow
def test_killed_while_clerks_and_programs_are_at_work_it_keeps_what_it_told(tmp_path, fault_log):
    started, seed = time.monotonic(), first_seed()
    dice, kills = random.Random(seed), trials_of("F2", SHARE)
    desk = Desk(tmp_path / "data")
    clerk = Clerk(desk.data_dir, desk.port, set_up(desk.data_dir), dice)
    try:
        with ThreadPoolExecutor(1) as thread:
            for _ in range(kills):
                _one_kill(desk, clerk, thread, dice)
        desk.start()
        desk.wait_until_open()
        clerk.work(3)
        _wait(lambda: clerk.ended_scans() and _is_at_rest(desk.data_dir, clerk))
        assert desk.end(signal.SIGTERM) == 0
    finally:
        desk.end(signal.SIGKILL)
        clerk.close()
    verdict = _judged(desk.data_dir, clerk)
    fault_log.note(
        "F2",
        "sohoa desk killed at random",
        trials=kills,
        losses=len(verdict.losses),
        doubles=len(verdict.doubles),
        seeds=str(seed),
        seconds=time.monotonic() - started,
        note=f"{sum(len(each.told) + len(each.scanned) for each in clerk.folders)} pages",
    )
    assert clerk.folders
    assert verdict, (verdict.losses + verdict.doubles)[:5]


def _one_kill(desk: Desk, clerk: Clerk, thread: ThreadPoolExecutor, dice: random.Random) -> None:
    desk.start()
    if dice.random() < 0.1:  # some are killed while they still begin
        time.sleep(dice.uniform(0, 0.5))  # the moment of the kill is what is drawn
        assert desk.end(signal.SIGKILL) == -signal.SIGKILL
        return
    desk.wait_until_open()
    wanted = dice.randrange(1, 24)
    shift = thread.submit(clerk.work, 100)
    with clerk.answered:
        clerk.answered.wait_for(lambda: clerk.answers >= wanted or shift.done(), 60)
    time.sleep(dice.uniform(0, 0.03))
    assert desk.end(signal.SIGKILL) == -signal.SIGKILL
    shift.result(60)
    _note_arrived(desk, clerk)
    _let_time_pass(desk)


def _wait(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.05)


def _note_arrived(desk: Desk, clerk: Clerk) -> None:
    """Pages that the spool of the dead desk keeps must arrive."""
    spool = Spool(desk.data_dir / SPOOL_FOLDER)
    for session_id in spool.session_ids():
        with spool.open(session_id) as spooled:
            [folder] = [each for each in clerk.folders if each.code == spooled.session.dossier_code]
            folder.arrived = max(folder.arrived, len(spooled.pages()))


def _let_time_pass(desk: Desk) -> None:
    """Keys of requests that were cut off are free again after a while."""
    with closing(sqlite3.connect(desk.data_dir / "records.sqlite3")) as connection, connection:
        connection.execute("UPDATE kept_answers SET at = at - 1000000 * 600 WHERE status = 0")


def _is_at_rest(data_dir: Path, clerk: Clerk) -> bool:
    """Whether nothing is in the spool and no work is left."""
    if Spool(data_dir / SPOOL_FOLDER).session_ids():
        return False
    records = open_sqlite(data_dir / "records.sqlite3")
    with closing(records), records.transaction() as work:
        ids = [work.dossiers.by_code(each.code).dossier_id for each in clerk.folders]
        return not any(work.tasks.open_count(each) for each in ids)


def _judged(data_dir: Path, clerk: Clerk) -> Verdict:
    verdict = Verdict()
    records = open_sqlite(data_dir / "records.sqlite3")
    office = SimpleNamespace(records=records, originals=FilesystemObjectStore(data_dir / "originals"))
    with closing(records):
        for folder in clerk.folders:
            verdict += _judged_folder(office, folder)
        with records.transaction() as work:
            documents = [work.documents.get(each) for each in sorted(clerk.confirmed)]
        open_ones = [each for each in documents if each.state is not DocumentState.CONFIRMED]
        verdict.losses += [f"document {each.document_id} is {each.state}" for each in open_ones]
    kept = Spool(data_dir / SPOOL_FOLDER).session_ids()
    verdict.losses += [f"session {each} is still in the spool" for each in kept]
    return verdict


def _judged_folder(office: SimpleNamespace, folder: Folder) -> Verdict:
    with office.records.transaction() as work:
        dossier_id = work.dossiers.by_code(folder.code).dossier_id
        pages = list(work.pages.of_dossier(dossier_id))
        placed = Counter(page for each in work.documents.of_dossier(dossier_id) for page in each.page_ids)
        open_tasks = work.tasks.open_count(dossier_id)
    verdict = check_received(office, dossier_id, folder.told)
    verdict += check_received(office, dossier_id, folder.scanned[: folder.arrived])
    codes = [code_of(office.originals.get(page.original_key)) for page in pages]
    scanned = [code_of_number(each) for each in folder.scanned]
    arrived = [each for each in codes if each in scanned]
    if arrived != scanned[: len(arrived)]:
        verdict.losses.append(f"of the scan {scanned} there is {arrived}")
    if open_tasks:
        verdict.losses.append(f"{open_tasks} tasks are open")
    verdict.losses += [f"page {each.number} is {each.state}" for each in pages if placed[each.page_id] != 1]
    return verdict
