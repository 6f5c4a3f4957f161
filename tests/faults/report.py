"""Makes the table of docs/reliability.md: ``python -m tests.faults.report LOG --into PAGE``."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tests.faults.trials import Finding

BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"
_HEAD = (
    "| Fault | What | Trials | Lost | Doubled or out of order | Seeds | Seconds | Also measured |\n"
    "|---|---|---:|---:|---:|---|---:|---|"
)


def read_log(lines: Iterable[str]) -> list[Finding]:
    """Adds up the findings of equal fault and part, in the order of faults."""
    found: dict[tuple[str, str], Finding] = {}
    for line in lines:
        new = Finding(**json.loads(line))
        key = (new.fault, new.what)
        found[key] = _added(found[key], new) if key in found else new
    return sorted(found.values(), key=lambda each: (int(each.fault[1:]), each.what))


def _added(old: Finding, new: Finding) -> Finding:
    return replace(
        old,
        trials=old.trials + new.trials,
        losses=old.losses + new.losses,
        doubles=old.doubles + new.doubles,
        seeds=_joined(old.seeds, new.seeds, ", "),
        seconds=old.seconds + new.seconds,
        note=_joined(old.note, new.note, "; "),
    )


def _joined(old: str, new: str, between: str) -> str:
    return old if not new or new in old.split(between) else between.join(filter(None, (old, new)))


def table(findings: Sequence[Finding]) -> str:
    """The table in Markdown."""
    rows = [
        f"| {each.fault} | {each.what} | {each.trials:,} | {each.losses} | {each.doubles} | {each.seeds} "
        f"| {each.seconds:.0f} | {each.note} |"
        for each in findings
    ]
    return "\n".join([_HEAD, *rows])


def told(findings: Sequence[Finding], scale: str) -> str:
    """The table with the day, the machine and the versions that it was made with."""
    asked = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
    made = (
        f"Made on {datetime.now(tz=UTC):%Y-%m-%d %H:%M} UTC at scale `{scale}`, commit {commit}: "
        f"{os.cpu_count()} processors ({platform.machine()}), Linux {platform.release()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}."
    )
    lost = sum(each.losses + each.doubles for each in findings)
    total = f"{sum(each.trials for each in findings):,} trials; lost, doubled or out of order: {lost}."
    return f"{made}\n\n{table(findings)}\n\n{total}"


def main(arguments: Sequence[str]) -> None:
    """Prints the table, or puts it between the marks of a page."""
    parser = argparse.ArgumentParser(description="table of the fault suite's findings")
    parser.add_argument("log", type=Path)
    parser.add_argument("--into", type=Path)
    options = parser.parse_args(arguments)
    findings = read_log(options.log.read_text(encoding="utf-8").splitlines())
    text = told(findings, os.environ.get("FAULTS_SCALE", "pr"))
    if options.into is None:
        sys.stdout.write(text + "\n")
        return
    page = options.into.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    options.into.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
