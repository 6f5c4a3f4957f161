"""Declarations (tờ khai) filled in beforehand from what was confirmed.

Rules: only values that a clerk confirmed are used, and only of papers of this dossier; where two papers
disagree nothing is filled in and the disagreement is told. What the person declares beside that is handed in
as it was said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Final

from dossiers.agencies import AgencyDirectory
from dossiers.case_file import CaseFile
from dossiers.codes.personal_number import PersonalNumber
from dossiers.document import Document, DocumentState
from dossiers.errors import ConfigurationError, InputError, RecordError
from dossiers.form_template import FormTemplate, parse_template
from dossiers.local_time import day_in_vietnam
from dossiers.printed_form import FormFacts, PaperMark

#: The folder of the office's own declarations in the data folder.
FOLDER: Final = "declarations"
_SEXES: Final = {"Nữ": "female", "Nam": "male"}
_ROW: Final = re.compile(r"(?P<list>[a-z_]+)\.(?P<row>[0-9]{1,2})\.(?P<name>[a-z_]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmedValues:
    """What the confirmed papers of a dossier say.

    Attributes:
        values: by ``TYPE.NAME``, and by ``field.NAME`` where all papers agree.
        conflicts: names on which papers disagree.
    """

    values: Mapping[str, str]
    conflicts: tuple[str, ...]


def confirmed_values(documents: Sequence[Document]) -> ConfirmedValues:
    """Gathers the values of confirmed documents; a name with two values has none."""
    return _gathered(
        ((f"{document.type_id}.{name}", value), (f"field.{name}", value))
        for document in documents
        for name, value in _said_by(document)
    )


def values_by_sex(documents: Sequence[Document]) -> ConfirmedValues:
    """Gathers what papers of one person say under ``female.NAME`` and ``male.NAME``: of a couple, who is who.

    The sex is that which the paper prints, else that of its personal number; where neither is there, or they
    contradict each other, the paper says nothing here.
    """
    return _gathered(
        ((f"{sex}.{name}", value),)
        for document in documents
        if (sex := _sex_on(document))
        for name, value in _said_by(document)
    )


def _gathered(said: Iterable[Iterable[tuple[str, str]]]) -> ConfirmedValues:
    found: dict[str, set[str]] = {}
    for each in said:
        for name, value in each:
            found.setdefault(name, set()).add(value)
    agreed = {name: _shown(next(iter(values))) for name, values in found.items() if len(values) == 1}
    return ConfirmedValues(values=agreed, conflicts=tuple(sorted(set(found) - set(agreed))))


def _said_by(document: Document) -> Iterator[tuple[str, str]]:
    if document.state is DocumentState.CONFIRMED:
        yield from ((each.name, each.value) for each in document.fields if each.value)


def _sex_on(document: Document) -> str:
    said = dict(_said_by(document))
    printed = {said["sex"]} if "sex" in said else set()
    printed |= _sex_of_number(said.get("personal_number", ""))
    return _SEXES.get(next(iter(printed)), "") if len(printed) == 1 else ""


def _sex_of_number(text: str) -> set[str]:
    try:
        sex = PersonalNumber.parse(text).sex
    except InputError:
        return set()
    return {sex.value} if sex is not None else set()


def load_declaration(number: str, data_dir: Path | None) -> FormTemplate | None:
    """Reads the declaration of a procedure, the office's own first; ``None`` where there is none.

    Raises:
        ConfigurationError: BAD_FORM.
    """
    own = data_dir / FOLDER / f"{number}.toml" if data_dir is not None else None
    shipped = resources.files("dossiers").joinpath("data", FOLDER, f"{number}.toml")
    try:
        if own is not None and own.is_file():
            return parse_template(own.read_text("utf-8"), number)
        return parse_template(shipped.read_text("utf-8"), number) if shipped.is_file() else None
    except (OSError, UnicodeDecodeError) as cause:
        raise ConfigurationError(
            "BAD_FORM", vi="Mẫu in không hợp lệ.", en=f"the declaration {number} cannot be read"
        ) from cause


def declaration_facts(
    template: FormTemplate, file: CaseFile, agencies: AgencyDirectory, declared: Mapping[str, str]
) -> FormFacts:
    """The values of a declaration; what the person declared goes before what papers say."""
    present, places = file.case.parties.present, file.case.places
    day = day_in_vietnam(file.dossier.opened_at)
    case = {
        "dossier_code": file.dossier.code,
        "competent_name": agencies.on(places.competent_agency, day).name,
        "owner_name": file.case.parties.owner.name,
        "owner_identifier": file.case.parties.owner.identifier,
        "owner_address": file.case.parties.owner.address,
        "requester_name": present.name,
        "requester_identifier": present.identifier,
        "requester_address": present.address,
        "requester_phone": present.phone,
    }
    mark = PaperMark(
        dossier_code=file.dossier.code,
        procedure_code=file.dossier.procedure_code or "",
        owner_identifier=file.case.parties.owner.identifier,
        paper_name=template.name,
    )
    by_sex = values_by_sex(file.documents).values
    values = {**by_sex, **confirmed_values(file.documents).values, **case, **declared}
    return FormFacts(values=values, lists=_rows(declared), mark=mark)


def _rows(declared: Mapping[str, str]) -> dict[str, tuple[Mapping[str, str], ...]]:
    """Lists out of names such as ``members.1.name``, in the order of their numbers."""
    lists: dict[str, dict[int, dict[str, str]]] = {}
    for name, value in declared.items():
        if found := _ROW.fullmatch(name):
            rows = lists.setdefault(found["list"], {})
            rows.setdefault(int(found["row"]), {"number": found["row"]})[found["name"]] = value
    return {key: tuple(rows[number] for number in sorted(rows)) for key, rows in lists.items()}


def no_declaration(number: str) -> RecordError:
    """The error for a procedure without a declaration."""
    return RecordError(
        "NO_DECLARATION",
        vi=f"Chưa có mẫu tờ khai cho thủ tục {number}.",
        en=f"there is no declaration for procedure {number}",
        hint=f"put one into {FOLDER}/{number}.toml in the data folder",
    )


def _shown(value: str) -> str:
    """A normalised value as people write it: days turned round, the rest as it is."""
    try:
        return f"{date.fromisoformat(value):%d/%m/%Y}" if len(value) == 10 else value
    except ValueError:
        return value
