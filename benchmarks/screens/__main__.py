"""Asks the desk for every screen and prints what each takes of its 150 ms.

    python -m benchmarks.screens FOLDER [--times N] [--only TEXT] [--records-url URL]

FOLDER is an office of ``python -m benchmarks.archive.fill``, filled today. The desk is the real one with its
door, in this process and without a network: what is measured is from the request's arrival to the whole
answer. CPU is that of the process; on PostgreSQL the server's work is in the elapsed time only. Exit code 1:
the median of a screen is over the bound.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Final

from litestar import Litestar
from litestar.testing import TestClient

from benchmarks.archive.fill import PASSWORD
from benchmarks.archive.size import OWN
from benchmarks.machine import describe
from benchmarks.screens.visit import Visit, visits
from benchmarks.tables import quantile, table
from reception.auth.protection import make_protected_app
from sohoa.bootstrap import bootstrap
from sohoa.clock import utc_now
from sohoa.desk_wiring import make_desk
from sohoa.office import make_office
from sohoa.settings import Settings

#: Server time that a screen may take, milliseconds.
BOUND: Final = 150.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What one screen took, milliseconds each time."""

    visit: Visit
    elapsed: Sequence[float]
    cpu: Sequence[float]
    status: int
    bytes_sent: int


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--only", default="", help="screens whose name holds this text")
    parser.add_argument("--records-url", default="")
    asked = parser.parse_args()
    settings = Settings(
        data_dir=asked.folder.absolute(),
        agency=OWN,
        counter="Quầy 2",
        workers=1,
        records_url=asked.records_url,
        scanner="",
    )
    with bootstrap(settings) as application:
        desk = make_desk(application, make_office(application))
        wanted = [each for each in visits(application.records, utc_now()) if asked.only in each.name]
        app = make_protected_app(desk)
        with TestClient(app) as client:
            visitors = _Visitors(client)
            taken = [_measure(visitors.of(each.account), each, asked.times) for each in wanted]
    print(_report(taken))
    return 1 if any(median(each.elapsed) > BOUND for each in taken) else 0


class _Visitors:
    """Accounts before one desk, each with cookies of its own."""

    def __init__(self, client: TestClient[Litestar]) -> None:
        self._client = client
        self._cookies: dict[str, dict[str, str]] = {}

    def of(self, account: str) -> TestClient[Litestar]:
        """The browser as an account has it; as nobody has it for an empty name."""
        client = self._client
        client.cookies.clear()
        if account and account not in self._cookies:
            form = {"_csrf_token": token_of(client), "name": account, "password": PASSWORD}
            assert client.post("/sign-in", data=form, follow_redirects=False).status_code in (302, 303)
            self._cookies[account] = dict(client.cookies)
        client.cookies.update(self._cookies.get(account, {}))
        return client


def token_of(client: TestClient[Litestar], path: str = "/sign-in") -> str:
    """The token that a form of this browser carries."""
    found = re.search(r'name="csrf-token" content="([^"]*)"', client.get(path).text)
    return found[1] if found else ""


def _measure(client: TestClient[Litestar], visit: Visit, times: int) -> Taken:
    elapsed, cpu = [], []
    headers = {} if visit.form is None else {"X-CSRF-Token": token_of(client, "/search")}
    for _ in range(times + 1):
        began, busy = time.perf_counter(), time.process_time()
        if visit.form is None:
            answer = client.get(visit.path, follow_redirects=False)
        else:
            answer = client.post(visit.path, data=visit.form, headers=headers, follow_redirects=False)
        elapsed.append(1000 * (time.perf_counter() - began))
        cpu.append(1000 * (time.process_time() - busy))
    assert answer.status_code == 200, (visit.path, answer.status_code)
    # The first one fills the template cache and reads from the disk.
    print(f"{visit.name}: {median(elapsed[1:]):.0f} ms", file=sys.stderr, flush=True)
    return Taken(
        visit=visit,
        elapsed=elapsed[1:],
        cpu=cpu[1:],
        status=answer.status_code,
        bytes_sent=len(answer.content),
    )


def _report(taken: Sequence[Taken]) -> str:
    head = ("Screen", "median, ms", "p95, ms", "least CPU, ms", "KB", f"within {BOUND:.0f} ms")
    rows = [
        (
            each.visit.name,
            f"{median(each.elapsed):.0f}",
            f"{quantile(each.elapsed, 0.95):.0f}",
            f"{min(each.cpu):.0f}",
            f"{each.bytes_sent / 1024:.0f}",
            "yes" if median(each.elapsed) <= BOUND else "**no**",
        )
        for each in taken
    ]
    machine: Mapping[str, str] = dict(describe())
    told = [
        f"{name}: {text}" for name, text in machine.items() if not name.startswith(("Tesseract", "Libraries"))
    ]
    told.append(", ".join(f"{name} {version(name)}" for name in ("litestar", "sqlalchemy", "jinja2")))
    return "\n".join([*(f"- {each}" for each in told), "", table(head, rows)])


if __name__ == "__main__":
    sys.exit(main())
