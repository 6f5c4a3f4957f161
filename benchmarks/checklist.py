"""How long a checklist takes when a million people have ten million papers on file.

    python -m benchmarks.checklist [--people N] [--papers N] [--slots N] [--runs N] [--folder DIR]

Every person of the records has some papers; the person asked for has 40, the procedure 30 slots. The time is
that of the use case on the real records in SQLite, from the number to the answer for every slot. Beside it
stands the same look-up without an index on the person, which is what a plain table costs. Target: 50 ms.
The records are made in a folder of their own, which is removed afterwards.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from dossiers.catalogue import Catalogue
from dossiers.catalogue_file import parse_catalogue
from dossiers.citizens import HolderNumber
from dossiers.confirmed import ConfirmedPaper
from dossiers.consent import Purpose
from dossiers.document_types import BLANK, DOCUMENT_TYPES, UNKNOWN
from dossiers.dossier import Dossier
from dossiers.holder_lookup import find_or_add
from dossiers.reading import CopyKind
from dossiers.reuse_desk import ReuseDesk
from dossiers.reuse_file import load_book
from dossiers.testing import FixedClock, MemoryRegister
from dossiers.vault import Vault
from storage.keys.number_index import open_number_index
from storage.records.sqlite_store import SqliteRecordStore, open_sqlite

#: Target for one checklist, milliseconds.
TARGET_MS = 50.0
#: Papers of the person asked for.
OWN_PAPERS = 40
ASKED = HolderNumber.parse("003195500150")
NOW = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
_TYPES = [each for each in DOCUMENT_TYPES if each not in (BLANK, UNKNOWN)]
_INSERT_NUMBER = (
    "INSERT INTO holder_numbers (entry, holder_id, kind, tail, since) VALUES (?, ?, 'dinh_danh', ?, 0)"
)
_INSERT_PAPER = (
    "INSERT INTO confirmed_papers (paper_id, holder_id, dossier_id, dossier_code, procedure_code, type_id,"
    " page_count, copy_kind, issued_on, is_unlimited, subject, purpose, confirmed_by, confirmed_at)"
    " VALUES (?, ?, 'd', 'H29.119-250101-0001', '1.001193', ?, 2, 'original', '2025-01-01', 0, ?, '', 'B', 0)"
)


def main() -> None:
    """Makes the records, measures, prints, removes them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--papers", type=int, default=200_000)
    parser.add_argument("--slots", type=int, default=30)
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--folder", type=Path)
    wish = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="sohoa-checklist-", dir=wish.folder))
    try:
        measure(folder, wish.people, wish.papers, wish.slots, wish.runs)
    finally:
        shutil.rmtree(folder)


def measure(folder: Path, people: int, papers: int, slots: int, runs: int) -> None:
    """Measures in a folder that has room for about 600 bytes a paper."""
    path = folder / "records.sqlite3"
    started = time.perf_counter()
    open_sqlite(path).close()
    fill(path, people, papers)
    print(f"records: {people:,} people, {papers:,} papers, {path.stat().st_size / 1e9:.2f} GB,"
          f" made in {time.perf_counter() - started:.0f} s")  # fmt: skip
    records = open_sqlite(path)
    desk = make_desk(records, folder, slots)
    times = [ask(desk) for _ in range(runs + 1)]
    records.close()
    first, rest = times[0][0], times[1:]
    walls = sorted(wall for wall, _ in rest)
    median, slowest = statistics.median(walls), walls[int(0.95 * (len(walls) - 1))]
    processor = statistics.median(cpu for _, cpu in rest)
    print(f"checklist: {slots} slots, {OWN_PAPERS} papers of the person, {runs} runs")
    print(
        f"  first (cold) {first:.1f} ms, median {median:.1f} ms, 95 % under {slowest:.1f} ms,"
        f" target {TARGET_MS:.0f} ms: {'reached' if slowest < TARGET_MS else 'MISSED'}"
    )
    print(f"  of which processor {processor:.1f} ms (median); load of the machine {os.getloadavg()[0]:.1f}")
    print(f"  the same papers found without an index: {scan(path):.0f} ms")
    print(f"machine: {platform.machine()}, {processor_name()}, {os.cpu_count()} cores")
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}")


