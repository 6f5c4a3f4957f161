"""Tesseract inside this process through tesserocr: the model is loaded once and stays.

A fault in the library takes the process along, so this engine belongs into the sandboxed child.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any, Final

import tesserocr
from PIL import Image

from dossiers.errors import ConfigurationError, EngineError
from dossiers.reading import Box
from pipeline.image import PageImage
from pipeline.letters import ReadLetters
from pipeline.ocr.found_words import FoundWord, as_blocks
from pipeline.ocr.options import LINE_MODE, EngineOptions, TesseractOptions
from pipeline.ocr.tessdata import find_tessdata
from pipeline.text import PageText, Word

_WORD: Final = tesserocr.RIL.WORD
_LINE: Final = tesserocr.RIL.TEXTLINE
_BLOCK: Final = tesserocr.RIL.BLOCK
#: The engine's setting that keeps what else each sign may be.
_CHOICES: Final = "lstm_choice_mode"


class TesserocrEngine:
    """One loaded Tesseract; one thread."""

    def __init__(self, options: TesseractOptions) -> None:
        self._options = options
        folder = find_tessdata(options.languages.split("+"), options.tessdata)
        tesserocr.set_leptonica_log_level(tesserocr.LeptLogLevel.NONE)
        try:
            self._api = tesserocr.PyTessBaseAPI(
                path=folder, lang=options.languages, psm=options.page_mode, oem=tesserocr.OEM.LSTM_ONLY
            )
        except RuntimeError as error:
            raise ConfigurationError(
                "MISSING_TOOL",
                vi="Không nạp được dữ liệu ngôn ngữ của Tesseract.",
                en="Tesseract's language data cannot be loaded.",
            ) from error

    @property
    def signature(self) -> str:
        """Name, version, model and page mode."""
        version = str(tesserocr.PyTessBaseAPI.Version())
        return f"tesserocr/{version} {self._options.languages} {self._options.modes}"

    def recognise(self, image: PageImage) -> PageText:
        """Reads the page (see ``OcrEngine``)."""
        return self._read(image, self._options.mode_for(image))

    def recognise_line(self, image: PageImage) -> tuple[Word, ...]:
        """Reads one line (see ``LineReader``)."""
        return self._read(image, LINE_MODE).words

    def _read(self, image: PageImage, mode: int) -> PageText:
        self._show(image, mode)
        blocks = as_blocks(self._words())
        self._api.Clear()
        return PageText(width=image.width, height=image.height, dpi=image.dpi, blocks=blocks)

    def _show(self, image: PageImage, mode: int) -> None:
        self._api.SetPageSegMode(mode)
        self._api.SetImage(Image.fromarray(image.pixels))
        self._api.SetSourceResolution(round(image.dpi))
        if not self._api.Recognize(int(self._options.timeout_seconds * 1000)):
            raise EngineError("TIMEOUT", "Tesseract")

    def recognise_letters(self, image: PageImage) -> tuple[ReadLetters, ...]:
        """Reads one line by its letters (see ``LetterReader``)."""
        self._api.SetVariable(_CHOICES, "2")
        try:
            self._show(image, LINE_MODE)
            words = tuple(self._spelt())
            self._api.Clear()
        finally:
            self._api.SetVariable(_CHOICES, "0")
        return words

    def close(self) -> None:
        """Frees the model."""
        self._api.End()

    def _spelt(self) -> Iterator[ReadLetters]:
        iterator: Any = self._api.GetIterator()
        if iterator is None:
            return
        for each in tesserocr.iterate_level(iterator, _WORD):
            if each.Empty(_WORD):
                continue
            text = unicodedata.normalize("NFC", each.GetUTF8Text(_WORD))
            choices = each.GetBestLSTMSymbolChoices() or ()
            # The first sign may be the space before the word.
            letters = tuple(dict(signs) for signs in choices if signs and signs[0][0].strip())
            yield ReadLetters(text=text, letters=letters if len(letters) == len(text) else ())

    def _words(self) -> Iterator[FoundWord]:
        iterator: Any = self._api.GetIterator()
        if iterator is None:
            return
        block = line = 0
        for each in tesserocr.iterate_level(iterator, _WORD):
            block += int(each.IsAtBeginningOf(_BLOCK))
            line += int(each.IsAtBeginningOf(_LINE))
            box = each.BoundingBox(_WORD)
            if each.Empty(_WORD) or box is None:
                continue
            yield FoundWord(
                text=each.GetUTF8Text(_WORD),
                box=Box(left=box[0], top=box[1], right=box[2], bottom=box[3]),
                confidence=each.Confidence(_WORD) / 100.0,
                block=block,
                line=(block, line),
            )


def make(options: EngineOptions) -> TesserocrEngine:
    """Makes the engine from settings.

    Raises:
        ConfigurationError: an option is unknown or the language data is missing.
    """
    return TesserocrEngine(TesseractOptions.of(options))
