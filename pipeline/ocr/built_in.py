"""The engines that come with Sohoa, by the name that settings use."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from pipeline.ocr import tesseract_inprocess, tesseract_subprocess
from pipeline.ocr.options import EngineOptions
from pipeline.ports import OcrEngine

#: Makes an engine from settings; raises ``ConfigurationError``.
EngineFactory = Callable[[EngineOptions], OcrEngine]

#: In-process Tesseract measured faster at the same accuracy; the program of its own is the fallback.
DEFAULT_ENGINE: Final = "tesseract"

#: Factories by name; the entry points ``sohoa.ocr_engines`` name the same functions.
ENGINES: Final = MappingProxyType[str, EngineFactory](
    {
        "tesseract": tesseract_inprocess.make,
        "tesseract-program": tesseract_subprocess.make,
    }
)
