"""What a kill leaves behind is cleared away by the next one who comes; torn notes do no harm."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from types import SimpleNamespace

import pytest

from scanners.driver import Side
from scanners.judgement.finding import PageJudgement
from scanners.judgement.note import judgement_to_text, kept_judgement
from scanners.spool import Spool
from sohoa.exporting import export_dossier
from sohoa.report import report_on
from tests.faults.office import CodeReader, office_in
from tests.faults.power_writer import plan


def test_a_session_whose_removal_was_cut_short_is_removed_when_the_next_starts(tmp_path):
    left = tmp_path / ".s0"
    left.mkdir()
    (left / "000001.sent").write_text("x")
    with Spool(tmp_path).start(plan()):
        assert not left.exists()
        assert list(Spool(tmp_path).session_ids()) == ["s1"]
    with Spool(tmp_path).start(replace(plan(), session_id="s2")):
        assert set(Spool(tmp_path).session_ids()) == {"s1", "s2"}


@pytest.mark.parametrize("torn", [b"", b"\0\0\0\0", b'{"findings": [', b"\xff\xfe", b"{}", b"[]"])
def test_a_note_that_lost_power_counts_as_none(tmp_path, torn):
    with Spool(tmp_path).start(plan()) as spooled:
        page = spooled.append(b"x", sheet=1, side=Side.FRONT, name="1.png", dpi=300)
        spooled.note(page, judgement_to_text(PageJudgement()))
        assert kept_judgement(spooled.noted(page)) == PageJudgement()
        (tmp_path / "s1" / "000001.judged").write_bytes(torn)
        assert kept_judgement(spooled.noted(page)) is None


def test_an_export_clears_away_what_killed_ones_left_but_not_those_at_work(tmp_path):
    old, young = tmp_path / "out" / ".export-old", tmp_path / "out" / ".export-young"
    old.mkdir(parents=True)
    young.mkdir()
    long_ago = time.time() - 100_000
    os.utime(old, (long_ago, long_ago))
    with office_in(tmp_path / "data") as office:
        office.receive(office.open(), 1)
        office.work()
        parts = SimpleNamespace(
            originals=office.originals, derivatives=office.derivatives, readers=CodeReader()
        )
        made = export_dossier(parts, report_on(office.records, office.open(), ""), tmp_path / "out")
    assert (made / "dossier.json").exists()
    assert not old.exists()
    assert young.exists()
