"""The cases of ``tests/data/reuse/tinh_huong.toml``, in the words of a clerk."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from dossiers.consent import Purpose
from dossiers.procedures import DataSource
from dossiers.reading import CopyKind
from dossiers.text_folding import fold

FILE = Path(__file__).parents[2] / "data" / "reuse" / "tinh_huong.toml"
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"))["tinh_huong"]
PEOPLE = {
    "hoa": "003195500150",
    "nam": "003090123456",
    "tre_em": "003212000007",
    "cmnd": "012345678",
    "nuoc_ngoai": "C1234567",
    "cong_ty": "0100109106",
}


def paper_of(giay: Any, row: dict[str, Any]) -> Any:
    values = {name: value for name, value in row.items() if name != "kho"}
    if "cua" in values:
        values["cua"] = PEOPLE.get(values["cua"])
    if values.get("cap") == "":
        values["cap"] = None
    if "ban" in values:
        values["ban"] = CopyKind(values["ban"])
    return giay(**values)


@pytest.mark.parametrize("case", CASES, ids=[fold(case["ten"]).replace(" ", "_") for case in CASES])
def test_tinh_huong(case: dict[str, Any], mo_kho: Any, giay: Any, gon: Any, answers: Any) -> None:
    kho = mo_kho(
        nguoi=PEOPLE[case.get("nguoi", "hoa")],
        csdl=answers(**case.get("csdl", {})),
        noi=frozenset(DataSource(each) for each in case.get("noi", list(DataSource))),
        dong_y=tuple(Purpose(each) for each in case.get("dong_y", ["luu_kho", "tai_su_dung"])),
    )
    for row in case.get("giay", []):
        kho.co(paper_of(giay, row), PEOPLE.get(row.get("kho", ""), ""))
    answer = kho.desk.explain(
        kho.so(), case["thu_tuc"], case.get("noi_tiep_nhan", "H29.119"), "Trần Thị Cán Bộ"
    )
    slot = next(each for each in answer.slots if each.rule.key == case["o"])
    assert gon(slot) == case["cho_doi"], slot.outcome.why.vi
    for sentence in (slot.outcome.why.vi, slot.outcome.why.en):
        assert sentence.endswith(".")
        assert "{" not in sentence


def test_there_are_at_least_sixty_cases_with_names_of_their_own() -> None:
    names = Counter(case["ten"] for case in CASES)
    assert len(CASES) >= 60
    assert max(names.values()) == 1
