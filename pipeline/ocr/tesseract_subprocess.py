"""Tesseract as a program of its own through pytesseract: slower to start, but it dies alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytesseract
from PIL import Image

from dossiers.errors import ConfigurationError, EngineError
from dossiers.reading import Box
from pipeline.image import PageImage
from pipeline.ocr.found_words import FoundWord, as_blocks
from pipeline.ocr.options import LINE_MODE, EngineOptions, TesseractOptions
from pipeline.ocr.tessdata import find_tessdata
from pipeline.text import PageText, Word

_WORD_LEVEL: Final = 5


class PytesseractEngine:
    """Starts the ``tesseract`` program once a page."""

    def __init__(self, options: TesseractOptions) -> None:
        self._options = options
        self._folder = find_tessdata(options.languages.split("+"), options.tessdata)
        try:
            self._version = str(pytesseract.get_tesseract_version())
        except pytesseract.TesseractNotFoundError as error:
            raise ConfigurationError(
                "MISSING_TOOL",
                vi="Chưa cài chương trình tesseract.",
                en="The program tesseract is not installed.",
                hint="on Debian: apt-get install tesseract-ocr tesseract-ocr-vie",
            ) from error

    @property
    def signature(self) -> str:
        """Name, version, model and page mode."""
        return f"pytesseract/{self._version} {self._options.languages} {self._options.modes}"

    def recognise(self, image: PageImage) -> PageText:
        """Reads the page (see ``OcrEngine``)."""
        return self._read(image, self._options.mode_for(image))

    def recognise_line(self, image: PageImage) -> tuple[Word, ...]:
        """Reads one line (see ``LineReader``)."""
        return self._read(image, LINE_MODE).words

    def _read(self, image: PageImage, mode: int) -> PageText:
        options = self._options
        try:
            table = pytesseract.image_to_data(
                Image.fromarray(image.pixels),
                lang=options.languages,
                config=self._arguments(image, mode),
                timeout=options.timeout_seconds,
            )
        except pytesseract.TesseractError as error:
            raise EngineError("CRASHED", "tesseract reported an error") from error
        except RuntimeError as error:
            raise EngineError("TIMEOUT", "tesseract") from error
        blocks = as_blocks(_words(str(table)))
        return PageText(width=image.width, height=image.height, dpi=image.dpi, blocks=blocks)

    def _arguments(self, image: PageImage, mode: int) -> str:
        return f'--tessdata-dir "{self._folder}" --oem 1 --psm {mode} --dpi {round(image.dpi)}'

    def close(self) -> None:
        """Nothing is held between pages."""


def _words(table: str) -> Iterator[FoundWord]:
    for row in table.splitlines()[1:]:
        cells = row.split("\t", 11)
        if len(cells) < 12 or int(cells[0]) != _WORD_LEVEL:
            continue
        block, paragraph, line = int(cells[2]), int(cells[3]), int(cells[4])
        left, top, width, height = (int(cell) for cell in cells[6:10])
        yield FoundWord(
            text=cells[11],
            box=Box(left=left, top=top, right=left + width, bottom=top + height),
            confidence=float(cells[10]) / 100.0,
            block=block,
            line=(paragraph, line),
        )


def make(options: EngineOptions) -> PytesseractEngine:
    """Makes the engine from settings.

    Raises:
        ConfigurationError: an option is unknown, the program or its language data is missing.
    """
    return PytesseractEngine(TesseractOptions.of(options))
