"""A reader that takes its time and reads what is written: no engine, no child process."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from dossiers.ports import Inspection
from dossiers.reading import Classification, Outcome, PageReading
from pipeline.codec import encode_result
from pipeline.geometry import Placement
from pipeline.page_result import PageResult
from pipeline.reader import PdfPage, ReadPage
from pipeline.text import PageText

_PLACE = Placement(
    original_width=10,
    original_height=10,
    width=10,
    height=10,
    dpi=300.0,
    rotated_degrees=0,
    skew_degrees=0.0,
    to_original=(1, 0, 0, 0, 1, 0, 0, 0, 1),
)


#: A page whose name begins so is read for ever by whoever begins it first: that process is to be killed.
STUCK = "ket"
_FOR_EVER_SECONDS = 600.0


class SlowReader:
    """Notes the start and the end of every page in a file that several processes share.

    ``before`` is called with the name of every page before it is begun.

    Files are texts ``name`` or ``name*count`` pages. A line of the log: ``start|end NAME#INDEX PID SECONDS``.
    """

    def __init__(self, log: Path, seconds: float, before: Callable[[str], None] = lambda _: None) -> None:
        self._log = log
        self._seconds = seconds
        self._before = before

    def probe(self) -> tuple[str, ...]:
        return ()

    def inspect(self, content: bytes, suffix: str) -> Inspection:
        count = content.decode().partition("*")[2]
        return Inspection(media_type="image/png", page_count=int(count or 1))

    def read_to_keep(self, content: bytes, index: int, region: object = None) -> ReadPage:
        name = f"{content.decode().partition('*')[0]}#{index}"
        self._before(name)
        note(self._log, "start", name)
        time.sleep(_FOR_EVER_SECONDS if self._is_stuck(name) else self._seconds)
        note(self._log, "end", name)
        reading = PageReading(
            outcome=Outcome.READ,
            classification=Classification(type_id="ct01", confidence=0.9, evidence="", is_first_page=True),
            fields=(),
            text=name,
            page_number=None,
            rotated_degrees=0,
            skew_degrees=0.0,
            confidence=0.9,
            has_seal=False,
            issues=(),
            engine="slow",
            pipeline_version="0",
            seconds=0.0,
        )
        text = PageText(width=10, height=10, dpi=300.0, blocks=())
        result = PageResult(reading=reading, text=text, placement=_PLACE)
        return ReadPage(reading=reading, artefact=encode_result(result))

    def _is_stuck(self, name: str) -> bool:
        return name.startswith(STUCK) and self._log.read_text().count(f"start {name} ") == 1

    def render_pdf(self, pages: Sequence[PdfPage], title: str) -> bytes:
        return b"%PDF " + title.encode()

    def close(self) -> None:
        pass


def note(log: Path, what: str, name: str) -> None:
    line = f"{what} {name} {os.getpid()} {time.monotonic():.6f}\n"
    with log.open("ab", buffering=0) as file:  # one write in append mode: lines stay whole
        file.write(line.encode())
