from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dossiers.catalogue import Catalogue, load_catalogue, load_records
from dossiers.catalogue_check import FindingKind, check_records
from dossiers.catalogue_records import CatalogueRecords, CodeReplacement, DistrustedCode, Substitution
from dossiers.codes import AgencyCode
from dossiers.procedures import (
    Component,
    ComponentPolicy,
    DataSource,
    Evidence,
    FormRequired,
    Procedure,
    ProcessingTime,
    SourceKind,
)

LAW = Evidence(kind=SourceKind.LAW, citation="test")
MEMORY = Evidence(kind=SourceKind.MEMORY)
PAPER = Component(
    key="to_khai",
    name="Tờ khai",
    accepts=("ct01",),
    form=FormRequired.ORIGINAL,
    policy=ComponentPolicy.DIGITIZE,
    copies=1,
    condition="",
    replaced_by=(),
    replaced_by_result="",
    evidence=LAW,
)
TIME = ProcessingTime(text="3 ngày", working_days=3, longest_working_days=None, evidence=LAW)
SOUND = Procedure(
    number="1.000001",
    variant="",
    agency=None,
    effective_from=None,
    effective_to=None,
    name="Thủ tục",
    field="",
    level="",
    fee="",
    legal_basis=(),
    time=TIME,
    components=(PAPER,),
    components_are_complete=True,
    replaced_by=(),
    data_from=(),
    evidence=LAW,
    components_evidence=LAW,
)
NEW_YEAR = date(2026, 1, 1)


def _with_paper(**changes: object) -> Procedure:
    return replace(SOUND, components=(replace(PAPER, **changes),))


def _replacement(old: str, *new: str, agency: AgencyCode | None = None) -> CodeReplacement:
    return CodeReplacement(old=old, new=new, agency=agency, since=None, note="", evidence=LAW)


def _kinds(records: CatalogueRecords) -> set[FindingKind]:
    return {each.kind for each in check_records(records)}


def test_a_sound_catalogue_has_no_findings() -> None:
    assert check_records(CatalogueRecords(procedures=(SOUND,))) == ()


@pytest.mark.parametrize(
    ("procedure", "kind"),
    [
        (replace(SOUND, name=""), FindingKind.NAME_UNKNOWN),
        (replace(SOUND, components=()), FindingKind.COMPONENTS_UNKNOWN),
        (replace(SOUND, components_are_complete=False), FindingKind.COMPONENTS_INCOMPLETE),
        (_with_paper(evidence=MEMORY), FindingKind.COMPONENTS_UNVERIFIED),
        (replace(SOUND, time=replace(TIME, text="")), FindingKind.TIME_UNKNOWN),
        (replace(SOUND, time=replace(TIME, evidence=MEMORY)), FindingKind.TIME_UNVERIFIED),
        (replace(SOUND, time=replace(TIME, longest_working_days=2)), FindingKind.TIME_REVERSED),
        (
            replace(SOUND, effective_from=NEW_YEAR, effective_to=date(2025, 12, 31)),
            FindingKind.PERIOD_REVERSED,
        ),
        (replace(SOUND, components=(PAPER, PAPER)), FindingKind.COMPONENT_TWICE),
        (_with_paper(accepts=("giay_la",)), FindingKind.DOCUMENT_TYPE_UNKNOWN),
        (_with_paper(form=FormRequired.COPY), FindingKind.POLICY_AGAINST_FORM),
        (_with_paper(form=FormRequired.PRESENT), FindingKind.POLICY_AGAINST_FORM),
        (_with_paper(policy=ComponentPolicy.ALREADY_SHARED), FindingKind.SHARED_WITHOUT_SOURCE),
        (_with_paper(replaced_by_result="1.999999"), FindingKind.CODE_UNKNOWN),
    ],
)
def test_a_fault_of_one_procedure_is_named(procedure: Procedure, kind: FindingKind) -> None:
    assert _kinds(CatalogueRecords(procedures=(procedure,))) == {kind}


