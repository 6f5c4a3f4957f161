from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dossiers.catalogue import Catalogue, load_catalogue
from dossiers.catalogue_records import CatalogueRecords, CodeReplacement
from dossiers.codes import AgencyCode, ProcedureCode
from dossiers.errors import InputError, RecordError
from dossiers.procedures import Evidence, Procedure, SourceKind

TODAY = date(2026, 10, 1)
BAC_NINH = AgencyCode.parse("H05")
BAC_NINH_WARD = AgencyCode.parse("H05.27")
HA_NOI = AgencyCode.parse("H26")
SOURCE = Evidence(kind=SourceKind.PRACTICE, citation="test")


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="module")
def pattern(shipped: Catalogue) -> Procedure:
    return shipped.get("1.001193", TODAY)


def _replaced(
    old: str, *new: str, since: date | None = None, agency: AgencyCode | None = None
) -> CodeReplacement:
    return CodeReplacement(old=old, new=new, agency=agency, since=since, note="", evidence=SOURCE)


@pytest.mark.parametrize(
    "text", ["1.001193", "1,001193", "1.001193.000.00.00.H29", "1.001193.01", "1.001193.H36", " 1.001193 "]
)
def test_a_procedure_is_found_by_every_way_of_writing_its_code(shipped: Catalogue, text: str) -> None:
    assert shipped.get(text, TODAY).name == "Đăng ký khai sinh"
    assert shipped.get(ProcedureCode.parse(text), TODAY).number == "1.001193"


def test_an_unknown_code_says_so(shipped: Catalogue) -> None:
    with pytest.raises(RecordError) as error:
        shipped.get("1.999999", TODAY)
    assert error.value.code == "PROCEDURE_UNKNOWN"
    assert "1.999999" in error.value.vi


def test_what_is_no_code_is_refused(shipped: Catalogue) -> None:
    with pytest.raises(InputError):
        shipped.get("khai sinh", TODAY)


def test_the_day_decides_which_entry_is_in_force(shipped: Catalogue) -> None:
    assert shipped.get("1.000894", date(2025, 12, 31)).effective_to == date(2025, 12, 31)
    assert shipped.get("1.000894", date(2026, 1, 1)).effective_from == date(2026, 1, 1)


def test_another_province_does_not_get_a_local_procedure(shipped: Catalogue) -> None:
    assert shipped.get("1.115468", TODAY, BAC_NINH).agency == BAC_NINH
    assert shipped.get("1.115468", TODAY, BAC_NINH_WARD).agency == BAC_NINH
    assert shipped.get("1.115468", TODAY).agency == BAC_NINH
    with pytest.raises(RecordError):
        shipped.get("1.115468", TODAY, HA_NOI)
    with pytest.raises(RecordError):
        shipped.get("1.115468.H26", TODAY)


def test_the_nearest_agency_wins_over_province_and_country(pattern: Procedure) -> None:
    province = replace(pattern, agency=BAC_NINH, name="province")
    ward = replace(pattern, agency=BAC_NINH_WARD, name="ward")
    catalogue = Catalogue(CatalogueRecords(procedures=(pattern, province, ward)))

    assert catalogue.get("1.001193", TODAY, BAC_NINH_WARD).name == "ward"
    assert catalogue.get("1.001193", TODAY, AgencyCode.parse("H05.28")).name == "province"
    assert catalogue.get("1.001193", TODAY, HA_NOI) == pattern
    assert catalogue.get("1.001193", TODAY) == pattern
    assert catalogue.get("1.001193.H05", TODAY).name == "province"


def test_several_variants_must_be_told_apart(pattern: Procedure) -> None:
    island = replace(pattern, variant="hải đảo")
    plain = replace(pattern, variant="đồng bằng")
    catalogue = Catalogue(CatalogueRecords(procedures=(island, plain)))

    assert catalogue.get("1.001193", TODAY, variant="hải đảo") == island
    assert catalogue.find("1.001193", TODAY) == (island, plain)
    with pytest.raises(RecordError) as error:
        catalogue.get("1.001193", TODAY)
    assert error.value.code == "PROCEDURE_AMBIGUOUS"
    assert "hải đảo" in error.value.hint


def test_without_a_variant_the_plain_entry_wins(pattern: Procedure) -> None:
    catalogue = Catalogue(CatalogueRecords(procedures=(replace(pattern, variant="hải đảo"), pattern)))

    assert catalogue.get("1.001193", TODAY) == pattern


def test_replaced_codes_resolve_both_ways(shipped: Catalogue) -> None:
    assert shipped.successors("1.013949") == ("1.115438", "1.115428")
    assert shipped.predecessors("1.115428") == ("1.013949",)
    assert shipped.predecessors("3.000722") == ("2.000986", "2.001023")
    assert shipped.successors("1.115438") == ("1.115438",)
    assert shipped.predecessors("1.001193") == ()


