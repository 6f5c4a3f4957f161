"""Codes of dossiers opened at once by many counters (domain item 6): no double, no gap."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dossiers.codes import DossierCode
from storage.records.sqlite_store import open_sqlite

PROCESSES = 20
OPENINGS_EACH = 50

#: Run in a child of its own, which has no threads yet and can fork counters that start together.
COUNTERS = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from dossiers.opening import Opening, open_dossier
from storage.records.sqlite_store import open_sqlite

path, processes, each = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
now = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)

class Cancelled(Exception):
    pass

def opening(key):
    return Opening(agency="H29.119", intake_key=key, procedure_code=None, citizen_number=None, title="x")

def count(counter):
    store = open_sqlite(path)
    for number in range(each):
        if number % 10 == 0:
            # A counter that breaks off in mid-transaction must not use up a number.
            try:
                with store.transaction() as work:
                    open_dossier(work, opening(f"cancelled-{counter}-{number}"), now)
                    raise Cancelled
            except Cancelled:
                pass
        with store.transaction() as work:
            open_dossier(work, opening(f"{counter}-{number}"), now)
    store.close()

reading, writing = os.pipe()
children = []
for counter in range(processes):
    child = os.fork()
    if child == 0:
        os.close(writing)
        os.read(reading, 1)
        count(counter)
        os._exit(0)
    children.append(child)
os.close(reading)
os.close(writing)
sys.exit(max(os.waitpid(child, 0)[1] for child in children) and 1)
"""


@pytest.mark.slow
def test_item_06_a_thousand_openings_at_twenty_counters_have_neither_double_nor_gap(tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite3"
    open_sqlite(path).close()
    command = [sys.executable, "-c", COUNTERS, str(path), str(PROCESSES), str(OPENINGS_EACH)]
    subprocess.run(command, check=True, timeout=300)

    store = open_sqlite(path)
    with store.transaction() as work:
        codes = [
            found.code
            for counter in range(PROCESSES)
            for number in range(OPENINGS_EACH)
            if (found := work.dossiers.by_intake_key(f"{counter}-{number}")) is not None
        ]
        next_number = work.dossiers.next_number("H29.119", "261125")
    store.close()
    numbers = sorted(DossierCode.parse(each).sequence for each in codes)
    assert numbers == list(range(1, PROCESSES * OPENINGS_EACH + 1))
    assert next_number == PROCESSES * OPENINGS_EACH + 1