@pytest.mark.parametrize(
    ("first_ends", "second_begins", "overlaps"),
    [
        (date(2025, 12, 31), NEW_YEAR, False),
        (NEW_YEAR, NEW_YEAR, True),
        (None, NEW_YEAR, True),
        (date(2025, 12, 31), None, True),
        (None, None, True),
    ],
)
def test_periods_of_one_entry_may_not_overlap(
    first_ends: date | None, second_begins: date | None, overlaps: bool
) -> None:
    first, second = replace(SOUND, effective_to=first_ends), replace(SOUND, effective_from=second_begins)
    expected = {FindingKind.PERIODS_OVERLAP} if overlaps else set()

    assert _kinds(CatalogueRecords(procedures=(first, second))) == expected
    assert _kinds(CatalogueRecords(procedures=(second, first))) == expected


@pytest.mark.parametrize(
    "other",
    [
        replace(SOUND, variant="hải đảo"),
        replace(SOUND, agency=AgencyCode.parse("H05")),
        replace(SOUND, number="1.000002"),
    ],
)
def test_entries_of_other_variants_agencies_and_codes_do_not_overlap(other: Procedure) -> None:
    assert _kinds(CatalogueRecords(procedures=(SOUND, other))) == set()


def test_a_replacement_must_name_known_codes() -> None:
    closed = replace(SOUND, effective_to=NEW_YEAR)

    assert _kinds(
        CatalogueRecords(procedures=(closed,), replacements=(_replacement("1.000001", "1.000002"),))
    ) == {FindingKind.CODE_UNKNOWN}


def test_a_replaced_entry_that_is_still_open_is_a_gap() -> None:
    new = replace(SOUND, number="1.000002")
    here = CatalogueRecords(procedures=(SOUND, new), replacements=(_replacement("1.000001", "1.000002"),))
    elsewhere = CatalogueRecords(
        procedures=(SOUND, new),
        replacements=(_replacement("1.000001", "1.000002", agency=AgencyCode.parse("H05")),),
    )

    assert _kinds(here) == {FindingKind.REPLACED_STILL_OPEN}
    assert not any(each.is_contradiction for each in check_records(here))
    assert _kinds(elsewhere) == set()


def test_a_cycle_of_replacements_is_a_contradiction() -> None:
    closed = tuple(replace(SOUND, number=f"1.00000{n}", effective_to=NEW_YEAR) for n in (1, 2, 3))
    records = CatalogueRecords(
        procedures=closed,
        replacements=(
            _replacement("1.000001", "1.000002"),
            _replacement("1.000002", "1.000003"),
            _replacement("1.000003", "1.000002"),
        ),
    )
    found = check_records(records)

    assert [(each.kind, each.number) for each in found] == [
        (FindingKind.REPLACEMENT_CYCLE, "1.000002"),
        (FindingKind.REPLACEMENT_CYCLE, "1.000003"),
    ]
    assert all(each.is_contradiction for each in found)


@pytest.mark.parametrize(("claim", "is_distrusted"), [("thu tuc", True), ("", True), ("việc khác", False)])
def test_a_name_that_other_sources_contradict_is_noticed(claim: str, is_distrusted: bool) -> None:
    records = CatalogueRecords(
        procedures=(SOUND,), distrusted=(DistrustedCode(number="1.000001", claim=claim, reason="sai"),)
    )

    assert (_kinds(records) == {FindingKind.CLAIM_DISTRUSTED}) is is_distrusted


def test_a_rule_about_an_unknown_paper_is_a_contradiction() -> None:
    rule = Substitution(
        papers=("giay_la",),
        source=DataSource.LAND,
        effective_from=None,
        effective_to=None,
        legal_basis="test",
        note="",
    )

    assert _kinds(CatalogueRecords(substitutions=(rule,))) == {FindingKind.DOCUMENT_TYPE_UNKNOWN}


def test_the_shipped_catalogue_has_gaps_and_no_contradiction() -> None:
    found = load_catalogue().check()

    assert [each for each in found if each.is_contradiction] == []
    assert {each.number for each in found if each.kind is FindingKind.COMPONENTS_INCOMPLETE} == {
        "1.115468",
        "1.012786",
        "1.013225",
    }


def test_a_disproved_claim_would_be_noticed_in_the_shipped_catalogue() -> None:
    shipped = load_records()
    wrong = replace(Catalogue(shipped).get("1.004222", NEW_YEAR), number="2.000600")
    records = replace(shipped, procedures=(*shipped.procedures, wrong))

    assert FindingKind.CLAIM_DISTRUSTED in {each.kind for each in Catalogue(records).check()}