def test_a_replacement_counts_from_its_day_and_in_its_province(shipped: Catalogue) -> None:
    assert shipped.successors("1.013978", on=date(2026, 8, 3)) == ("1.013978",)
    assert shipped.successors("1.013978", on=date(2026, 8, 4)) == ("1.115443",)
    assert shipped.successors("1.013978", agency=HA_NOI) == ("1.013978",)
    assert shipped.successors("1.013978", agency=BAC_NINH_WARD) == ("1.115443",)


def test_chains_of_replacements_are_followed_to_their_ends() -> None:
    catalogue = Catalogue(
        CatalogueRecords(
            replacements=(
                _replaced("1.000001", "1.000002"),
                _replaced("1.000002", "1.000003", "1.000004"),
                _replaced("1.000004", "1.000005"),
            )
        )
    )

    assert catalogue.successors("1.000001") == ("1.000003", "1.000005")
    assert catalogue.predecessors("1.000005") == ("1.000004", "1.000002", "1.000001")
    assert catalogue.related("1.000004") == ("1.000004", "1.000005", "1.000002", "1.000001")


def test_a_cycle_of_replacements_ends() -> None:
    catalogue = Catalogue(
        CatalogueRecords(replacements=(_replaced("1.000001", "1.000002"), _replaced("1.000002", "1.000001")))
    )

    assert catalogue.successors("1.000001") == ("1.000001",)
    assert set(catalogue.related("1.000001")) == {"1.000001", "1.000002"}


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("khai sinh", "1.001193"),
        ("KHAI SINH", "1.001193"),
        ("khai sính", "1.001193"),
        ("đăng ký lại khai sinh", "1.004884"),
        ("dang ky ket hon", "1.000894"),
        ("đăng kí thường trú", ""),
        ("thường trú", "1.004222"),
        ("tam tru", "1.004194"),
        ("ban sao so goc", "2.000908"),
        ("chứng thực chữ ký", "2.000884"),
        ("cấp đổi giấy chứng nhận", "1.012783"),
        ("ho kinh doanh", "1.001612"),
        ("ly lich tu phap", "2.000488"),
        ("1.004222", "1.004222"),
        ("1,004222", "1.004222"),
        ("1.0042", "1.004222"),
        ("gia han", "1.013227"),
    ],
)
def test_search_takes_words_with_or_without_tones_and_codes(
    shipped: Catalogue, words: str, first: str
) -> None:
    found = shipped.search(words, on=TODAY)

    assert (found[0].number if found else "") == first


def test_a_search_with_the_right_tones_is_better(pattern: Procedure) -> None:
    plain, toned = replace(pattern, number="1.000001", name="hoa"), replace(pattern, name="hòa giải")
    catalogue = Catalogue(CatalogueRecords(procedures=(plain, toned)))

    assert [each.name for each in catalogue.search("hoà")] == ["hòa giải", "hoa"]
    assert [each.name for each in catalogue.search("hoa")] == ["hoa", "hòa giải"]


def test_a_search_by_code_shows_what_replaced_it(shipped: Catalogue) -> None:
    assert [each.number for each in shipped.search("1.013949")] == ["1.013949", "1.115438", "1.115428"]


def test_a_search_on_a_day_leaves_out_what_is_not_in_force(shipped: Catalogue) -> None:
    assert len(shipped.search("ket hon")) == len(shipped.search("ket hon", on=TODAY)) + 1


def test_a_search_for_nothing_is_refused(shipped: Catalogue) -> None:
    with pytest.raises(InputError) as refusal:
        shipped.search("  ")
    assert refusal.value.code == "BAD_QUERY"


def test_a_search_for_unknown_words_finds_nothing(shipped: Catalogue) -> None:
    assert shipped.search("giấy phép tàu vũ trụ") == ()
    assert shipped.search("\u200b") == ()


def test_data_stand_in_for_papers_while_the_rule_lasts(shipped: Catalogue) -> None:
    (rule,) = shipped.substitutions("gcn_ket_hon", TODAY)

    assert rule.source == "ho_tich"
    assert shipped.substitutions("gcn_ket_hon", date(2025, 12, 31)) == ()
    assert shipped.substitutions("gcn_ket_hon", date(2026, 1, 1)) == (rule,)
    assert shipped.substitutions("gcn_ket_hon", date(2027, 2, 28)) == (rule,)
    assert shipped.substitutions("gcn_ket_hon", date(2027, 3, 1)) == ()
    assert shipped.substitutions("don_dang_ky_bien_dong", TODAY) == ()


def test_loading_twice_gives_the_same_entries() -> None:
    assert load_catalogue().procedures == load_catalogue().procedures
