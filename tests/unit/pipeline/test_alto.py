"""ALTO of pages with tables, stamps and margins: valid, complete and in reading order."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from lxml import etree

from dossiers.reading import Box
from pipeline.alto import pages_to_alto
from pipeline.text import Block, BlockKind, Line, PageText, Table, TableCell, Word

_SCHEMAS: Final = Path(__file__).parents[2] / "data" / "alto"
_ALTO: Final = "{http://www.loc.gov/standards/alto/ns-v4#}"


def _block(text: str, top: int, kind: BlockKind = BlockKind.TEXT) -> Block:
    box = Box(left=10, top=top, right=90, bottom=top + 10)
    word = Word(text=text, box=box, confidence=0.9)
    return Block(lines=(Line(words=(word,), box=box),), box=box, kind=kind)


def _page() -> PageText:
    box = Box(left=5, top=15, right=95, bottom=60)
    cells = (
        TableCell(row=0, column=0, column_span=2, box=box, block=1),
        TableCell(row=1, column=0, box=box),
        TableCell(row=1, column=1, box=box, block=2),
    )
    return PageText(
        width=100, height=140, dpi=100.0,
        blocks=(
            _block("2", 0, BlockKind.MARGIN), _block("đầu", 20, BlockKind.TABLE_CELL),
            _block("ô", 40, BlockKind.TABLE_CELL), _block("SAO", 80, BlockKind.STAMP), _block("cuối", 100),
        ),
        tables=(Table(box=box, rows=2, columns=2, cells=cells),),
    )  # fmt: skip


def test_tables_stamps_and_margins_are_blocks_that_say_what_they_are() -> None:
    parsed = etree.fromstring(pages_to_alto([_page(), _page()], "hồ-sơ.pdf", "tesseract"))
    schema = etree.parse(_SCHEMAS / "alto-4-4.xsd")
    for imported in schema.iter("{http://www.w3.org/2001/XMLSchema}import"):
        imported.set("schemaLocation", str(_SCHEMAS / "xlink.xsd"))
    etree.XMLSchema(schema).assertValid(parsed)
    page = next(parsed.iter(f"{_ALTO}Page"))
    assert [each.get("TYPE") for each in page.iter(f"{_ALTO}ComposedBlock")] == [
        "margin",
        "table",
        "cell row=1 column=1 row-span=1 column-span=2",
        "cell row=2 column=1 row-span=1 column-span=1",
        "cell row=2 column=2 row-span=1 column-span=1",
        "stamp",
    ]
    assert [each.get("CONTENT") for each in page.iter(f"{_ALTO}String")] == ["2", "đầu", "ô", "SAO", "cuối"]
