from __future__ import annotations

from datetime import date

import pytest

from dossiers.catalogue import Catalogue, load_catalogue
from dossiers.document_types import DOCUMENT_TYPES
from dossiers.procedures import ComponentPolicy, DataSource, FormRequired, SourceKind

TODAY = date(2026, 10, 1)

#: The procedures whose papers are described.
DESCRIBED = [
    "1.001193",
    "3.000722",
    "1.004884",
    "1.000689",
    "1.000894",
    "1.000656",
    "2.000635",
    "1.004873",
    "1.004859",
    "1.001022",
    "2.000815",
    "2.000884",
    "2.001035",
    "2.000908",
    "1.004222",
    "1.004194",
    "1.010041",
    "1.115468",
    "1.012783",
    "1.012786",
    "1.012784",
    "1.001612",
    "2.000488",
    "1.001776",
    "1.001731",
    "1.013225",
]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.mark.parametrize("code", DESCRIBED)
def test_each_described_procedure_has_a_name_papers_and_sources(catalogue: Catalogue, code: str) -> None:
    procedure = catalogue.get(code, TODAY)

    assert procedure.name
    assert procedure.evidence.is_verified
    assert procedure.main_components
    assert all(each.evidence.citation for each in procedure.components if each.evidence.is_verified)


def test_26_procedures_are_described(catalogue: Catalogue) -> None:
    described = {each.number for each in catalogue.procedures if each.components}
    assert described == set(DESCRIBED)
    assert len(described) == 26


def test_every_known_code_is_there_even_without_a_name(catalogue: Catalogue) -> None:
    nameless = {each.number for each in catalogue.procedures if not each.name}

    assert {"1.004772", "2.001406", "2.000720", "1.116214", "1.013236", "1.115447"} <= nameless
    assert catalogue.get("1.116410", TODAY).name == "Cấp căn cước"
    assert not catalogue.get("1.116410", TODAY).components


def test_unverified_papers_are_marked(catalogue: Catalogue) -> None:
    unverified = {
        each.number
        for each in catalogue.procedures
        if each.components and each.components_evidence.kind is SourceKind.MEMORY
    }
    assert unverified == {"1.004884", "1.000689", "1.004873", "1.013225"}

    relation = next(each for each in catalogue.get("1.000689", TODAY).components if each.key == "chung_cu")
    assert relation.evidence.is_verified


def test_birth_registration_asks_for_the_form_and_the_notice_of_birth(catalogue: Catalogue) -> None:
    rules = {each.key: each for each in catalogue.get("1.001193", TODAY).slot_rules}

    assert [key for key, rule in rules.items() if rule.is_required] == ["to_khai", "giay_chung_sinh"]
    assert rules["giay_chung_sinh"].accepts == ("giay_chung_sinh", "van_ban_lam_chung", "ban_cam_doan")
    assert rules["giay_to_tuy_than"].policy == "present_only"
    assert rules["ket_hon"].policy == "already_shared"


def test_main_components_come_before_conditional_ones(catalogue: Catalogue) -> None:
    for procedure in catalogue.procedures:
        main = len(procedure.main_components)
        assert [each.key for each in procedure.slot_rules[:main]] == [
            e.key for e in procedure.main_components
        ]
        assert len(procedure.slot_rules) == len(procedure.components)
        assert not any(rule.is_required for rule in procedure.slot_rules[main:])


def test_a_paper_of_any_kind_never_blocks_a_dossier(catalogue: Catalogue) -> None:
    copies = {each.key: each for each in catalogue.get("2.000815", TODAY).components}

    assert copies["ban_sao"].policy is ComponentPolicy.CAPTURE_ONLY
    assert not copies["ban_sao"].must_be_filled
    assert copies["ban_chinh"].form is FormRequired.PRESENT


def test_marriage_needed_a_status_paper_until_the_end_of_2025(catalogue: Catalogue) -> None:
    before = {each.key: each for each in catalogue.get("1.000894", date(2025, 12, 31)).components}
    after = {each.key: each for each in catalogue.get("1.000894", date(2026, 1, 1)).components}

    assert before["tinh_trang_hon_nhan"].must_be_filled
    assert not after["tinh_trang_hon_nhan"].must_be_filled
    assert after["tinh_trang_hon_nhan"].replaced_by == (DataSource.CIVIL_STATUS,)


def test_a_land_procedure_carries_its_provinces_component_codes(catalogue: Catalogue) -> None:
    procedure = catalogue.get("1.115468", TODAY)

    assert str(procedure.agency) == "H05"
    assert {each.code for each in procedure.components if each.code} == {
        "TP-H05.000026",
        "TP-H05.000040",
        "TP-H05.000069",
        "TP-H05.000079",
    }


def test_an_earlier_result_can_stand_in_for_a_paper(catalogue: Catalogue) -> None:
    disability = next(
        each for each in catalogue.get("1.001776", TODAY).components if each.key == "khuyet_tat"
    )

    assert disability.replaced_by == (DataSource.OFFICE_RESULTS,)
    assert disability.replaced_by_result == "1.001699"


def test_a_period_contains_both_its_days(catalogue: Catalogue) -> None:
    ended, begun = (each for each in catalogue.procedures if each.number == "1.000894")

    assert ended.is_in_force(date(1990, 1, 1))
    assert ended.is_in_force(date(2025, 12, 31))
    assert not ended.is_in_force(date(2026, 1, 1))
    assert begun.is_in_force(date(2026, 1, 1))
    assert not begun.is_in_force(date(2025, 12, 31))


def test_each_entry_has_its_own_key(catalogue: Catalogue) -> None:
    assert len({each.key for each in catalogue.procedures}) == len(catalogue.procedures)


def test_document_types_have_two_names_and_ascii_ids() -> None:
    for type_id, each in DOCUMENT_TYPES.items():
        assert type_id == each.type_id
        assert type_id.isascii()
        assert each.vi
        assert each.en
        assert not each.joins or each.joins in DOCUMENT_TYPES
