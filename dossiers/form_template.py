"""Printed forms as templates: blocks of text with named places, which an office may edit.

Rule: a place is ``{name}``, or ``{name|other}`` for the first that has a value; what stands in it is data and
never read as a template, a format or markup. Which names there are is said in ``dossiers.form_facts``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from pathlib import Path
from typing import Final

from dossiers.catalogue_table import CatalogueTable
from dossiers.errors import ConfigurationError
from dossiers.evidence_table import evidence_in
from dossiers.procedures import Evidence

#: The folder of the office's own templates in the data folder.
FOLDER: Final = "forms"
#: What is printed where a value is not known: dots to write on.
DOTS: Final = "." * 24
#: A row of boxes is no longer than this.
_MOST_BOXES: Final = 24
_PLACE: Final = re.compile(r"\{([^{}]*)\}")


class FormId(StrEnum):
    """The forms that Sohoa prints."""

    RECEIPT = "receipt"
    SUPPLEMENT_REQUEST = "supplement_request"
    REFUSAL = "refusal"
    APOLOGY = "apology"
    STOP_NOTICE = "stop_notice"
    CONTROL_SLIP = "control_slip"
    REGISTER = "register"
    POSTAL_LABEL = "postal_label"


class Paper(StrEnum):
    """Sizes of paper; those of the forms are A5, that of the register A4 (Thông tư 01/2018/TT-VPCP)."""

    A4_LANDSCAPE = "A4_LANDSCAPE"
    A4 = "A4"
    A5 = "A5"
    A6_LANDSCAPE = "A6_LANDSCAPE"


class BlockKind(StrEnum):
    """What a block is."""

    TITLE = "title"
    CENTRED = "centred"
    TEXT = "text"
    TABLE = "table"
    BOXES = "boxes"
    SIGNATURES = "signatures"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table: its heading, the value of each row, its share of the width."""

    heading: str
    value: str
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of a form.

    Attributes:
        kind: what it is.
        text: with places; of signatures the heading over the left one, empty for none; of boxes the label.
        right: of signatures the heading over the right one.
        note: under the headings of signatures, or under a title; with places.
        is_bold: for texts.
        is_italic: for texts.
        unless_empty: name of a place; the block is left out where that has no value. Empty: always printed.
        rows: of a table, the name of the list that fills it.
        columns: of a table; of signatures those side by side, in place of ``text`` and ``right``: the heading
            of each over its value as note.
        value: of boxes, what is written into them, one letter a box; with places.
        boxes: of boxes, how many; a value that is longer is written behind the label instead.
        blank_rows: of a table, how many rows at least, for writing by hand.
    """

    kind: BlockKind
    text: str = ""
    right: str = ""
    note: str = ""
    is_bold: bool = False
    is_italic: bool = False
    unless_empty: str = ""
    rows: str = ""
    columns: tuple[Column, ...] = ()
    value: str = ""
    boxes: int = 0
    blank_rows: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTemplate:
    """One form.

    Attributes:
        form_id: which one: a ``FormId``, or the number of the procedure whose declaration it is.
        name: name of the paper in Vietnamese; also goes into its QR code.
        number: its statutory number, for example ``Mẫu số 01``; may be empty.
        paper: size.
        has_heading: whether agency and national heading stand on top.
        points: size of the text, 6 to 16 points.
        blocks: from top to bottom.
        title_evidence: how we know that there is such a form.
        wording_evidence: how we know its words.
    """

    form_id: str
    name: str
    number: str
    paper: Paper
    has_heading: bool
    points: int
    blocks: tuple[Block, ...]
    title_evidence: Evidence
    wording_evidence: Evidence


def load_template(form_id: FormId, data_dir: Path | None) -> FormTemplate:
    """Reads the office's template, or the one that ships with Sohoa.

    Raises:
        ConfigurationError: BAD_FORM.
    """
    own = data_dir / FOLDER / f"{form_id}.toml" if data_dir is not None else None
    try:
        if own is not None and own.is_file():
            return parse_template(own.read_text("utf-8"), form_id)
    except (OSError, UnicodeDecodeError) as cause:
        raise _bad_form(form_id, "cannot be read") from cause
    return parse_template(shipped_template(form_id), form_id)


def shipped_template(form_id: FormId) -> str:
    """The text of the template that ships with Sohoa."""
    return resources.files("dossiers").joinpath("data", "forms", f"{form_id}.toml").read_text("utf-8")


def parse_template(text: str, form_id: str) -> FormTemplate:
    """Reads the text of a template.

    Raises:
        ConfigurationError: BAD_FORM with the place.
    """
    top = CatalogueTable.parse(text, form_id, _bad_form)
    template = FormTemplate(
        form_id=form_id,
        name=top.text("name"),
        number=top.text("number", ""),
        paper=top.choice("paper", Paper) or Paper.A5,
        has_heading=top.flag("heading", default=True),
        points=top.number("points") or 10,
        blocks=tuple(_block(each) for each in top.tables("block")),
        title_evidence=evidence_in(top, "title_evidence"),
        wording_evidence=evidence_in(top, "wording_evidence"),
    )
    if not 6 <= template.points <= 16:
        raise top.bad("points is 6 to 16")
    top.close()
    return template


def check_places(template: FormTemplate, names: Collection[str], lists: Mapping[str, Sequence[str]]) -> None:
    """Refuses a template that names places that are never filled.

    Args:
        template: the template.
        names: places of single values.
        lists: lists of rows with the places of each.

    Raises:
        ConfigurationError: BAD_FORM with the place.
    """
    for block in template.blocks:
        asked = {*places_in(block.text), *places_in(block.right), *places_in(block.note)}
        asked |= set(places_in(block.value))
        asked |= {block.unless_empty} - {""} - set(lists)
        if unknown := asked - set(names):
            raise _bad_form(template.form_id, f"no such place: {', '.join(sorted(unknown))}")
        if block.kind is BlockKind.TABLE:
            if block.rows not in lists:
                raise _bad_form(template.form_id, f"no such list: {block.rows}")
            known = set(lists[block.rows])
            if unknown := {place for each in block.columns for place in places_in(each.value)} - known:
                raise _bad_form(template.form_id, f"no such place in {block.rows}: {', '.join(unknown)}")


def places_in(text: str) -> tuple[str, ...]:
    """Names of the places in a text, in order, those of alternatives too."""
    return tuple(name for found in _PLACE.findall(text) for name in found.split("|"))


def fill(text: str, values: Mapping[str, str], *, empty: str = DOTS) -> str:
    """Puts values into the places of a text; ``empty`` where there is none. Values are not read again."""

    def value_of(found: re.Match[str]) -> str:
        known = (values.get(name, "") for name in found[1].split("|"))
        return next((value for value in known if value), empty)

    return _PLACE.sub(value_of, text)


def _block(table: CatalogueTable) -> Block:
    kind = table.choice("kind", BlockKind)
    if kind is None:
        raise table.bad("kind is missing")
    block = Block(
        kind=kind,
        text=table.text("text", ""),
        right=table.text("right", ""),
        note=table.text("note", ""),
        is_bold=table.flag("bold", default=False),
        is_italic=table.flag("italic", default=False),
        unless_empty=table.text("unless_empty", ""),
        rows=table.text("rows", ""),
        columns=tuple(_column(each) for each in table.tables("columns")),
        value=table.text("value", ""),
        boxes=table.number("boxes") or 0,
        blank_rows=table.number("blank_rows") or 0,
    )
    if kind is not BlockKind.SIGNATURES and (kind is BlockKind.TABLE) != bool(block.columns):
        raise table.bad("a table, and beside it only signatures, has columns")
    if (kind is BlockKind.BOXES) != (0 < block.boxes <= _MOST_BOXES):
        raise table.bad(f"boxes, and nothing else, are 1 to {_MOST_BOXES}")
    table.close()
    return block


def _column(table: CatalogueTable) -> Column:
    column = Column(
        heading=table.text("heading"), value=table.text("value"), share=table.number("share") or 1
    )
    table.close()
    return column


def _bad_form(where: str, what: str) -> ConfigurationError:
    return ConfigurationError(
        "BAD_FORM",
        vi="Mẫu in không hợp lệ.",
        en=f"the template of a form cannot be used: {where}: {what}",
        hint="correct the file in the folder forms of the data folder, or remove it",
    )
