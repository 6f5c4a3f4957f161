"""A dossier at the counter with a real paper in it, through the command line."""

from __future__ import annotations

import json
from pathlib import Path

from tests.e2e.conftest import SAMPLES, run_sohoa


def test_a_paper_added_to_a_dossier_fills_its_slot_and_a_supplement_comes_under_the_same_code(
    tmp_path: Path,
) -> None:
    def sohoa(*words: str | Path) -> str:
        return run_sohoa("--data-dir", tmp_path / "data", "dossier", *words, check=True).stdout

    papers = SAMPLES / "02-dang-ky-thuong-tru"
    opened = json.loads(sohoa("open", "--procedure", "1.004222", "--name", "Nguyễn Thị Hoà", "--json"))
    code = opened["code"]
    sohoa("add", code, papers / "ct01.pdf")
    slots = {each["key"]: each["document_id"] for each in json.loads(sohoa("slots", code, "--json"))}
    assert sum(each is not None for each in slots.values()) == 1

    receipt = tmp_path / "receipt.pdf"
    sohoa("receipt", code, "--incomplete", "-o", receipt)
    assert receipt.read_bytes().startswith(b"%PDF")
    sohoa("supplement", code, "--item", "Giấy khai sinh", "--reason", "Thiếu")
    sohoa("add", code, papers / "khai-sinh.jpg")
    sohoa("supplement", code, "--received")
    again = {each["key"]: each["document_id"] for each in json.loads(sohoa("slots", code, "--json"))}
    assert {key for key, each in again.items() if each} > {key for key, each in slots.items() if each}
    assert json.loads(sohoa("status", code, "--json"))["code"] == code
