"""The pages of a run: listed development pages with truth, and generated dossiers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.listed_pages import ListedPage, load_listed
from benchmarks.page_case import PageCase, load_dossiers
from benchmarks.reading.printed_line import PrintedLine, Row

if TYPE_CHECKING:
    from samples.generator.truth import LineTruth

#: Group of generated pages that came upright, and of those that came turned.
GENERATED: Final = "generated"
TURNED: Final = "generated, turned"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingPage:
    """One page with its printed lines.

    Attributes:
        group: what figures are summed over.
        case: what every system is given.
        lines: printed lines in reading order, handwriting left out.
        tables: rows of ruled tables where the truth tells them; else rows are found by the places of lines.
    """

    group: str
    case: PageCase
    lines: tuple[PrintedLine, ...]
    tables: tuple[Row, ...] = ()


def load_pages(listed: Path | None, generated: Sequence[Path], pattern: str = "*") -> list[ReadingPage]:
    """Returns all pages that hold print.

    Args:
        listed: folder with ``manifest.csv``.
        generated: folders of dossiers with ``truth.json``.
        pattern: names of pages, shell style; a part of the name is enough.
    """
    found = [_listed(page) for page in load_listed(listed)] if listed else []
    found += [page for folder in generated for page in _generated(folder)]
    return [page for page in found if fnmatch(page.case.name, f"*{pattern}*")]


def _listed(page: ListedPage) -> ReadingPage:
    lines = page.case.truth["lines"]
    return ReadingPage(
        group=page.group, case=page.case, lines=tuple(_line(line, page.has_places) for line in lines)
    )


def _generated(folder: Path) -> Iterator[ReadingPage]:
    """Pictures only: Tesseract reads no PDF, and a PDF with text of its own needs no reading."""
    for dossier in load_dossiers(folder):
        for case in dossier.pages:
            if case.printed and case.suffix != ".pdf":
                lines = tuple(_line(line, True) for line in case.truth["lines"] if not line["handwritten"])
                group = TURNED if case.truth["rotation"] else GENERATED
                yield ReadingPage(group=group, case=case, lines=lines, tables=_rows(case))


def _rows(case: PageCase) -> tuple[Row, ...]:
    """Rows of two printed cells and more; empty cells are not asked for."""
    rows: dict[tuple[int, int], list[str]] = {}
    for number, table in enumerate(case.truth.get("tables", ())):
        for cell in sorted(table["cells"], key=lambda cell: (cell["row"], cell["column"])):
            if cell["text"].strip():
                rows.setdefault((number, cell["row"]), []).append(cell["text"])
    return tuple(Row(cells=tuple(cells), is_table=True) for cells in rows.values() if len(cells) > 1)


def _line(line: LineTruth, is_placed: bool) -> PrintedLine:
    corners = tuple((float(x), float(y)) for x, y in line["quad"]) if is_placed else ()
    return PrintedLine(text=line["text"], corners=corners)
