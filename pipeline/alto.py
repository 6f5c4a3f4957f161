"""The text of a page with its places as ALTO v4 XML, for archives.

A table is a ``ComposedBlock`` of cells; each cell's ``TYPE`` says where in the table it stands, since ALTO
has no attributes for it. Margin and stamp text stand in a ``ComposedBlock`` of their kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from xml.etree import ElementTree

from dossiers.reading import Box
from pipeline.text import Block, BlockKind, Line, PageText, Table, TableCell, Word
from pipeline.version import PIPELINE_VERSION

NAMESPACE: Final = "http://www.loc.gov/standards/alto/ns-v4#"
_SCHEMA: Final = "http://www.loc.gov/standards/alto/v4/alto-4-4.xsd"
#: What an alternative of a doubtful word is for.
_POSSIBLE: Final = "possible reading"
_INSTANCE: Final = "http://www.w3.org/2001/XMLSchema-instance"

#: Blocks of these kinds say so.
_NAMED_KINDS: Final = (BlockKind.MARGIN, BlockKind.STAMP)


def to_alto(text: PageText, file_name: str, engine: str, page_number: int = 1) -> bytes:
    """Returns one page as UTF-8 XML; arguments as in ``pages_to_alto``."""
    return pages_to_alto([text], file_name, engine, page_number)


def pages_to_alto(pages: Sequence[PageText], file_name: str, engine: str, first_number: int = 1) -> bytes:
    """Returns pages as one UTF-8 XML document, boxes in pixels of the upright pages.

    Args:
        pages: the pages in order, at least one.
        file_name: name of the file that the boxes belong to.
        engine: signature of what read them.
        first_number: the first page's place in its document, from 1.
    """
    root = ElementTree.Element(
        "alto",
        {
            "xmlns": NAMESPACE, "xmlns:xsi": _INSTANCE, "SCHEMAVERSION": "4.4",
            "xsi:schemaLocation": f"{NAMESPACE} {_SCHEMA}",
        },
    )  # fmt: skip
    _describe(root, file_name, engine)
    layout = ElementTree.SubElement(root, "Layout")
    for number, text in enumerate(pages, first_number):
        _add_page(layout, text, number)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _add_page(layout: ElementTree.Element, text: PageText, number: int) -> None:
    attributes = {
        "ID": f"page_{number}", "PHYSICAL_IMG_NR": str(number),
        "WIDTH": str(text.width), "HEIGHT": str(text.height),
        "PC": f"{text.confidence:.4f}",
    }  # fmt: skip
    page = ElementTree.SubElement(layout, "Page", attributes)
    whole = Box(left=0, top=0, right=text.width, bottom=text.height)
    space = ElementTree.SubElement(page, "PrintSpace", _place(whole))
    tables = {cell.block: place for place, table in enumerate(text.tables) for cell in table.cells}
    written: set[int] = set()
    for place, block in enumerate(text.blocks):
        table = tables.get(place)
        if table is None:
            _add_free_block(space, block, f"{number}_{place + 1}")
        elif table not in written:
            written.add(table)
            _add_table(space, text, text.tables[table], f"{number}_{place + 1}")


def _add_free_block(parent: ElementTree.Element, block: Block, number: str) -> None:
    """Adds a block outside tables, in a block that says its kind unless it is running text."""
    if block.kind in _NAMED_KINDS:
        parent = _composed(parent, block.kind.value, f"{block.kind.value}_{number}", block.box)
    _add_block(parent, block, number)


def _add_table(parent: ElementTree.Element, text: PageText, table: Table, number: str) -> None:
    whole = _composed(parent, "table", f"table_{number}", table.box)
    for place, cell in enumerate(table.cells, 1):
        element = _composed(whole, _cell_type(cell), f"cell_{number}_{place}", cell.box)
        if cell.block is not None:
            _add_block(element, text.blocks[cell.block], f"{number}_{place}")


def _cell_type(cell: TableCell) -> str:
    """Row and column count from 1."""
    return (
        f"cell row={cell.row + 1} column={cell.column + 1}"
        f" row-span={cell.row_span} column-span={cell.column_span}"
    )


def _composed(parent: ElementTree.Element, kind: str, name: str, box: Box) -> ElementTree.Element:
    return ElementTree.SubElement(parent, "ComposedBlock", {"ID": name, "TYPE": kind, **_place(box)})


def _describe(root: ElementTree.Element, file_name: str, engine: str) -> None:
    description = ElementTree.SubElement(root, "Description")
    ElementTree.SubElement(description, "MeasurementUnit").text = "pixel"
    source = ElementTree.SubElement(description, "sourceImageInformation")
    ElementTree.SubElement(source, "fileName").text = _plain(file_name)
    processing = ElementTree.SubElement(description, "Processing", {"ID": "processing_1"})
    ElementTree.SubElement(processing, "processingCategory").text = "contentGeneration"
    software = ElementTree.SubElement(processing, "processingSoftware")
    ElementTree.SubElement(software, "softwareCreator").text = "Sohoa"
    ElementTree.SubElement(software, "softwareName").text = _plain(engine)
    ElementTree.SubElement(software, "softwareVersion").text = PIPELINE_VERSION


def _add_block(parent: ElementTree.Element, block: Block, number: str) -> None:
    element = ElementTree.SubElement(parent, "TextBlock", {"ID": f"block_{number}", **_place(block.box)})
    for place, line in enumerate(block.lines, 1):
        _add_line(element, line, f"line_{number}_{place}")


def _add_line(parent: ElementTree.Element, line: Line, name: str) -> None:
    element = ElementTree.SubElement(parent, "TextLine", {"ID": name, **_place(line.box)})
    for place, word in enumerate(line.words):
        if place:
            _add_space(element, line.words[place - 1], word)
        attributes = {
            "ID": f"{name}_{place + 1}", **_place(word.box),
            "WC": f"{word.confidence:.4f}", "CONTENT": _plain(word.text),
        }  # fmt: skip
        string = ElementTree.SubElement(element, "String", attributes)
        for alternative in word.alternatives:
            other = ElementTree.SubElement(string, "ALTERNATIVE", {"PURPOSE": _POSSIBLE})
            other.text = _plain(alternative)


def _add_space(parent: ElementTree.Element, before: Word, after: Word) -> None:
    width = max(0, after.box.left - before.box.right)
    attributes = {"WIDTH": str(width), "HPOS": str(before.box.right), "VPOS": str(before.box.top)}
    ElementTree.SubElement(parent, "SP", attributes)


def _place(box: Box) -> dict[str, str]:
    return {
        "HPOS": str(box.left), "VPOS": str(box.top),
        "WIDTH": str(box.right - box.left), "HEIGHT": str(box.bottom - box.top),
    }  # fmt: skip


def _plain(text: str) -> str:
    """Leaves out what XML cannot hold."""
    return "".join(each for each in text if each in "\t\n\r" or 0x20 <= ord(each) not in (0xFFFE, 0xFFFF))
