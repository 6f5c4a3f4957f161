"""The family name of a signer under the ring of a seal, where no colour tells ink from seal.

On black-and-white scans the ring runs through the first word of the name. The ring is a circle: it is
found, fitted and painted over with what stands beside it, and the line is read again in three sizes; on grey
scans once more in its darkest ink alone. A family name is taken only if two readings lead to the same one of
a closed list and one of them is that very name; else the name stays empty, since half a name is no name, and
what it may be is offered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import Final

import cv2
import numpy as np

from classifiers.extractors.dark_ink import darkest_line
from classifiers.extractors.family_names import is_known, nearest_family_name
from classifiers.folding import key_of
from dossiers.errors import EngineError
from dossiers.reading import Box, FieldValue
from pipeline.image import PageImage, Pixels
from pipeline.ports import LineReader, OcrEngine, ReadPage
from pipeline.second_tries.pictures import resized

_MM: Final = 25.4
#: Resolution at which circles are looked for, and radii of seals in mm.
_SEARCH_DPI: Final = 100.0
_RADII_MM: Final = (13.0, 24.0)
#: How far from the known words a seal is looked for: to the left, right, above and below, mm.
_LEFT_MM, _RIGHT_MM, _ABOVE_MM, _BELOW_MM = 50.0, 15.0, 38.0, 8.0
#: A circle found is at most so far off; it is fitted in two rounds of smaller steps.
_SHIFTS_MM: Final = (0.45, 0.15)
#: A radius at which this share of the directions is dark belongs to the ring.
_RING: Final = 0.45
#: Darker is ink, whatever the picture; of one bit's two greys none is between.
_LEAST_LEVEL: Final = 96.0
#: A ring lies on the place of a word if it is at most so many heights before a name.
_NEAR: Final = 3
#: Margin above and below the line in heights of it.
_MARGIN: Final = 0.45
#: Heights in px that the line is brought to, and how many readings must agree.
_LINES_PX: Final = (40, 48, 64)
_AGREEING: Final = 2
#: A family name with its gap is at most so many letter heights wide.
_WIDEST: Final = 6.5


class SealedNameReader:
    """Reads the family name of a signer again.

    Args:
        engine: reads single lines; one that cannot leaves every value as it is.
    """

    def __init__(self, engine: OcrEngine) -> None:
        self._reader = engine if isinstance(engine, LineReader) else None

    def mend(self, value: FieldValue, image: PageImage) -> FieldValue:
        """Returns the whole name where readings agree; else the given value.

        Args:
            value: an empty signer whose ``raw`` holds middle and given name, or the given name alone, and
                ``box`` their place.
            image: the upright page.
        """
        if value.value is not None:
            return value
        return self._again(value, image, "")

    def _again(self, value: FieldValue, image: PageImage, first: str) -> FieldValue:
        """Completes a name; ``first`` is what was read before it, which needs more readings against it."""
        if self._reader is None or value.box is None or not value.raw:
            return value
        readings = [
            words
            for line in _lines(image, value.box)
            for words in self._readings(self._reader, line, image.dpi, value.raw)
        ]
        known = value.raw
        if " " not in known:
            middle = _middle_name(readings)
            if middle is None:
                return value
            known = f"{middle} {known}"
            readings = [words[:-1] for words in readings if words and key_of(words[-1]) == key_of(middle)]
        return _completed(value, known, [words[-1] for words in readings if words], first)

    def doubt(self, value: FieldValue, page: ReadPage) -> FieldValue:
        """Looks again at a name of two words, or one whose first word is no family name or lies under a ring.

        Returns:
            The name with the family name that readings without the ring agree on; nothing where a ring lies
            on the place before two words, for half a name is none; else the given value.
        """
        words = (value.value or "").split()
        is_whole = len(words) > 2
        known = words[1:] if is_whole else words
        place = _place_of(known, value.box, page) if known and value.box is not None else None
        if place is None or (is_whole and is_known(words[0]) and not is_ringed(page.image, place)):
            return value
        covered = replace(value, value=None, raw=" ".join(known), box=place)
        found = self._again(covered, page.image, words[0] if is_whole else "")
        if found.value is None and (is_whole or not is_ringed(page.image, place)):
            return value
        return replace(found, alternatives=tuple(dict.fromkeys((" ".join(words), *found.alternatives))))

    def _readings(self, reader: LineReader, line: Pixels, dpi: float, known: str) -> list[list[str]]:
        """The words before the known ones: the row alone and the line, in each size.

        None where the known ones were not read.
        """
        found: list[list[str]] = []
        high = round(line.shape[0] / (1 + 2 * _MARGIN))
        top = (line.shape[0] - high) // 2
        row = Box(left=0, top=top, right=line.shape[1], bottom=top + high)
        sizes = [(height / high, 0.0) for height in _LINES_PX]
        alone = [cutting.image for cutting in resized(PageImage(pixels=line, dpi=dpi), row, sizes)]
        for picture in (*alone, *(_enlarged(line, height, dpi) for height in _LINES_PX)):
            try:
                words = [word.text for word in reader.recognise_line(picture)]
            except EngineError:
                return []
            found.append(_words_before(words, known))
        return found


def _enlarged(line: Pixels, height: int, dpi: float) -> PageImage:
    """The line with all that stands above and below it."""
    scale = height / line.shape[0] * 1.7
    larger = cv2.resize(line, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    padded = cv2.copyMakeBorder(larger, 12, 12, 12, 12, cv2.BORDER_REPLICATE)
    return PageImage(pixels=np.asarray(padded, np.uint8), dpi=min(1200.0, max(72.0, dpi * scale)))


def _place_of(known: Sequence[str], within: Box, page: ReadPage) -> Box | None:
    """Where the last words of a name stand; ``None`` where the page has none so named there."""
    inside = [
        word
        for word in page.text.words
        if within.left <= word.box.left < within.right
        and within.top <= (word.box.top + word.box.bottom) // 2 < within.bottom
    ]
    last = sorted(inside, key=lambda word: word.box.left)[-len(known) :]
    if len(last) < len(known):
        return None
    boxes = [word.box for word in last]
    return Box(
        left=boxes[0].left,
        top=min(box.top for box in boxes),
        right=boxes[-1].right,
        bottom=max(box.bottom for box in boxes),
    )


def _lines(image: PageImage, box: Box) -> Iterator[Pixels]:
    """The line of a name without a ring, and in its darkest ink alone."""
    uncovered = uncovered_line(image, box)
    if uncovered is not None:
        yield uncovered
    darkest = darkest_line(image, box, before=2 * _WIDEST)
    if darkest is not None:
        yield darkest


def _middle_name(readings: Sequence[Sequence[str]]) -> str | None:
    """What most readings have right before a given name; ``None`` where no two agree."""
    votes = Counter(words[-1] for words in readings if words)
    word, count = votes.most_common(1)[0] if votes else ("", 0)
    return word if count >= _AGREEING else None


def _completed(value: FieldValue, known: str, before: Sequence[str], first: str) -> FieldValue:
    """The name with its family name, or with that as an alternative where no reading is the very name."""
    votes = Counter(name for word in before if (name := nearest_family_name(word)) is not None)
    family, count = votes.most_common(1)[0] if votes else ("", 0)
    if count < _AGREEING or key_of(family) not in map(key_of, before):
        return value
    name = f"{family} {known}"
    exact = Counter(word.lower() for word in before)
    if exact[family.lower()] > (exact[first.lower()] if first.lower() != family.lower() else 0):
        return replace(value, raw=name, value=name)
    return replace(value, alternatives=(name, *value.alternatives))


def _words_before(words: Sequence[str], known: str) -> list[str]:
    """Up to three words of a name that stand right before the known ones."""
    first = key_of(known.split()[0])
    for at, word in enumerate(words):
        if at and key_of(word) == first:
            kept: list[str] = []
            for each in reversed(words[max(0, at - 3) : at]):
                bare = each.strip(" .,:;-_'\"“”‘’")
                if not (bare.isalpha() and len(bare) > 1 and bare[0].isupper()):
                    break
                kept.insert(0, bare)
            return kept
    return []


def uncovered_line(image: PageImage, box: Box) -> Pixels | None:
    """The line of a name and what stands before it, without a ring; ``None`` where there is no ring."""
    found = _ringed_line(image, box)
    if found is None:
        return None
    line, ring = found
    painted = cv2.inpaint(np.ascontiguousarray(line), np.ascontiguousarray(ring), 3, cv2.INPAINT_TELEA)
    return np.asarray(painted, np.uint8)


def is_ringed(image: PageImage, box: Box) -> bool:
    """Whether the ring of a seal lies on the line before a name."""
    found = _ringed_line(image, box)
    if found is None:
        return False
    _, ring = found
    height = box.bottom - box.top
    margin = int(_MARGIN * height)
    before = ring[margin : margin + height, : ring.shape[1] - (box.right - box.left) - margin]
    return bool(before[:, -_NEAR * height :].any())


def _ringed_line(image: PageImage, box: Box) -> tuple[Pixels, Pixels] | None:
    """The line of a name with what stands before it, and where a ring lies on it, 255."""
    px = image.dpi / _MM
    left, top = max(0, int(box.left - _LEFT_MM * px)), max(0, int(box.top - _ABOVE_MM * px))
    cut = image.pixels[top : int(box.bottom + _BELOW_MM * px), left : int(box.right + _RIGHT_MM * px)]
    grey = np.ascontiguousarray(cut if cut.ndim == 2 else cv2.cvtColor(cut, cv2.COLOR_RGB2GRAY), np.uint8)
    ring = _ring(grey, image.dpi)
    if ring is None:
        return None
    height = box.bottom - box.top
    margin = int(_MARGIN * height)
    start = max(0, int(box.left - left - _WIDEST * height))
    line = (
        slice(max(0, box.top - top - margin), box.bottom - top + margin),
        slice(start, box.right - left + margin),
    )
    return (grey[line], ring[line]) if grey[line].size else None


def _ring(grey: Pixels, dpi: float) -> Pixels | None:
    """A mask of the ring of a seal, 255 where it is; ``None`` where there is none."""
    scale = _SEARCH_DPI / dpi
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    least, most = (int(radius * _SEARCH_DPI / _MM) for radius in _RADII_MM)
    circles = cv2.HoughCircles(
        cv2.GaussianBlur(small, (3, 3), 0), cv2.HOUGH_GRADIENT, 1.5, 60,
        param1=100, param2=40, minRadius=least, maxRadius=most,
    )  # fmt: skip
    if circles is None:
        return None
    x, y, radius = (float(each) / scale for each in circles[0][0])
    level, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    level = max(level, _LEAST_LEVEL)
    for step in _SHIFTS_MM:
        shifts = (-step * dpi / _MM, 0.0, step * dpi / _MM)
        places = [(x + across, y + down) for across, down in product(shifts, shifts)]
        x, y = max(places, key=lambda place: float((_shares(grey, place, radius, level) ** 2).sum()))
    shares = _shares(grey, (x, y), radius, level)
    if shares.max() <= _RING:
        return None
    rows, columns = np.ogrid[: grey.shape[0], : grey.shape[1]]
    distance = np.minimum(np.hypot(columns - x, rows - y), shares.size - 1).astype(np.intp)
    mask = np.asarray((shares > _RING)[distance], np.uint8) * np.uint8(255)
    return np.asarray(cv2.dilate(mask, np.ones((3, 3), np.uint8)), np.uint8)


def _shares(
    grey: Pixels, centre: tuple[float, float], radius: float, level: float
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """For each distance from a centre, px, the share of directions in which it is dark; 0 far inside."""
    size = (int(radius * 1.3), 240)
    flags = cv2.WARP_POLAR_LINEAR | cv2.INTER_LINEAR
    around = cv2.warpPolar(grey, size, centre, size[0], flags)
    within = cv2.warpPolar(np.full_like(grey, 255), size, centre, size[0], flags) > 127
    shares = ((around < level) & within).sum(axis=0) / np.maximum(1, within.sum(axis=0))
    shares[: int(radius * 0.5)] = 0
    shares[-1] = 0
    return np.asarray(shares, np.float64)
