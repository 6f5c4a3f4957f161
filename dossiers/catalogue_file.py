"""Catalogue files: TOML in, records out; nothing is guessed and no key is skipped."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import Final

from dossiers.catalogue_records import CatalogueRecords, CodeReplacement, DistrustedCode, Substitution
from dossiers.catalogue_table import CatalogueTable, bad_catalogue
from dossiers.codes.agency_code import AgencyCode
from dossiers.codes.personal_number import Sex
from dossiers.codes.procedure_code import ProcedureCode
from dossiers.errors import InputError
from dossiers.evidence_table import evidence_in, evidence_of
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

_FROM_MEMORY: Final = Evidence(kind=SourceKind.MEMORY)

#: What is done with a paper where the file does not say (Thông tư 01/2023/TT-VPCP): copies and presented
#: papers are not digitized.
_POLICY_BY_FORM: Final = {
    FormRequired.ORIGINAL: ComponentPolicy.DIGITIZE,
    FormRequired.COPY: ComponentPolicy.CAPTURE_ONLY,
    FormRequired.PRESENT: ComponentPolicy.PRESENT_ONLY,
}


def parse_catalogue(text: str) -> CatalogueRecords:
    """Reads the text of a catalogue file.

    Raises:
        ConfigurationError: BAD_CATALOGUE with the place; for broken TOML, wrong types, unknown keys and
            malformed codes. Contradictions between records are found by ``Catalogue.check``.
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as cause:
        raise bad_catalogue("catalogue", f"no TOML: {cause}") from cause
    return read_catalogue(values)


def read_catalogue(values: object) -> CatalogueRecords:
    """Reads a catalogue out of plain values, shaped as a catalogue file and with real dates.

    Raises:
        ConfigurationError: BAD_CATALOGUE with the place.
    """
    top = CatalogueTable(values, "catalogue")
    records = CatalogueRecords(
        procedures=tuple(
            procedure
            for key, read in (("procedure", _procedure), ("code", _bare_code), ("code_list", _code_list))
            for table in top.tables(key)
            for procedure in read(table)
        ),
        replacements=tuple(_replacement(table) for table in top.tables("replacement")),
        distrusted=tuple(each for table in top.tables("distrusted") for each in _distrusted(table)),
        substitutions=tuple(_substitution(table) for table in top.tables("substitution")),
    )
    top.close()
    return records


def _procedure(table: CatalogueTable) -> tuple[Procedure, ...]:
    components_evidence = evidence_in(table, "components_evidence")
    procedure = Procedure(
        number=_number(table, table.text("code")),
        variant=table.text("variant", ""),
        agency=_agency(table),
        effective_from=table.day("effective_from"),
        effective_to=table.day("effective_to"),
        name=table.text("name"),
        field=table.text("field", ""),
        level=table.text("level", ""),
        fee=table.text("fee", ""),
        legal_basis=table.texts("legal_basis"),
        time=_time(table.table("time")),
        components=tuple(_component(each, components_evidence) for each in table.tables("components")),
        components_are_complete=table.flag("components_are_complete", default=True),
        replaced_by=table.choices("replaced_by", DataSource),
        data_from=table.choices("data_from", DataSource),
        evidence=evidence_in(table, "evidence"),
        components_evidence=components_evidence,
        is_non_geographic=table.maybe_flag("non_geographic"),
    )
    table.close()
    return (procedure,)


def _bare_code(table: CatalogueTable) -> tuple[Procedure, ...]:
    number = _number(table, table.text("code"))
    bare = _bare(number, table, name=table.text("name"))
    table.close()
    return (bare,)


def _code_list(table: CatalogueTable) -> tuple[Procedure, ...]:
    numbers = tuple(_number(table, each) for each in table.texts("codes"))
    pattern = _bare("", table, name="")
    table.close()
    return tuple(replace(pattern, number=number) for number in numbers)


def _bare(number: str, table: CatalogueTable, *, name: str) -> Procedure:
    return Procedure(
        number=number,
        variant="",
        agency=_agency(table),
        effective_from=None,
        effective_to=None,
        name=name,
        field=table.text("field", ""),
        level="",
        fee="",
        legal_basis=(),
        time=_time(None),
        components=(),
        components_are_complete=False,
        replaced_by=(),
        data_from=(),
        evidence=evidence_in(table, "evidence"),
        components_evidence=_FROM_MEMORY,
    )


def _component(table: CatalogueTable, default_evidence: Evidence) -> Component:
    form = table.choice("form", FormRequired)
    by_form = _POLICY_BY_FORM[form] if form else ComponentPolicy.DIGITIZE
    result = table.text("replaced_by_result", "")
    evidence = table.table("evidence")
    component = Component(
        key=table.text("key"),
        name=table.text("name"),
        accepts=table.texts("accepts"),
        form=form,
        policy=table.choice("policy", ComponentPolicy) or by_form,
        copies=table.number("copies"),
        condition=table.text("condition", ""),
        replaced_by=table.choices("replaced_by", DataSource),
        replaced_by_result=_number(table, result) if result else "",
        evidence=evidence_of(evidence) if evidence else default_evidence,
        code=table.text("code", ""),
        holder_sex=sex.value if (sex := table.choice("holder_sex", Sex)) else "",
    )
    table.close()
    return component


def _time(table: CatalogueTable | None) -> ProcessingTime:
    if table is None:
        return ProcessingTime(text="", working_days=None, longest_working_days=None, evidence=_FROM_MEMORY)
    time = ProcessingTime(
        text=table.text("text"),
        working_days=table.number("working_days"),
        longest_working_days=table.number("longest_working_days"),
        evidence=evidence_in(table, "evidence"),
    )
    table.close()
    return time


def _replacement(table: CatalogueTable) -> CodeReplacement:
    replacement = CodeReplacement(
        old=_number(table, table.text("old")),
        new=tuple(_number(table, each) for each in table.texts("new")),
        agency=_agency(table),
        since=table.day("since"),
        note=table.text("note", ""),
        evidence=evidence_in(table, "evidence"),
    )
    table.close()
    return replacement


def _distrusted(table: CatalogueTable) -> tuple[DistrustedCode, ...]:
    numbers = tuple(_number(table, each) for each in table.texts("codes"))
    claim, reason = table.text("claim"), table.text("reason")
    table.close()
    return tuple(DistrustedCode(number=number, claim=claim, reason=reason) for number in numbers)


def _substitution(table: CatalogueTable) -> Substitution:
    source = table.choice("source", DataSource)
    if source is None:
        raise bad_catalogue(table.where, "source is missing")
    substitution = Substitution(
        papers=table.texts("papers"),
        source=source,
        effective_from=table.day("effective_from"),
        effective_to=table.day("effective_to"),
        legal_basis=table.text("legal_basis"),
        note=table.text("note", ""),
    )
    table.close()
    return substitution


def _number(table: CatalogueTable, text: str) -> str:
    try:
        code = ProcedureCode.parse(text)
    except InputError as cause:
        raise bad_catalogue(table.where, f"{text} is no procedure code") from cause
    if code.number != text:
        raise bad_catalogue(table.where, f"{text} must be written {code.number}")
    return code.number


def _agency(table: CatalogueTable) -> AgencyCode | None:
    text = table.text("agency", "")
    try:
        return AgencyCode.parse(text) if text else None
    except InputError as cause:
        raise bad_catalogue(table.where, f"{text} is no agency identifier") from cause
