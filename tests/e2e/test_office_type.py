"""An office adds a type with one file; the next page read is named so, by the sandboxed reader."""

from __future__ import annotations

import json
from pathlib import Path

from samples.generator.scene import Scene
from samples.generator.style import Style
from tests.e2e.conftest import run_sohoa

TYPE_FILE = """
[types.phieu_muon_loa_dai]
vi = "Phiếu mượn loa đài của phường"
en = "Loudspeaker loan form"
headings = ["PHIẾU MƯỢN LOA ĐÀI"]
labels = ["Thời gian mượn", "Thời gian trả", "Người mượn", "Số lượng loa"]
"""


def _page(path: Path) -> None:
    canvas = Scene("dev", "office type").sheet()
    body = Style(size=13)
    for y, text in (
        (70, "PHIẾU MƯỢN LOA ĐÀI"), (95, "Thời gian mượn: ngày 12/5/2026"),
        (107, "Thời gian trả: ngày 14 tháng 5 năm 2026"), (119, "Số lượng loa: 02"), (131, "Người mượn"),
    ):  # fmt: skip
        x = 105 - canvas.measure(text, body) / 2 if y == 70 else 30
        canvas.mark(x, y, text, body)
    canvas.image.save(path, dpi=(300, 300))


def test_a_new_type_file_names_the_next_page(tmp_path: Path) -> None:
    _page(tmp_path / "phieu.png")
    (tmp_path / "data" / "types").mkdir(parents=True)
    (tmp_path / "data" / "types" / "loa-dai.toml").write_text(TYPE_FILE, "utf-8")
    ended = run_sohoa(
        "--data-dir", tmp_path / "data", "read", tmp_path / "phieu.png", "--format", "json", check=True
    )
    found = json.loads(ended.stdout)["reading"]["classification"]
    assert found["type_id"] == "phieu_muon_loa_dai"
    assert "LOA ĐÀI" in found["evidence"]
    assert found["method"].startswith("combined/")
