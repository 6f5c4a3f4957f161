"""Standing a page upright and reading it: geometry proposes, the engine decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from dossiers.reading import Box
from pipeline.cleaned_copy import CleanedCopy
from pipeline.framed_reading import read_prepared
from pipeline.geometry import Placement
from pipeline.image import PageImage
from pipeline.legibility import legible_letters, reads_well
from pipeline.limits import Limits
from pipeline.ocr.found_words import block_of, line_of, plain_word, without_leaders
from pipeline.ocr.spaced_digits import joined_digits
from pipeline.ports import OcrEngine
from pipeline.stages.clean import Cleaned, clean
from pipeline.stages.crop import find_sheet
from pipeline.stages.glyphs import Glyphs, find_glyphs
from pipeline.stages.orient import Guess, Stance, guess_stances
from pipeline.stages.reading_order import in_reading_order
from pipeline.stages.seal import Seal, find_seals
from pipeline.stages.stamps import find_stamps
from pipeline.stages.tables import find_ruling
from pipeline.stages.tiles import coarse, is_large, joined, tiles_of
from pipeline.stages.upright import place
from pipeline.stages.warp import Frame, placement_of, upright
from pipeline.stages.window import card_window, part_of
from pipeline.stamp_reading import read_stamps
from pipeline.text import Line, PageText, Word

#: A way that was not guessed must read this much better than the guessed one.
_CLEARLY_BETTER: Final = 1.3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Recognition:
    """A page stood upright and read.

    Attributes:
        image: the upright page in its original colours.
        text: boxes in px of ``image``.
        placement: how ``image`` lies in the original.
        seals: round red seals; px of ``image``.
        is_blank: whether nothing is on the page.
        is_cropped: whether surroundings were cut away.
        cleaning: codes of the steps taken for recognition, see ``Cleaned``.
        cleaned: the copy that was recognised; ``None`` for a page in tiles.
    """

    image: PageImage
    text: PageText
    placement: Placement
    seals: tuple[Seal, ...]
    is_blank: bool
    is_cropped: bool
    cleaning: tuple[str, ...] = ()
    cleaned: CleanedCopy | None = None


#: Reads the page standing one way.
_Reader = Callable[[Stance], Recognition]


def recognise_upright(
    original: PageImage, engine: OcrEngine, limits: Limits, found: Glyphs | None = None
) -> Recognition:
    """Reads a page that holds something.

    Args:
        original: the decoded page.
        engine: reads the prepared page.
        limits: for the size of the prepared page.
        found: the letters of the page as it came, where they are known already.

    Raises:
        EngineError: the engine failed.
    """
    sheet = find_sheet(original)
    frame = sheet.frame() if sheet is not None else Frame.of(original)
    flat = upright(original, placement_of(frame, original, 0, 0.0))
    glyphs = found if found is not None and sheet is None else find_glyphs(flat)
    guess = guess_stances(glyphs)

    def read(stance: Stance) -> Recognition:
        placement = place(original, frame, stance, glyphs)
        return _read_placed(original, placement, engine, limits, is_cropped=sheet is not None)

    return _best(guess, read(guess.stances[0]), read)


def _best(guess: Guess, first: Recognition, read: _Reader) -> Recognition:
    """Keeps the guessed way if it reads well; else tries upside down, and all four where rows are unclear."""
    if reads_well(first.text):
        return first
    others = guess.stances[1:2] if guess.is_clear else guess.stances[1:]
    best, most = first, legible_letters(first.text) * _CLEARLY_BETTER
    for stance in others:
        other = read(stance)
        if legible_letters(other.text) > most:
            best, most = other, legible_letters(other.text)
            if reads_well(other.text):
                break
    return best


def _read_placed(
    original: PageImage, placement: Placement, engine: OcrEngine, limits: Limits, *, is_cropped: bool
) -> Recognition:
    image = upright(original, placement)
    seals = find_seals(image)
    copy: CleanedCopy | None = None
    if is_large(image, limits.max_working_pixels):
        text, steps = _read_tiles(image, seals, engine, limits)
    else:
        window = card_window(image)
        text, cleaned = _read_window(image, seals, window, engine, limits)
        steps, copy = cleaned.taken, CleanedCopy(image=cleaned.image, window=window)
    return Recognition(
        image=image, text=text, placement=placement, seals=seals, is_blank=False, is_cropped=is_cropped,
        cleaning=steps, cleaned=copy,
    )  # fmt: skip


def _read_tiles(
    image: PageImage, seals: tuple[Seal, ...], engine: OcrEngine, limits: Limits
) -> tuple[PageText, tuple[str, ...]]:
    """Reads a sheet too large for one piece; its order is found over the whole sheet."""
    read = [(tile, _read_window(image, seals, tile.seen, engine, limits)) for tile in tiles_of(image)]
    parts = [(tile, text) for tile, (text, _) in read]
    steps = tuple(dict.fromkeys(step for _, (_, cleaned) in read for step in cleaned.taken))
    return in_reading_order(joined(parts, image), coarse(image), image, seals), steps


def _read_window(
    image: PageImage, seals: tuple[Seal, ...], window: Box, engine: OcrEngine, limits: Limits
) -> tuple[PageText, Cleaned]:
    """Reads one part of the page; boxes come out in px of the whole page, beside the cleaned part."""
    part = part_of(image, window)
    moved = tuple(replace(seal, x=seal.x - window.left, y=seal.y - window.top) for seal in seals)
    stamps = find_stamps(part)
    cleaned = clean(part, moved, limits.max_working_pixels, stamps=stamps)
    prepared = cleaned.image
    ruling = find_ruling(prepared, part.width)
    read, framed = (_scaled(each, part) for each in read_prepared(prepared, ruling, engine))
    text = in_reading_order(read, prepared, part, moved, ruling=ruling, framed=framed.lines)
    blocks = tuple(
        replace(
            block,
            box=_shifted(block.box, window),
            lines=tuple(
                Line(
                    box=_shifted(line.box, window),
                    words=tuple(replace(word, box=_shifted(word.box, window)) for word in line.words),
                )
                for line in block.lines
            ),
        )
        for block in (*text.blocks, *read_stamps(part, stamps, engine))
    )
    tables = tuple(
        replace(
            table,
            box=_shifted(table.box, window),
            cells=tuple(replace(cell, box=_shifted(cell.box, window)) for cell in table.cells),
        )
        for table in text.tables
    )
    text = PageText(width=image.width, height=image.height, dpi=image.dpi, blocks=blocks, tables=tables)
    return text, cleaned


def _shifted(box: Box, window: Box) -> Box:
    return Box(
        left=box.left + window.left,
        top=box.top + window.top,
        right=box.right + window.left,
        bottom=box.bottom + window.top,
    )


def _scaled(text: PageText, image: PageImage) -> PageText:
    """Carries boxes from the cleaned copy to the upright page; what is no word is left out."""
    across, down = image.width / text.width, image.height / text.height
    blocks = []
    for block in text.blocks:
        rows = [_scaled_words(line, across, down, image) for line in block.lines]
        lines = [line_of(words) for words in rows if words]
        if lines:
            blocks.append(block_of(lines))
    return PageText(width=image.width, height=image.height, dpi=image.dpi, blocks=tuple(blocks))


def _scaled_words(line: Line, across: float, down: float, image: PageImage) -> list[Word]:
    words = [
        replace(word, text=text, box=_scaled_box(word.box, across, down, image))
        for word in line.words
        if (text := without_leaders(plain_word(word.text)))
    ]
    return joined_digits(words)


def _scaled_box(box: Box, across: float, down: float, image: PageImage) -> Box:
    left = min(image.width - 1, max(0, int(box.left * across)))
    top = min(image.height - 1, max(0, int(box.top * down)))
    right = min(image.width, max(left + 1, round(box.right * across)))
    return Box(
        left=left, top=top, right=right, bottom=min(image.height, max(top + 1, round(box.bottom * down)))
    )
