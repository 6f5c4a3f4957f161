"""What a clerk reads while pages come."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

from scanners.driver import Side
from scanners.judgement.finding import PageJudgement
from scanners.separators.meaning import Meaning
from scanners.separators.verdict import SheetVerdict
from scanners.session import ArrivedPage
from sohoa.cli.scan_view import ScanWatcher
from sohoa.cli.session import Session
from sohoa.locale.messages import load_messages
from sohoa.settings import Settings

PAGE = ArrivedPage(sequence=3, sheet=2, side=Side.FRONT, name="x.jpg", dpi=300, sha256="0")


def _watching() -> tuple[ScanWatcher, io.StringIO]:
    out = io.StringIO()
    console = Console(file=out, width=400)
    settings = Settings(data_dir=Path("x"), workers=1)
    session = Session(
        settings=settings, messages=load_messages("vi"), out=console, err=console, verbose=False
    )
    return ScanWatcher(session), out


def test_a_sheet_that_names_a_profile_is_told_as_a_separator():
    watcher, out = _watching()
    sheet = SheetVerdict(meaning=Meaning(profile="photo"), value="photo")
    watcher.arrived(PAGE, PageJudgement(sheet=sheet))
    assert "tờ phân cách (photo)" in out.getvalue()


def test_a_profile_that_cannot_be_taken_up_is_told_with_what_to_do():
    watcher, out = _watching()
    watcher.profile_wanted("photo", present="duplex-300", is_followed=False)
    assert "máy vẫn quét bằng duplex-300" in out.getvalue()
    assert "sohoa batch --profile photo" in out.getvalue()


def test_a_profile_that_is_taken_up_is_told():
    watcher, out = _watching()
    watcher.profile_wanted("feeder-200", present="duplex-300", is_followed=True)
    assert "chuyển sang cấu hình quét feeder-200" in out.getvalue()