def fill(path: Path, people: int, papers: int) -> None:
    """Fills numbers and papers by plain SQL, without waiting for the disk: it is thrown away."""
    each = max(1, papers // people)
    connection = sqlite3.connect(path)
    connection.executescript(
        "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; PRAGMA cache_size = -400000"
    )
    connection.execute(
        "INSERT INTO dossiers (dossier_id, code, intake_key, title, opened_at, state, version)"
        " VALUES ('d', 'H29.119-250101-0001', 'k', '', 0, 'complete', 0)"
    )
    with connection:
        connection.executemany(
            _INSERT_NUMBER, ((f"{p:064x}", f"{p:020x}", f"{p % 1000:03}") for p in range(people))
        )
        connection.executemany(_INSERT_PAPER, _papers(people, each))
    connection.close()


def _papers(people: int, each: int) -> Iterator[tuple[object, ...]]:
    kinds = len(_TYPES)
    for person in range(people):
        holder, entry = f"{person:020x}", f"{person:064x}"
        for at in range(each):
            yield f"{person:012x}{at:08x}", holder, _TYPES[(person + at) % kinds], entry


def make_desk(records: SqliteRecordStore, folder: Path, slots: int) -> ReuseDesk:
    """The use case, the person asked for, and a procedure of so many slots."""
    index = open_number_index(folder / "number-index.key")
    clock = FixedClock(NOW)
    Vault(records=records, index=index, clock=clock).consent(ASKED, [Purpose.KEEP, Purpose.REUSE], "B")
    with records.transaction() as work:
        holder = find_or_add(work, ASKED, index, clock).holder_id
        for at in range(OWN_PAPERS):
            work.papers.add(_own_paper(at, holder, index.of(ASKED)), ())
    catalogue = Catalogue(parse_catalogue(_procedure(slots)))
    return ReuseDesk(
        records=records,
        index=index,
        catalogue=catalogue,
        book=load_book(),
        register=MemoryRegister(),
        connected=frozenset(),
        checklist=_no_checklist,
        clock=clock,
    )


def ask(desk: ReuseDesk) -> tuple[float, float]:
    """Milliseconds of one checklist: on the clock, and of the processor."""
    started, used = time.perf_counter(), time.process_time()
    answer = desk.explain(ASKED, "1.999999", "H29.119", "B", is_asking=False)
    spent = 1000 * (time.perf_counter() - started), 1000 * (time.process_time() - used)
    assert len(answer.granted) > len(answer.slots) // 3
    return spent


def scan(path: Path) -> float:
    """Milliseconds of finding one person's papers in the table without its indexes."""
    connection = sqlite3.connect(path)
    started = time.perf_counter()
    statement = "SELECT count(*) FROM confirmed_papers NOT INDEXED WHERE holder_id = ?"
    connection.execute(statement, ("0",)).fetchone()
    spent = 1000 * (time.perf_counter() - started)
    connection.close()
    return spent


def processor_name() -> str:
    """Name of the processor, where Linux tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return "unknown processor"
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown"
    )


def _own_paper(at: int, holder: str, entry: str) -> ConfirmedPaper:
    return ConfirmedPaper(
        paper_id=f"own{at:017}",
        holder_id=holder,
        dossier_id="d",
        dossier_code="H29.119-250101-0001",
        procedure_code="1.001193",
        type_id=_TYPES[at % len(_TYPES)],
        page_count=2,
        copy_kind=CopyKind.ORIGINAL,
        issued_on=date(2025, 1, 1),
        expires_on=date(2030, 1, 1),
        is_unlimited=False,
        born_on=None,
        subject=entry,
        claim=None,
        purpose="",
        confirmed_by="B",
        confirmed_at=NOW,
    )


def _procedure(slots: int) -> str:
    rows = [
        f'{{ key = "s{at}", name = "Giấy tờ {at}", accepts = ["{_TYPES[at % len(_TYPES)]}",'
        f' "{_TYPES[(at + 7) % len(_TYPES)]}", "{_TYPES[(at + 13) % len(_TYPES)]}"] }}'
        for at in range(slots)
    ]
    evidence = '{ kind = "memory" }'
    return (
        f'[[procedure]]\ncode = "1.999999"\nname = "Thủ tục đo"\nevidence = {evidence}\n'
        f"components_evidence = {evidence}\ncomponents = [\n    " + ",\n    ".join(rows) + ",\n]\n"
    )


def _no_checklist(_dossier: Dossier) -> tuple[()]:
    return ()


if __name__ == "__main__":
    main()
