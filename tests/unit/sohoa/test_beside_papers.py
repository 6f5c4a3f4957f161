"""``sohoa show`` and ``sohoa take-back`` over the real stores: what the station remarked and set aside."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from dossiers.errors import RecordError
from dossiers.intake import RawFile
from dossiers.opening import Opening
from dossiers.page import derived_id
from scanners.judgement.finding import Finding
from scanners.separators.splitting import AsideReason
from scanners.separators.verdict import SheetFlag
from scanners.station_batch import OTHER_PROFILE, REPLACED, UNKNOWN_DOSSIER
from sohoa.bootstrap import bootstrap
from sohoa.cli.main import sohoa
from sohoa.locale.messages import load_messages
from sohoa.settings import Settings


def picture(shade: int) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (300, 400), (shade, shade, shade)).save(made, "PNG", dpi=(200, 200))
    return made.getvalue()


def run(tmp_path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(sohoa, ["--data-dir", str(tmp_path), *arguments])


@pytest.fixture
def code(tmp_path: Path) -> str:
    """A dossier of two papers, the first scanned anew, with a separator sheet and its back."""
    with bootstrap(Settings(data_dir=tmp_path, workers=1)) as application:
        opening = Opening(
            agency="H29.119", intake_key="k", procedure_code=None, citizen_number=None, title="Hồ sơ thử"
        )
        dossier = application.intake.open_dossier(opening)

        def take(name: str, **values: object) -> str:
            raw = RawFile(name=name, content=picture(len(name) * 7), receipt_key=name, **values)
            return derived_id(application.intake.receive_file(dossier.dossier_id, raw).file.file_id, "0")

        take("s.png", set_aside="SEPARATOR")
        take("sb.png", set_aside="SEPARATOR_BACK", flags=("BLANK",))
        old = take("old.png", flags=("BLURRED", "STREAK"))
        take("other.png", flags=("SEPARATOR_UNREADABLE",))
        take("newer.png", replaces=old, flags=("CARD_NOT_FOUND",))
        return dossier.code


def test_show_tells_what_was_set_aside_what_was_replaced_and_what_the_feeder_said(
    tmp_path: Path, code: str
) -> None:
    text = " ".join(run(tmp_path, "show", code).output.split())
    for part in (
        "1. s.png#1: tờ phân cách 2. sb.png#1: mặt sau trắng của tờ phân cách Nếu",
        f"sohoa take-back {code} SỐ",
        "trang 1: bản cũ old.png#1 (mờ, nên quét lại; có vệt dọc do kính máy quét bẩn)",
    ):
        assert part in text
    page_table = run(tmp_path, "--lang", "en", "show", code).output.replace("│", " ")
    words = " ".join(page_table.split())
    for part in ("no card", "separator sheet whose", "Pages set aside"):
        assert part in words


def test_json_tells_the_same(tmp_path: Path, code: str) -> None:
    told = json.loads(run(tmp_path, "show", code, "--json").stdout)
    assert [(each["place"], each["file"], each["reason"]) for each in told["aside"]] == [
        (1, "s.png", "SEPARATOR"), (2, "sb.png", "SEPARATOR_BACK"),
    ]  # fmt: skip
    assert [(each["number"], each["file"]) for each in told["replaced"]] == [(1, "old.png")]
    assert [each["flags"] for each in told["pages"]] == [["CARD_NOT_FOUND"], ["SEPARATOR_UNREADABLE"]]


def test_a_page_that_was_set_aside_can_be_taken_back(tmp_path: Path, code: str) -> None:
    result = run(tmp_path, "take-back", code, "1", "--no-read", "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(run(tmp_path, "show", code, "--json").stdout)
    assert [page["file"] for page in told["pages"]] == ["newer.png", "other.png", "s.png"]
    assert [each["file"] for each in told["aside"]] == ["sb.png"]
    assert isinstance(run(tmp_path, "take-back", code, "2", "--no-read").exception, RecordError)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_whatever_the_station_remarks_has_its_words(language: str) -> None:
    messages = load_messages(language)
    flags = (
        *Finding, *SheetFlag, UNKNOWN_DOSSIER, OTHER_PROFILE,
        "CARD_NOT_FOUND", "CARD_SIDES_UNSURE", "REPAIRED",
        "ACTIVE_CONTENT", "SIGNED", "ANIMATED", "ENCRYPTED_WITHOUT_PASSWORD", "UNCHECKED_PAGES",
    )  # fmt: skip
    assert [flag for flag in flags if messages.issue(str(flag)) == str(flag)] == []
    assert all(f"aside_{reason}" in messages.texts for reason in (*AsideReason, REPLACED))
