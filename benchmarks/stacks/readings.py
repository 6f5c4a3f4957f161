"""Page readings of the product, kept on disk: a page is recognised and understood once."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Final

from benchmarks.fields.readings import KeptReader
from classifiers.extractors import printed
from classifiers.statistical import classifier
from dossiers.reading import PageReading
from dossiers.reading_json import reading_from_json, reading_to_json
from pipeline.ocr.tesseract_inprocess import make
from pipeline.ports import Extractor
from pipeline.version import PIPELINE_VERSION

#: Where readings are kept unless told otherwise.
CACHE: Final = Path(".cache/benchmarks/stacks")


class KeptReadings:
    """Reads pages with the production tools.

    Args:
        folder: where readings are kept; made if missing.
        is_fresh: tell types and fields anew, for example after the rules changed; the text stays as kept.
    """

    def __init__(self, folder: Path = CACHE, *, is_fresh: bool = False) -> None:
        self._folder = folder / PIPELINE_VERSION.replace("/", "-")
        self._folder.mkdir(parents=True, exist_ok=True)
        self._is_fresh = is_fresh
        self._pages = KeptReader()
        self._classifier = classifier.make(None)
        self._extractor: Extractor | None = None

    def read(self, content: bytes, index: int) -> PageReading:
        """Returns what the page with 0-based ``index`` says by itself.

        Raises:
            InputError: the page cannot be decoded.
            EngineError: the OCR engine failed.
        """
        path = self._folder / f"{hashlib.sha256(content).hexdigest()[:24]}-{index}.json"
        if path.exists() and not self._is_fresh:
            return reading_from_json(json.loads(path.read_text("utf-8")))
        reading = self._understood(content, index)
        path.write_text(json.dumps(reading_to_json(reading), ensure_ascii=False), "utf-8")
        return reading

    def _understood(self, content: bytes, index: int) -> PageReading:
        kept = self._pages.read(content, index)
        if not kept.page.text.words:
            return kept.reading
        if self._extractor is None:
            self._extractor = printed.make(make({}))
        codes = kept.reading.fields
        classification = self._classifier.classify(kept.page, codes)
        values = self._extractor.extract(kept.page, classification)
        return replace(kept.reading, classification=classification, fields=(*codes, *values))
