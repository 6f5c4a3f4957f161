"""Which tables of the office's files have a form, and what its fields are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from dossiers.errors import InputCode, InputError


class FieldKind(StrEnum):
    """What a field takes."""

    TEXT = "text"
    AGENCY = "agency"
    PROFILE = "profile"
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableField:
    """One field: its key in the file, what it takes, whether it must be filled and has a note."""

    key: str
    kind: FieldKind = FieldKind.TEXT
    is_required: bool = False
    has_note: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TableForm:
    """The form of one kind of table.

    Attributes:
        name: of the table in its file.
        file: name of the file among the files of the office.
        back: page that lists the tables.
        fields: in the order of the form.
    """

    name: str
    file: str
    back: str
    fields: tuple[TableField, ...]

    def values(self, data: Mapping[str, str]) -> dict[str, str | date | None]:
        """What was typed, as the file takes it.

        Raises:
            InputError: BAD_VALUE, a day is none, or a field that must be filled is empty.
        """
        return {each.key: _value(each, " ".join(data.get(each.key, "").split())) for each in self.fields}


_SPAN: Final = (
    TableField(key="effective_from", kind=FieldKind.DAY),
    TableField(key="effective_to", kind=FieldKind.DAY),
)

#: Every form by its name.
FORMS: Final[Mapping[str, TableForm]] = MappingProxyType(
    {
        each.name: each
        for each in (
            TableForm(
                name="agency",
                file="agencies",
                back="/admin/branches",
                fields=(
                    TableField(key="code", kind=FieldKind.AGENCY, is_required=True, has_note=True),
                    TableField(key="name", is_required=True),
                    TableField(key="parent_name", has_note=True),
                    TableField(key="place", has_note=True),
                    TableField(key="address"),
                    TableField(key="phone"),
                    *_SPAN,
                ),
            ),
            TableForm(
                name="succession",
                file="agencies",
                back="/admin/branches",
                fields=(
                    TableField(key="old", kind=FieldKind.AGENCY, is_required=True),
                    TableField(key="new", kind=FieldKind.AGENCY, is_required=True),
                    TableField(key="since", kind=FieldKind.DAY),
                ),
            ),
            TableForm(
                name="signer",
                file="agencies",
                back="/admin/branches",
                fields=(
                    TableField(key="agency", kind=FieldKind.AGENCY, is_required=True),
                    TableField(key="name", is_required=True),
                    TableField(key="post", is_required=True),
                    *_SPAN,
                ),
            ),
            TableForm(
                name="counter",
                file="counters",
                back="/admin/counters",
                fields=(
                    TableField(key="agency", kind=FieldKind.AGENCY, is_required=True),
                    TableField(key="name", is_required=True, has_note=True),
                    TableField(key="scanner", has_note=True),
                    TableField(key="profile", kind=FieldKind.PROFILE, has_note=True),
                    *_SPAN,
                ),
            ),
        )
    }
)


def _value(field: TableField, text: str) -> str | date | None:
    if field.is_required and not text:
        raise InputError(InputCode.BAD_VALUE, f"{field.key} must be filled")
    if field.kind is not FieldKind.DAY:
        return text
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as cause:
        raise InputError(InputCode.BAD_VALUE, f"{field.key} is no day") from cause
