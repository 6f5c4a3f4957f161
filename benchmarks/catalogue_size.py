"""A catalogue of a whole country: ``python -m benchmarks.catalogue_size [--procedures N] [--variants M]``.

Made-up procedures, each with a national entry and local variants that follow one another in time, and a chain
of replaced codes, are imported as a list. Measured: planning and keeping the import, reading the catalogue at
the start of a program, and looking up a code on a day for an agency (requirement: under 5 ms), with its chain
of replacements. Beside it the same look-up by SQL in an indexed SQLite table, which is what a catalogue kept
in the records would cost, without building the procedure.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from benchmarks.machine import describe
from benchmarks.tables import table
from dossiers.catalogue import Catalogue, load_catalogue, load_records
from dossiers.catalogue_import import plan_values
from dossiers.catalogue_layers import LayerNote, Values, keep_layer
from dossiers.codes import AgencyCode

_DAY: Final = date(2026, 6, 1)
_LOOKUPS: Final = 2_000
_WARD: Final = AgencyCode.parse("H29.119")


def made_values(procedures: int, variants: int) -> Values:
    """Values of a list: each procedure national and with variants of one province, three papers each."""
    evidence = {"kind": "memory"}
    entries: list[object] = []
    steps: list[object] = []
    for place in range(procedures):
        code = f"6.{place:06d}"
        for variant in range(variants + 1):
            local = {"agency": "H29", "variant": f"Trường hợp {variant}"} if variant else {}
            papers = [
                {"key": f"p{paper}", "name": f"Giấy tờ {paper} của thủ tục {place}", "accepts": []}
                for paper in range(3)
            ]
            entries.append(
                {
                    "code": code,
                    "name": f"Thủ tục số {place} về việc đăng ký, cấp giấy",
                    "effective_from": "2026-01-01",
                    "evidence": evidence,
                    "components_evidence": evidence,
                    "components": papers,
                    **local,
                }
            )
        if place % 10 == 9:
            steps.append({"old": f"6.{place - 1:06d}", "new": [code], "evidence": evidence})
    return {"procedure": entries, "replacement": steps}


def timed(action: Callable[[int], object], count: int) -> list[float]:
    """Milliseconds that each of so many calls took."""
    taken = []
    for number in range(count):
        started = time.perf_counter()
        action(number)
        taken.append(1000 * (time.perf_counter() - started))
    return taken


def sqlite_lookup(catalogue: Catalogue) -> Callable[[int], object]:
    """The same look-up in an indexed table in memory."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE p (number, variant, agency, first, last, name)")
    rows = [
        (each.number, each.variant, str(each.agency or ""), str(each.effective_from or ""), "", each.name)
        for each in catalogue.procedures
    ]
    base.executemany("INSERT INTO p VALUES (?, ?, ?, ?, ?, ?)", rows)
    base.execute("CREATE INDEX i ON p (number, variant, agency, first)")
    numbers = sorted({each.number for each in catalogue.procedures if each.number[0] == "6"})

    def look_up(turn: int) -> object:
        number = numbers[turn * 7919 % len(numbers)]
        asked = (number, "Trường hợp 1", "H29", "2026-06-01")
        text = "SELECT * FROM p WHERE number = ? AND variant = ? AND agency = ? AND first <= ?"
        return base.execute(text, asked).fetchall()

    return look_up


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the measurement and prints tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.catalogue_size", description=__doc__)
    parser.add_argument("--procedures", type=int, default=6_000)
    parser.add_argument("--variants", type=int, default=3)
    options = parser.parse_args(arguments)
    values = made_values(options.procedures, options.variants)
    with tempfile.TemporaryDirectory() as folder:
        started = time.process_time()
        plan = plan_values(load_records(), values)
        planned = time.process_time() - started
        if not plan.is_good:
            print(plan.problems[:3], plan.contradictions[:3])
            return 1
        note = LayerNote(file_name="made", sha256="", by="benchmark", at=datetime.now(UTC))
        kept = keep_layer(Path(folder), plan.values, note)
        size = kept.stat().st_size
        started = time.process_time()
        catalogue = load_catalogue(Path(folder))
        loaded = time.process_time() - started
    order = list(range(options.procedures))
    random.Random(1).shuffle(order)

    def look_up(turn: int) -> object:
        code = f"6.{order[turn % len(order)]:06d}"
        return catalogue.get(code, _DAY, _WARD, "Trường hợp 1")

    def chain(turn: int) -> object:
        return catalogue.related(f"6.{order[turn % len(order)]:06d}")

    print(table(("Measured with", ""), describe()))
    print(
        f"\n{len(catalogue.procedures)} entries of {options.procedures} procedures; layer {size / 1e6:.1f} MB"
    )
    print(f"CPU: plan and check the import {planned:.2f} s; read the catalogue {loaded:.2f} s\n")
    rows = [
        _row("look-up by code, day, agency, variant: first time", timed(look_up, _LOOKUPS)),
        _row("the same again", timed(look_up, _LOOKUPS)),
        _row("codes before and after", timed(chain, _LOOKUPS)),
        _row("the same look-up by SQL, SQLite in memory", timed(sqlite_lookup(catalogue), _LOOKUPS)),
    ]
    print(table(("what", "median ms", "99 % ms", "worst ms"), rows))
    return 0


def _row(what: str, taken: Sequence[float]) -> tuple[str, ...]:
    ordered = sorted(taken)
    ninety_nine = ordered[int(0.99 * len(ordered))]
    return what, f"{statistics.median(taken):.4f}", f"{ninety_nine:.4f}", f"{ordered[-1]:.4f}"


if __name__ == "__main__":
    sys.exit(main())
