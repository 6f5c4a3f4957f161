"""A second look at a personal number that does not fit the person it stands beside.

The place of the number is cut out, enlarged and read again. The second reading is taken only if it is a
whole number that fits the birth date, the sex and a known province; else the first stays with its failed
checks.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import cv2
import numpy as np

from classifiers.extractors.values import personal_number
from classifiers.person_number import number_checks
from dossiers.errors import EngineError
from dossiers.reading import Box, FieldValue
from pipeline.image import PageImage
from pipeline.ports import OcrEngine

#: Heights in px to which the line is brought, tried in this order.
_LINE_PX: Final = (64, 90)


class NumberReader:
    """Reads one number again.

    Args:
        engine: reads the enlarged line.
    """

    def __init__(self, engine: OcrEngine) -> None:
        self._engine = engine

    def mend(
        self, value: FieldValue, image: PageImage, birth_date: str | None, sex: str | None
    ) -> FieldValue:
        """Returns the value as read again if only that fits; else the given one."""
        known = number_checks(value.value or "", birth_date, sex)
        if value.box is None or len(known) < 3 or all(holds for _, holds in known):
            return value
        for height in _LINE_PX:
            try:
                text = self._engine.recognise(_enlarged(image, value.box, height))
            except EngineError:
                return value
            again = personal_number(" ".join(word.text for word in text.words))
            if again is not None and all(holds for _, holds in number_checks(again, birth_date, sex)):
                return replace(
                    value, raw=text.text.replace("\n", " "), value=again, confidence=text.confidence
                )
        return value


def _enlarged(image: PageImage, box: Box, height: int) -> PageImage:
    margin = (box.bottom - box.top) // 3
    cut = image.pixels[
        max(0, box.top - margin) : box.bottom + margin, max(0, box.left - 2 * margin) : box.right + 2 * margin
    ]
    grey = cut if cut.ndim == 2 else cv2.cvtColor(cut, cv2.COLOR_RGB2GRAY)
    scale = height / max(1, box.bottom - box.top)
    larger = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    padded = cv2.copyMakeBorder(larger, 20, 20, 20, 20, cv2.BORDER_REPLICATE)
    return PageImage(pixels=np.asarray(padded, dtype=np.uint8), dpi=min(1200.0, max(72.0, image.dpi * scale)))
