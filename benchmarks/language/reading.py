"""Page texts of the production pipeline, kept on disk: each page is read once for each pipeline version."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from dossiers.document_types import UNKNOWN
from dossiers.reading import Classification, FieldValue
from pipeline.codec import decode_text, encode_text
from pipeline.language.candidates import Knowledge
from pipeline.ocr.tesseract_inprocess import make
from pipeline.page import PageTools, read_page
from pipeline.ports import ReadPage
from pipeline.text import PageText
from pipeline.version import PIPELINE_VERSION

#: Where texts are kept unless told otherwise.
CACHE: Final = Path(".cache/benchmarks/language")


class NoClassifier:
    """A classifier that never names a page: only the text matters here."""

    @property
    def name(self) -> str:
        """Says what it is."""
        return "none"

    def classify(self, page: ReadPage, values: Sequence[FieldValue]) -> Classification:
        """Abstains."""
        del page, values
        return Classification(type_id=UNKNOWN, confidence=1.0, evidence="", is_first_page=False)


class CachedReader:
    """Reads pages with Tesseract; what was read before comes from the cache.

    Args:
        folder: where texts are kept; made if missing.
        label: sets readings apart that another state of the pipeline gave under the same version.
        knowledge: what repairs the words before they are kept; ``None`` keeps every word as read.
    """

    def __init__(
        self, folder: Path = CACHE, label: str = PIPELINE_VERSION, knowledge: Knowledge | None = None
    ) -> None:
        self._folder = folder / label
        self._knowledge = knowledge
        self._folder.mkdir(parents=True, exist_ok=True)
        self._tools: PageTools | None = None

    def read(self, content: bytes, index: int = 0) -> PageText:
        """Returns the text of the page with 0-based ``index``; confidences are the engine's own.

        Raises:
            InputError: the page cannot be decoded.
            EngineError: the OCR engine failed.
        """
        path = self._folder / f"{hashlib.sha256(content).hexdigest()[:24]}-{index}.json"
        if path.exists():
            return decode_text(path.read_bytes())
        if self._tools is None:
            self._tools = PageTools(engine=make({}), classifier=NoClassifier(), knowledge=self._knowledge)
        text = read_page(content, index, self._tools).text
        path.write_bytes(encode_text(text))
        return text
