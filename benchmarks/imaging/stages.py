"""What each cleaning step is worth, switched off and alone: ``python -m benchmarks.imaging.stages``.

Pages are drawn and captured with one fault at a time. The steps that do not see their fault leave a page as
it was; such readings are not repeated.
"""

from __future__ import annotations

import argparse
import hashlib
import random
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, fields, replace
from typing import Final

import numpy as np

from benchmarks.imaging.sealed_pages import Imprint, struck, text_sheets, through_jpeg
from benchmarks.tables import table
from benchmarks.text_score import TextScore, score, total
from pipeline.image import PageImage
from pipeline.limits import Limits
from pipeline.ocr.tesseract_inprocess import make
from pipeline.ports import OcrEngine
from pipeline.stages.clean import clean
from pipeline.stages.cleaning_steps import CleaningSteps
from pipeline.stages.seal import find_seals
from samples.generator.canvas import Canvas
from samples.generator.catalogue import RECIPES
from samples.generator.scanner import ScanSettings, scan
from samples.generator.scene import Scene

#: Recipes whose papers have dotted leaders and boxes for digits.
_FORMS: Final = ("birth_registration", "permanent_residence")
#: The part of a sheet that is printed where little is.
_SPARSE_SHARE: Final = 0.3
STEPS: Final = tuple(each.name for each in fields(CleaningSteps))


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Pages with one fault.

    Attributes:
        settings: of the capture.
        is_form: forms with leaders and boxes; else running text.
        has_seals: whether seals are struck over the print.
        is_sparse: whether only the top of the page is printed.
    """

    name: str
    settings: ScanSettings
    is_form: bool = False
    has_seals: bool = False
    is_sparse: bool = False


def _group(name: str, *faults: str, dpi: int = 200, mode: str = "gray", **more: bool) -> Group:
    kind = {"gray": "gray", "color": "color", "bilevel": "bilevel"}[mode]
    return Group(name=name, settings=ScanSettings(dpi=dpi, mode=kind, degradations=faults), **more)  # type: ignore[arg-type]


GROUPS: Final = (
    _group("no fault, 300 dpi", dpi=300, mode="color"),
    _group("no fault, 200 dpi"),
    _group("150 dpi", dpi=150),
    _group("400 dpi", dpi=400),
    _group("600 dpi", dpi=600),
    _group("uneven light, shadow", "uneven_light", "shadow"),
    _group("seals over print", mode="color", has_seals=True),
    _group("thin paper, back shines through", "thin_paper"),
    _group("thin paper, little on the front", "thin_paper", is_sparse=True),
    _group("photocopy, grey", "photocopy"),
    _group("photocopy, 1 bit", "photocopy", mode="bilevel"),
    _group("1 bit", mode="bilevel"),
    _group("1 bit, too thin", "thin_bits", mode="bilevel"),
    _group("1 bit, too bold", "bold_bits", mode="bilevel"),
    _group("forms with leaders and boxes", is_form=True),
    _group("toner fades", "toner_fade"),
    _group("dirty glass", "dirty_glass"),
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Case:
    """A captured page and its printed lines."""

    image: PageImage
    printed: tuple[str, ...]


class Reader:
    """Reads prepared pages; the same pixels only once."""

    def __init__(self, engine: OcrEngine) -> None:
        self._engine = engine
        self._known: dict[str, TextScore] = {}

    def score(self, case: Case, steps: CleaningSteps) -> TextScore:
        """Returns the errors after those steps."""
        prepared = clean(case.image, find_seals(case.image), Limits().max_working_pixels, steps).image
        key = hashlib.sha256(prepared.pixels.tobytes()).hexdigest()
        if key not in self._known:
            self._known[key] = score(case.printed, self._engine.recognise(prepared).text)
        return self._known[key]


def cases(group: Group, split: str, seed: int, count: int) -> Iterator[Case]:
    """Draws and captures the pages of a group."""
    sheets = _forms(split, seed, count) if group.is_form else list(text_sheets(split, seed, count))
    for number, sheet in enumerate(sheets):
        back = sheets[number - 1]
        if group.is_sparse:
            sheet = _top_of(sheet)
        if group.has_seals:
            imprint = Imprint(name="", colour=(196, 24, 40), dpi=group.settings.dpi)
            image = struck(sheet, imprint, seed + number).sealed
        else:
            pixels = scan(sheet, group.settings, random.Random(seed + number), back).pixels
            is_bilevel = group.settings.mode == "bilevel"
            image = PageImage(
                pixels=pixels if is_bilevel else np.asarray(through_jpeg(pixels, 75), np.uint8),
                dpi=group.settings.dpi,
                is_bilevel=is_bilevel,
            )
        yield Case(image=image, printed=tuple(line.text for line in sheet.lines))


def _top_of(sheet: Canvas) -> Canvas:
    """The same sheet, printed on its upper part alone."""
    top = copy(sheet)
    top.image = sheet.image.copy()
    edge = _SPARSE_SHARE * sheet.height
    top.image.paste((255, 255, 255), (0, round(edge * sheet.scale), sheet.image.width, sheet.image.height))
    top.lines = [line for line in sheet.lines if line.area[3] < edge]
    return top


def _forms(split: str, seed: int, count: int) -> list[Canvas]:
    recipes = dict(RECIPES)
    plans = [recipes[name](Scene(split, f"{seed}/forms/{name}")) for name in _FORMS]
    sheets = [part.paper.sheets[0].canvas for plan in plans for part in plan.parts]
    return [sheet for sheet in sheets if sheet.width > 200][:count]


def measure(group: Group, reader: Reader, split: str, seed: int, count: int) -> dict[str, float]:
    """Returns errors and surplus characters per 100 printed ones.

    Under ``all``, ``none``, ``-step`` (all steps but that) and ``+step`` (that alone).
    """
    pages = list(cases(group, split, seed, count))
    everything = CleaningSteps()
    nothing = replace(everything, **dict.fromkeys(STEPS, False))
    chosen = {"all": everything, "none": nothing}
    for step in STEPS:
        chosen[f"-{step}"] = replace(everything, **{step: False})
        chosen[f"+{step}"] = replace(nothing, **{step: True})
    return {name: _errors([reader.score(page, steps) for page in pages]) for name, steps in chosen.items()}


def _errors(scores: Sequence[TextScore]) -> float:
    whole = total(scores)
    return 100 * (whole.matched_characters + whole.left_over) / max(1, whole.characters)


def report(results: dict[str, dict[str, float]]) -> str:
    """Returns the Markdown table: rows are faults; columns all, none, and what each step changes."""
    head = (
        "Wrong or surplus characters in 100",
        "no step",
        "all steps",
        *(f"−{step}" for step in STEPS),
        *(f"+{step}" for step in STEPS),
    )
    rows = []
    for name, found in results.items():
        without = [_change(found[f"-{step}"], found["all"]) for step in STEPS]
        alone = [_change(found[f"+{step}"], found["none"]) for step in STEPS]
        rows.append([name, f"{found['none']:.2f}", f"{found['all']:.2f}", *without, *alone])
    return table(head, rows)


def _change(value: float, other: float) -> str:
    return f"{value - other:+.2f}" if abs(value - other) >= 0.005 else "·"


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2, help="pages for each fault")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--split", choices=("train", "dev"), default="dev")
    parser.add_argument("--only", default="", help="faults whose name holds this")
    options = parser.parse_args()
    reader = Reader(make({}))
    results = {}
    for group in GROUPS:
        if options.only in group.name:
            results[group.name] = measure(group, reader, options.split, options.seed, options.pages)
            print(report({group.name: results[group.name]}).splitlines()[-1], flush=True)
    print("\n" + report(results))


if __name__ == "__main__":
    main()
