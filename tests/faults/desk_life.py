"""One life of ``sohoa desk``: the real program, a reader of codes for its engine, a feeder of papers.

The papers in the feeder are those whose numbers stand in the file ``tray`` of the data folder.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import litestar.plugins.pydantic  # noqa: F401 - what a desk loads late is loaded once, before lives are forked
import uvicorn.protocols.http.auto  # noqa: F401

from reception.auth import protection  # noqa: F401
from scanners.driver import Capabilities, DeviceInfo, RawPage, Scanner, Side
from scanners.judgement.finding import PageJudgement
from scanners.settings import ScanSettings
from sohoa import bootstrap, desk_scanning, desk_wiring, scanning
from sohoa.cli import desk  # noqa: F401
from sohoa.cli.main import main as program
from tests.faults.office import CodeReader
from tests.faults.papers import paper

TRAY = "tray"


class Reader(CodeReader):
    is_started = True

    def probe(self) -> tuple[str, ...]:
        return ()


class Feeder:
    """Gives every paper of the tray, one side a sheet."""

    def __init__(self, tray: Path) -> None:
        self._tray = tray
        self.info = DeviceInfo(driver="papers", device="x", label="Khay giấy")

    def scan(self, settings: ScanSettings) -> Iterator[RawPage]:
        for sheet, number in enumerate(self._tray.read_text().split(), start=1):
            content = paper(int(number))
            yield RawPage(sequence=0, name="x.png", content=content, sheet=sheet, side=Side.FRONT)

    def capabilities(self) -> Capabilities:
        raise NotImplementedError

    def cancel(self) -> None:
        pass

    def close(self) -> None:
        pass


class NoChild:
    """No page is judged, so no child is needed."""

    def start(self) -> None:
        pass

    def close(self) -> None:
        pass


class NoJudge:
    def judge(self, page: RawPage, sequence: int) -> PageJudgement:
        return PageJudgement()

    def expect(self, dpi: int) -> None:
        pass


def live(data_dir: Path, port: int) -> None:
    """Serves until it is told to stop, or killed."""

    def open_feeder(*_: object) -> Scanner:
        return Feeder(data_dir / TRAY)

    bootstrap.make_reader = desk_wiring.make_reader = lambda *_, **__: Reader()
    bootstrap.make_doorkeeper = lambda *_: Reader()
    scanning.feeder_sandbox = lambda **_: NoChild()
    scanning.FeederJudge = lambda *_: NoJudge()
    desk_scanning.open_scanner = open_feeder
    desk_scanning.make_drivers = lambda *_: {}
    desk_scanning._check = lambda *_: None
    arguments = ["--data-dir", str(data_dir), "--config", str(data_dir / "sohoa.toml")]
    sys.argv = ["sohoa", *arguments, "desk", "--port", str(port)]
    with redirect_stdout(StringIO()):
        program()
