"""``sohoa scanners`` over the simulated device and real stores: health, test scans, devices that are gone."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image, ImageDraw

from dossiers.errors import DeviceError
from dossiers.scanner_use import ScannerUse
from sohoa.cli.main import sohoa
from sohoa.clock import utc_now
from storage.records.sqlite_store import open_sqlite


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    picture = Image.new("RGB", (827, 1169), "white")
    draw = ImageDraw.Draw(picture)
    for row in range(100, 1000, 40):
        draw.text((100, row), "Tờ khai đăng ký khai sinh " * 2, fill="black", font_size=22)
    picture.save(folder / "a.png", dpi=(100, 100))
    return folder


def run(tmp_path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(sohoa, ["--data-dir", str(tmp_path / "data"), *arguments])


def note(tmp_path: Path, device: str, profile: str, pages: int, trouble: str = "", days: int = 0) -> None:
    ended = utc_now() - timedelta(days=days)
    use = ScannerUse(device=device, profile=profile, pages=pages, trouble=trouble, ended_at=ended)
    (tmp_path / "data").mkdir(exist_ok=True)
    records = open_sqlite(tmp_path / "data" / "records.sqlite3")
    with records.transaction() as work:
        work.scanner_uses.add(use)
    records.close()


def test_a_device_is_shown_with_what_it_can_do_and_how_it_fares(tmp_path: Path, papers: Path) -> None:
    device = f"simulated:{papers}"
    note(tmp_path, device, "duplex-300", 12)
    note(tmp_path, device, "id-card", 3, "PAPER_JAM")
    result = run(tmp_path, "scanners", device)
    assert result.exit_code == 0, result.output
    for text in (
        "khay nạp hai mặt", "Hôm nay: 15 trang, 2 lượt quét", "Cấu hình chạy tốt gần nhất: duplex-300",
        "cấu hình id-card: Kẹt giấy;", "(PAPER_JAM)",
    ):  # fmt: skip
        assert text in result.output
    english = run(tmp_path, "--lang", "en", "scanners", device).output
    assert "Today: 15 pages, 2 runs" in english
    (told,) = json.loads(run(tmp_path, "scanners", device, "--json").stdout)
    assert (told["pages_today"], told["known_good_profile"]) == (15, "duplex-300")
    assert [each["code"] for each in told["last_errors"]] == ["PAPER_JAM"]
    assert [each["source"] for each in told["sources"]]


def test_a_device_that_was_used_and_is_gone_stays_in_the_list(tmp_path: Path, papers: Path) -> None:
    note(tmp_path, f"simulated:{papers}-gone", "duplex-300", 4, "DEVICE_OFFLINE")
    note(tmp_path, f"simulated:{papers}-long-ago", "duplex-300", 4, days=40)
    told = {each["device"]: each for each in json.loads(run(tmp_path, "scanners", "--json").stdout)}
    assert told[f"simulated:{papers}-gone"]["error"] == "DEVICE_OFFLINE"
    assert f"simulated:{papers}-long-ago" not in told
    gone = run(tmp_path, "scanners", f"simulated:{papers}-gone")
    assert gone.exit_code == 6
    assert "Không liên lạc được với máy quét" in gone.output


def test_a_hot_folder_is_listed_with_what_waits_and_what_came_of_its_files(
    tmp_path: Path, papers: Path
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "hot-folders.toml").write_text(
        f'[mot-cua]\npath = "{papers}"\nagency = "H29.119"\nstable_seconds = 0\npatience_seconds = 0\n'
        f'[hong]\npath = "{tmp_path}/gone"\n'
    )
    (papers / "bad.pdf").write_bytes(b"%PDF-1.4 no end")
    (papers / "busy.part").write_bytes(b"")
    (told,) = json.loads(run(tmp_path, "scanners", "folder:mot-cua", "--json").stdout)
    assert (told["waiting"], told["runs_today"]) == (2, 0)
    assert run(tmp_path, "batch", "--folder", "mot-cua", "--no-read").exit_code == 4
    shown = run(tmp_path, "scanners", "folder:mot-cua")
    assert shown.exit_code == 0, shown.output
    for text in ("0 tệp đang chờ", "Hôm nay: 1 trang, 2 lượt quét", "cấu hình mot-cua", "(DAMAGED)"):
        assert text in shown.output
    assert "Không mở được thư mục quét" in run(tmp_path, "scanners", "folder:hong").output


def test_a_test_scan_keeps_no_page_and_uses_the_profile_that_last_worked(
    tmp_path: Path, papers: Path
) -> None:
    device = f"simulated:{papers}"
    note(tmp_path, device, "flatbed-300", 2)
    result = run(tmp_path, "scanners", device, "--test", "--json")
    told = json.loads(result.stdout)
    assert told["profile"] == "flatbed-300"
    assert told["bytes"] > 10_000
    assert told["dpi"] == 300
    records = open_sqlite(tmp_path / "data" / "records.sqlite3")
    with records.transaction() as work:
        assert sum(work.pages.counts().values()) == 0
    records.close()
    assert not [path for path in (tmp_path / "data").glob("originals/**/*") if path.is_file()]
    assert not list((tmp_path / "data").glob("spool/*"))
    shown = run(tmp_path, "scanners", device).output
    assert "Hôm nay: 3 trang" in shown


def test_a_test_scan_that_fails_is_noted_among_the_errors(tmp_path: Path, papers: Path) -> None:
    device = f"simulated:{papers}?jam=1"
    result = run(tmp_path, "scanners", device, "--test", "--profile", "single-300")
    assert isinstance(result.exception, DeviceError)
    (told,) = json.loads(run(tmp_path, "scanners", device, "--json").stdout)
    assert [each["code"] for each in told["last_errors"]] == ["PAPER_JAM"]
    assert told["known_good_profile"] is None
