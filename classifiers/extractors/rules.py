"""What a field is to the extractor: its labels, where its value stands, how the value is read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How the text of a value is read."""

    NAME = "name"
    DATE = "date"
    YEAR = "year"
    PERSONAL_NUMBER = "personal_number"
    DIGITS = "digits"
    AMOUNT = "amount"  # money in figures
    SEX = "sex"
    TEXT = "text"
    LONG_TEXT = "long_text"  # may go on in the next line
    ADDRESS = "address"  # a long text with commas
    SYMBOL = "symbol"  # a number with letters and signs but no spaces
    SERIAL = "serial"  # two letters and six or eight digits
    NUMERIC = "numeric"  # digits with a decimal sign
    CHOICE = "choice"  # which of ``Có`` and ``Không`` is ticked


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRule:
    """One field of a type.

    Attributes:
        name: field key.
        labels: printed labels, any of which leads to the value.
        kind: how the value is read.
        section: the part of the paper the label must stand in, empty: the part before all sections.
        is_below: whether the value may stand below its label where nothing stands beside it.
        column: heading of the table column the value stands in, empty: none.
        rank: which of several such values on the page is meant, from 1: the second owner has rank 2.
    """

    name: str
    labels: tuple[str, ...]
    kind: Kind
    section: str = ""
    is_below: bool = False
    rank: int = 1
    column: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a paper about one person or thing; it begins at any of its anchors."""

    name: str
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRule:
    """A ruled table whose rows are people or things.

    Attributes:
        name: what a row is; its values are named ``name[1].column``, ``name[2].column`` and so on.
        columns: name, headings (as labels) and kind of each column.
    """

    name: str
    columns: tuple[FieldRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeRules:
    """The fields of one type of paper.

    Attributes:
        type_ids: the types these rules serve.
        fields: in the order in which they are reported.
        stops: further labels of the paper, which end the value before them.
        sections: parts with labels of their own.
        tables: tables of the paper.
    """

    type_ids: tuple[str, ...]
    fields: tuple[FieldRule, ...]
    stops: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    tables: tuple[TableRule, ...] = ()
