"""A cleaned page read with its frames: what stands in a frame is read alone, and so is the page around it."""

from __future__ import annotations

from dataclasses import replace

from dossiers.reading import Box
from pipeline.image import PageImage
from pipeline.legibility import reads_well
from pipeline.ocr.found_words import block_of, line_of
from pipeline.ports import LineReader, OcrEngine
from pipeline.second_tries.again import read_again
from pipeline.stages.framed_print import Framed, frames_apart
from pipeline.stages.tables import Ruling
from pipeline.text import Block, Line, PageText


def read_prepared(prepared: PageImage, ruling: Ruling, engine: OcrEngine) -> tuple[PageText, PageText]:
    """Reads a cleaned page; doubtful places are read again where the page stands the right way.

    Args:
        prepared: the cleaned page.
        ruling: its tables and frames.
        engine: reads; single lines again, if it can.

    Returns:
        The page without its frames, and what stands in the frames; px of the cleaned page.

    Raises:
        EngineError: the engine failed.
    """
    page, framed = frames_apart(prepared, ruling)
    text = engine.recognise(page)
    parts = [(each, engine.recognise(each.image)) for each in framed]
    if isinstance(engine, LineReader) and reads_well(text):
        text = read_again(text, page, engine)
        parts = [(each, read_again(part, each.image, engine)) for each, part in parts]
    blocks = [_placed(block, each, prepared) for each, part in parts for block in part.blocks]
    return text, replace(text, blocks=tuple(blocks))


def _placed(block: Block, framed: Framed, page: PageImage) -> Block:
    return block_of([_on_page(line, framed, page) for line in block.lines])


def _on_page(line: Line, framed: Framed, page: PageImage) -> Line:
    return line_of([replace(word, box=_moved(word.box, framed, page)) for word in line.words])


def _moved(box: Box, framed: Framed, page: PageImage) -> Box:
    left = min(page.width - 1, max(0, box.left + framed.left))
    top = min(page.height - 1, max(0, box.top + framed.top))
    return Box(
        left=left,
        top=top,
        right=min(page.width, max(left + 1, box.right + framed.left)),
        bottom=min(page.height, max(top + 1, box.bottom + framed.top)),
    )
