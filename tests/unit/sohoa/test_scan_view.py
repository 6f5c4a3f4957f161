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


def _told(used: str) -> str:
    out = Console(file=io.StringIO(), width=400)
    settings = Settings(data_dir=Path("x"), workers=1)
    watcher = ScanWatcher(
        Session(settings=settings, messages=load_messages("vi"), out=out, err=out, verbose=False)
    )
    watcher.profile = used
    sheet = SheetVerdict(meaning=Meaning(profile="photo"), value="photo")
    watcher.arrived(PAGE, PageJudgement(sheet=sheet))
    return out.file.getvalue()


def test_a_sheet_that_asks_for_another_profile_is_told_with_what_to_do():
    told = _told("duplex-300")
    assert "máy vẫn quét bằng duplex-300" in told
    assert "sohoa batch --profile photo" in told


def test_a_sheet_that_asks_for_the_profile_in_use_is_only_a_separator():
    assert "vẫn quét" not in _told("photo")
