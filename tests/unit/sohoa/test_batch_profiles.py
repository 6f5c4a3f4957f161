"""``sohoa batch`` over a printed separator sheet that changes the profile: simulated device, real stores."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner
from PIL import Image, ImageDraw

from scanners.separators.grammar import SheetKind, sheet_text
from scanners.separators.printing import PrintedSheet, sheets_pdf
from sohoa.cli.main import sohoa

PROFILES = """
[nhanh]
vi = "Hai mặt, xám"
en = "both sides, grey"
source = "feeder_duplex"
mode = "grey"
dpi = 150
archive = false

[mot-mat]
vi = "Một mặt, xám"
en = "one side, grey"
source = "feeder"
mode = "grey"
dpi = 100
archive = false
"""


def _paper(path: Path, words: str) -> None:
    picture = Image.new("L", (827, 1169), 255)
    draw = ImageDraw.Draw(picture)
    for row in range(100, 1000, 40):
        draw.text((100, row), f"{words} " * 2, fill=0, font_size=22)
    picture.save(path, dpi=(100, 100))


def test_the_sheets_behind_a_printed_profile_sheet_are_scanned_with_that_profile(tmp_path: Path) -> None:
    papers, data = tmp_path / "papers", tmp_path / "data"
    papers.mkdir()
    data.mkdir()
    (data / "profiles.toml").write_text(PROFILES, encoding="utf-8")
    code = sheet_text(SheetKind.PROFILE, "mot-mat")
    sheet = PrintedSheet(
        code=code, title="TỜ PHÂN CÁCH", kind="Cấu hình quét", value="Một mặt, xám", remarks=()
    )
    (papers / "2.pdf").write_bytes(sheets_pdf([sheet], "Tờ phân cách"))
    _paper(papers / "1.png", "Tờ khai đăng ký khai sinh")
    _paper(papers / "3.png", "Giấy chứng sinh của trạm y tế")
    told = CliRunner().invoke(
        sohoa,
        [
            "--data-dir", str(data), "batch", "--device", f"simulated:{papers}", "--profile", "nhanh",
            "--no-read", "--json",
        ],
    )  # fmt: skip
    pages = json.loads(told.stdout)["pages"]
    assert [(page["sheet"], page["side"]) for page in pages] == [
        (1, "front"),
        (1, "back"),
        (2, "front"),
        (2, "back"),
        (3, "front"),
    ]
    assert [page["separator"] for page in pages].count(code) == 1
    assert "WRONG_RESOLUTION" not in {finding for page in pages for finding in page["findings"]}
    assert "mot-mat" in told.stderr
    assert told.exit_code == 0, told.stderr
