"""Every row of the table of papers has a type, a rule that tells it, and pages that it was learned from."""

from __future__ import annotations

from collections import Counter

import pytest

from classifiers.rules.book import load_book
from classifiers.training.session import delivered_examples
from dossiers.document_types import DOCUMENT_TYPES

#: Types by row of the table; the last row, the certification of a copy, is a mark and no type.
ROWS = {
    1: ("cccd_front",), 2: ("cccd_back",), 3: ("can_cuoc_front",), 4: ("can_cuoc_back",), 5: ("cmnd",),
    6: ("ho_chieu",), 7: ("giay_khai_sinh",), 8: ("giay_khai_sinh_ban_sao",), 9: ("trich_luc_khai_sinh",),
    10: ("giay_chung_sinh",), 11: ("to_khai_khai_sinh",), 12: ("gcn_ket_hon",),
    13: ("xn_tinh_trang_hon_nhan",), 14: ("trich_luc_khai_tu",), 15: ("giay_bao_tu",), 16: ("so_ho_khau",),
    17: ("ct01",), 18: ("ct02", "ct03"), 19: ("ct07",), 20: ("gcn_qsdd",), 21: ("hop_dong_chuyen_quyen",),
    22: ("to_khai_le_phi_truoc_ba",), 23: ("to_khai_thue_dat",), 24: ("don_dang_ky_bien_dong",),
    25: ("gcn_dang_ky_doanh_nghiep",), 26: ("gcn_dang_ky_hkd",), 27: ("phieu_ly_lich_tu_phap",),
    28: ("bang_tot_nghiep", "hoc_ba"), 29: ("giay_uy_quyen",),
    30: ("giay_kham_suc_khoe", "giay_xn_khuyet_tat", "don_xac_dinh_khuyet_tat"), 31: ("giay_phep_lai_xe",),
    32: ("giay_phep_xay_dung",), 33: ("quyet_dinh", "cong_van", "van_ban_khac"),
}  # fmt: skip
TYPES = [type_id for types in ROWS.values() for type_id in types]
#: Told by the layout of the head, not by a title; told by its sister and the words of a copy.
WITHOUT_A_RULE_OF_ITS_OWN = {"cong_van", "giay_khai_sinh_ban_sao"}
#: Fewer pages teach nothing.
LEAST_PAGES = 4


def test_every_row_has_a_type() -> None:
    assert sorted(ROWS) == list(range(1, 34))
    assert set(TYPES) <= DOCUMENT_TYPES.keys()


def test_every_type_of_the_table_has_a_rule() -> None:
    assert set(TYPES) - WITHOUT_A_RULE_OF_ITS_OWN <= load_book().type_ids


@pytest.fixture(scope="module")
def pages() -> Counter[str]:
    return Counter(example.type_id for example in delivered_examples())


@pytest.mark.parametrize("type_id", [*TYPES, "unknown"])
def test_every_type_was_learned_from_pages(pages: Counter[str], type_id: str) -> None:
    assert pages[type_id] >= LEAST_PAGES
