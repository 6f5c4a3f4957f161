"""Scanning at the desk: what a killed desk left behind is taken up, and closing waits for no search."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from dossiers.errors import ResourceError
from dossiers.opening import Opening
from reception.intake.ports import ScanStage
from scanners.driver import Side
from scanners.session import ScanSession
from scanners.settings import ScanSettings, Source
from scanners.spool import Spool
from sohoa import desk_scanning
from sohoa.bootstrap import Application, bootstrap
from sohoa.desk_interrupted import take_up
from sohoa.desk_scanning import DeskScanning
from sohoa.scanning import spool_of
from sohoa.settings import Settings

PATIENCE = 60.0
OPENING = Opening(agency="H29.119", intake_key="k", procedure_code=None, citizen_number=None, title="t")


@pytest.fixture
def application(tmp_path: Path) -> Iterator[Application]:
    with bootstrap(Settings(data_dir=tmp_path / "data", agency="H29.119", workers=1)) as made:
        yield made


@pytest.fixture
def plan(application: Application) -> ScanSession:
    dossier = application.intake.open_dossier(OPENING)
    return ScanSession(
        session_id="s1",
        device="simulated:x",
        profile="quay",
        settings=ScanSettings(source=Source.FEEDER),
        opening=OPENING,
        dossier_code=dossier.code,
    )


def _left_behind(spool: Spool, plan: ScanSession, pages: int) -> None:
    """A session as a kill leaves it."""
    picture = io.BytesIO()
    Image.effect_noise((400, 560), 90).save(picture, "JPEG", dpi=(50, 50))
    with spool.start(plan) as spooled:
        for sheet in range(1, pages + 1):
            content = picture.getvalue() + bytes(sheet)
            spooled.append(content, sheet=sheet, side=Side.FRONT, name=f"{sheet}.jpg", dpi=50)


def test_pages_left_behind_are_handed_on_and_the_sheet_to_put_back_is_named(
    application: Application, plan: ScanSession
) -> None:
    spool = spool_of(application.settings)
    _left_behind(spool, plan, pages=2)
    left = take_up(spool, application, "s1")
    assert left is not None
    assert (left.state.stage, left.state.pages, left.state.put_back) == (ScanStage.STOPPED, 2, 3)
    assert left.state.trouble is not None
    assert left.state.trouble.code == "SCAN_INTERRUPTED"
    with application.records.transaction() as work:
        dossier = work.dossiers.by_code(plan.dossier_code)
        assert dossier is not None
        assert [page.number for page in work.pages.of_dossier(dossier.dossier_id)] == [1, 2]
    assert spool.session_ids() == ["s1"]


def test_a_session_without_pages_and_a_single_page_scanned_anew_need_nobody(
    application: Application, plan: ScanSession
) -> None:
    spool = spool_of(application.settings)
    _left_behind(spool, plan, pages=0)
    _left_behind(spool, replace(plan, session_id="s2", replaces_page_id="p"), pages=0)
    assert [take_up(spool, application, name) for name in ("s1", "s2")] == [None, None]
    assert spool.session_ids() == []


def test_sessions_of_the_command_line_and_those_at_work_are_left_alone(
    application: Application, plan: ScanSession
) -> None:
    spool = spool_of(application.settings)
    _left_behind(spool, replace(plan, session_id="own", dossier_code=""), pages=1)
    assert take_up(spool, application, "own") is None
    with spool.start(plan), pytest.raises(ResourceError):
        take_up(spool, application, "s1")
    assert sorted(spool.session_ids()) == ["own", "s1"]


def test_a_scan_that_ended_while_the_store_was_away_is_handed_on_without_a_new_start(
    application: Application, plan: ScanSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_scanning, "_SEND_SECONDS", 0.05)
    spool = spool_of(application.settings)
    scanning = DeskScanning(application)
    try:
        _left_behind(spool, plan, pages=2)
        with spool.open("s1") as spooled:
            spooled.mark_ended()
        deadline = time.monotonic() + PATIENCE
        while spool.session_ids() and time.monotonic() < deadline:
            time.sleep(0.02)
    finally:
        scanning.close()
    assert spool.session_ids() == []
    with application.records.transaction() as work:
        dossier = work.dossiers.by_code(plan.dossier_code)
        assert dossier is not None
        assert [page.number for page in work.pages.of_dossier(dossier.dossier_id)] == [1, 2]


def test_a_desk_closes_while_scanners_are_still_looked_for(application: Application) -> None:
    looking, found = threading.Event(), threading.Event()

    class Slow(DeskScanning):
        def _look(self) -> None:
            looking.set()
            found.wait(PATIENCE)

    scanning = Slow(application)
    scanning.devices()
    assert looking.wait(PATIENCE)
    closing = threading.Thread(target=scanning.close)
    closing.start()
    closing.join(PATIENCE / 2)
    is_closed = not closing.is_alive()
    found.set()
    assert is_closed
