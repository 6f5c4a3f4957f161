"""A dossier at the counter with a real paper in it, through the command line."""

from __future__ import annotations

import json
from pathlib import Path

from tests.e2e.conftest import run_sohoa
from tests.e2e.quick_plugin import quick_settings, small_papers


def test_a_paper_added_to_a_dossier_fills_its_slot_and_a_supplement_comes_under_the_same_code(
    tmp_path: Path, quick_plugin: Path
) -> None:
    quick = quick_settings(quick_plugin)

    def sohoa(*words: str | Path) -> str:
        told = ["--data-dir", tmp_path / "data", "dossier", *words]
        return run_sohoa(*told, check=True, settings=quick).stdout

    request, card = small_papers(tmp_path / "papers", "to-khai.jpg", "cccd-03.jpg")
    opened = json.loads(sohoa("open", "--procedure", "1.001193", "--name", "Nguyễn Thị Hoà", "--json"))
    code = opened["code"]
    sohoa("add", code, request)
    slots = {each["key"]: each["document_id"] for each in json.loads(sohoa("slots", code, "--json"))}
    assert sum(each is not None for each in slots.values()) == 1

    receipt = tmp_path / "receipt.pdf"
    sohoa("receipt", code, "--incomplete", "-o", receipt)
    assert receipt.read_bytes().startswith(b"%PDF")
    sohoa("supplement", code, "--item", "Giấy tờ tùy thân", "--reason", "Thiếu")
    sohoa("add", code, card)
    sohoa("supplement", code, "--received")
    again = {each["key"]: each["document_id"] for each in json.loads(sohoa("slots", code, "--json"))}
    assert {key for key, each in again.items() if each} > {key for key, each in slots.items() if each}
    assert json.loads(sohoa("status", code, "--json"))["code"] == code
