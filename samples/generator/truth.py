"""The exact answer to every page of a dossier, as plain values for ``truth.json``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NotRequired, TypedDict

from samples.generator.canvas import Canvas, PrintedCell, PrintedField
from samples.generator.plan import DossierPlan
from samples.generator.scanner import Quad, Scan


class LineTruth(TypedDict):
    """A printed line and its corners in the received image."""

    text: str
    quad: Quad
    handwritten: bool


class FieldTruth(TypedDict):
    """A field value: normalised, as printed, where."""

    name: str
    value: str
    raw: str
    quad: Quad


class CellTruth(TypedDict):
    """A cell of a ruled table: place from 0, text (empty: nothing printed), corners of its lines."""

    row: int
    column: int
    text: str
    quad: Quad


class TableTruth(TypedDict):
    """A ruled table, cells row by row."""

    rows: int
    columns: int
    cells: list[CellTruth]


class MarkTruth(TypedDict):
    """Evidence on the paper: kind, what it says (may be empty), corners of its ink."""

    kind: str
    text: str
    quad: Quad


class PageTruth(TypedDict):
    """Everything about one received page; ``tables`` only where there are any.

    The committed set was written before ``marks``, ``handwritten_fields`` and ``empty_fields`` were known.
    """

    n: int
    file: str
    index: int
    document: int
    type_id: str
    is_first_page: bool
    blank: bool
    rotation: int
    skew_degrees: float
    dpi: int
    mode: str
    degradations: list[str]
    width: int
    height: int
    text: str
    seal_text: list[str]
    lines: list[LineTruth]
    fields: list[FieldTruth]
    codes: list[dict[str, str]]
    tables: NotRequired[list[TableTruth]]
    marks: NotRequired[list[MarkTruth]]
    handwritten_fields: NotRequired[list[FieldTruth]]
    empty_fields: NotRequired[list[str]]


class DocumentTruth(TypedDict):
    """One document: its pages in order and the values it states; ``surplus`` only in mixed stacks."""

    id: int
    type_id: str
    pages: list[int]
    copy_kind: str
    fields: dict[str, str]
    surplus: NotRequired[bool]


class DossierTruth(TypedDict):
    """A whole dossier."""

    dossier: str
    procedure: str | None
    citizen: str
    split: str
    seed: int
    fonts: list[str]
    documents: list[DocumentTruth]
    pages: list[PageTruth]


@dataclass(slots=True, kw_only=True)
class Received:
    """One received page on its way into a file."""

    scan: Scan
    canvas: Canvas | None
    type_id: str
    document: int
    is_first_page: bool
    file: str = ""
    index: int = 0
    extra_lines: list[LineTruth] = field(default_factory=list)


#: Printed lines that mark a copy.
_COPY_WORDS: Final = {"(BẢN SAO)": "ban_sao", "BẢN SAO": "ban_sao", "SAO Y": "sao_y", "SAO LỤC": "sao_y"}


def page_truth(number: int, page: Received, *, has_evidence: bool = True) -> PageTruth:
    """The truth of one page; a blank back has no canvas.

    Args:
        has_evidence: whether marks, handwriting and empty fields are listed.
    """
    scan, canvas = page.scan, page.canvas
    lines = list(page.extra_lines)
    fields: list[FieldTruth] = []
    if canvas is not None:
        lines += [
            {"text": line.text, "quad": scan.quad(line.area), "handwritten": False} for line in canvas.lines
        ]
        fields = [_field_truth(each, scan) for each in canvas.fields]
    truth: PageTruth = {
        "n": number,
        "file": page.file,
        "index": page.index,
        "document": page.document,
        "type_id": page.type_id,
        "is_first_page": page.is_first_page,
        "blank": canvas is None,
        "rotation": scan.rotation,
        "skew_degrees": scan.skew,
        "dpi": scan.dpi,
        "mode": scan.mode,
        "degradations": list(scan.degradations),
        "width": scan.pixels.shape[1],
        "height": scan.pixels.shape[0],
        "text": "\n".join(line["text"] for line in lines),
        "seal_text": list(canvas.seal_text) if canvas is not None else [],
        "lines": lines,
        "fields": fields,
        "codes": [{"kind": kind, "payload": payload} for kind, payload in canvas.codes] if canvas else [],
    }
    if canvas is not None and canvas.tables:
        truth["tables"] = [_table_truth(cells, scan) for cells in canvas.tables]
    if has_evidence:
        _add_evidence(truth, page)
    return truth


def _add_evidence(truth: PageTruth, page: Received) -> None:
    canvas, scan = page.canvas, page.scan
    marks = [
        MarkTruth(kind=_COPY_WORDS[line["text"]], text=line["text"], quad=line["quad"])
        for line in truth["lines"]
        if line["text"] in _COPY_WORDS
    ]
    if page.extra_lines:
        block = [line["quad"] for line in page.extra_lines]
        words = " ".join(line["text"] for line in page.extra_lines)
        quad = [block[0][0], max(block, key=lambda each: each[1][0])[1]]
        quad += [[quad[1][0], block[-1][2][1]], block[-1][3]]
        marks.append(MarkTruth(kind="e_signature", text=words, quad=quad))
    if canvas is not None:
        marks += [
            MarkTruth(kind=mark.kind, text=mark.text, quad=scan.quad(mark.area)) for mark in canvas.marks
        ]
        truth["handwritten_fields"] = [_field_truth(each, scan) for each in canvas.handwritten]
        known = {each.name for each in (*canvas.fields, *canvas.handwritten)}
        truth["empty_fields"] = [name for name in dict.fromkeys(canvas.empty_fields) if name not in known]
    truth["marks"] = marks


def _field_truth(each: PrintedField, scan: Scan) -> FieldTruth:
    return {"name": each.name, "value": each.value, "raw": each.raw, "quad": scan.quad(each.area)}


def _table_truth(cells: Sequence[PrintedCell], scan: Scan) -> TableTruth:
    return {
        "rows": 1 + max(cell.row for cell in cells),
        "columns": 1 + max(cell.column for cell in cells),
        "cells": [
            {"row": cell.row, "column": cell.column, "text": cell.text, "quad": scan.quad(cell.area)}
            for cell in cells
        ],
    }


def dossier_truth(name: str, plan: DossierPlan, seed: int, pages: list[PageTruth]) -> DossierTruth:
    """The truth of a dossier out of its plan and its pages."""
    documents: list[DocumentTruth] = [
        {
            "id": number,
            "type_id": part.paper.type_id,
            "pages": [page["n"] for page in pages if page["document"] == number],
            "copy_kind": part.paper.copy_kind,
            "fields": part.paper.fields,
        }
        for number, part in enumerate(plan.parts, start=1)
    ]
    if any(part.is_surplus for part in plan.parts):
        for document, part in zip(documents, plan.parts, strict=True):
            document["surplus"] = part.is_surplus
    return {
        "dossier": name,
        "procedure": plan.procedure or None,
        "citizen": plan.citizen,
        "split": plan.scene.split,
        "seed": seed,
        "fonts": list(plan.scene.fonts.names),
        "documents": documents,
        "pages": pages,
    }
