"""Pages as extractors see them, kept on disk: recognised once, extracted as often as rules change."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from classifiers.codes import reader
from classifiers.rules import classifier
from dossiers.reading import Box, Classification, FieldValue, PageReading
from pipeline.cleaned_copy import CleanedCopy
from pipeline.codec import decode_result, encode_result
from pipeline.confidence.calibration import load_calibration
from pipeline.geometry import Placement
from pipeline.image import PageImage
from pipeline.language.repair import load_knowledge
from pipeline.ocr.tesseract_inprocess import make
from pipeline.page import PageTools, read_page
from pipeline.ports import Classifier, ReadPage
from pipeline.version import PIPELINE_VERSION

#: Where pages are kept unless told otherwise.
CACHE: Final = Path(".cache/benchmarks/fields")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class KeptPage:
    """A recognised page.

    Attributes:
        page: picture and text, as extractors get them.
        reading: what the walk made of it, without labelled fields; its ``fields`` are those of codes.
        placement: how it lies in the original.
    """

    page: ReadPage
    reading: PageReading
    placement: Placement


class _Witness:
    """The product's classifier; keeps the upright page that it was shown."""

    def __init__(self, within: Classifier) -> None:
        self._within = within
        self._page: ReadPage | None = None

    @property
    def name(self) -> str:
        return self._within.name

    def classify(self, page: ReadPage, values: Sequence[FieldValue]) -> Classification:
        self._page = page
        return self._within.classify(page, values)

    def take(self) -> ReadPage | None:
        """Returns the last page once; ``None`` where no page was shown since."""
        page, self._page = self._page, None
        return page


class KeptReader:
    """Reads pages with the production tools except the field extractors; keeps text, codes and picture.

    Args:
        folder: where pages are kept; made if missing.
    """

    def __init__(self, folder: Path = CACHE) -> None:
        self._folder = folder / PIPELINE_VERSION.replace("/", "-")
        self._folder.mkdir(parents=True, exist_ok=True)
        self._tools: PageTools | None = None
        self._witness = _Witness(classifier.make(None))

    def read(self, content: bytes, index: int) -> KeptPage:
        """Returns the page with 0-based ``index``; its type is told anew on every call.

        Raises:
            InputError: the page cannot be decoded.
            EngineError: the OCR engine failed.
        """
        stem = self._folder / f"{hashlib.sha256(content).hexdigest()[:24]}-{index}"
        if not stem.with_suffix(".json").exists():
            self._keep(content, index, stem)
        result = decode_result(stem.with_suffix(".json").read_bytes())
        kept = stem.with_suffix(".png")
        image = _picture(kept, result.text.dpi) if kept.exists() else _nothing(result.text.dpi)
        is_pdf_text = "PDF_TEXT" in result.flags
        cleaned = _cleaned(stem, result.text.dpi)
        page = ReadPage(image=image, text=result.text, source_is_pdf_text=is_pdf_text, cleaned=cleaned)
        return KeptPage(page=page, reading=result.reading, placement=result.placement)

    def _keep(self, content: bytes, index: int, stem: Path) -> None:
        tools = self._production()
        result = read_page(content, index, tools)
        page = self._witness.take()
        if page is not None:
            _write(stem.with_suffix(".png"), page.image)
        if page is not None and page.cleaned is not None:
            box = page.cleaned.window
            corners = f"{box.left}-{box.top}-{box.right}-{box.bottom}"
            _write(stem.with_name(f"{stem.name}-cleaned-{corners}.png"), page.cleaned.image)
        stem.with_suffix(".json").write_bytes(encode_result(result))

    def _production(self) -> PageTools:
        if self._tools is None:
            engine = make({})
            self._tools = PageTools(
                engine=engine,
                classifier=self._witness,
                code_extractors=(reader.make(engine),),
                knowledge=load_knowledge(),
                calibration=load_calibration(),
            )
        return self._tools


def _picture(path: Path, dpi: float) -> PageImage:
    pixels = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    if pixels is None:
        raise FileNotFoundError(path)
    straight = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB)
    return PageImage(pixels=np.asarray(straight, dtype=np.uint8), dpi=dpi)


def _write(path: Path, image: PageImage) -> None:
    order = image.pixels if image.pixels.ndim == 2 else cv2.cvtColor(image.pixels, cv2.COLOR_RGB2BGR)
    cv2.imwrite(str(path), order, [cv2.IMWRITE_PNG_COMPRESSION, 1])


def _cleaned(stem: Path, dpi: float) -> CleanedCopy | None:
    """The copy that the engine was shown; the name of its file tells which part of the page it is."""
    path = next(stem.parent.glob(f"{stem.name}-cleaned-*.png"), None)
    if path is None:
        return None
    left, top, right, bottom = (int(each) for each in path.stem.split("-")[-4:])
    window = Box(left=left, top=top, right=right, bottom=bottom)
    image = _picture(path, dpi)
    scale = image.width / (right - left)
    return CleanedCopy(image=replace(image, dpi=dpi * scale), window=window)


def _nothing(dpi: float) -> PageImage:
    """A blank page has no picture that anybody was shown."""
    return PageImage(pixels=np.full((16, 16), 255, dtype=np.uint8), dpi=dpi)
