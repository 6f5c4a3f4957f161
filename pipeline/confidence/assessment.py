"""From a page as the engine read it to repaired words that say how sure they are, and what is doubtful."""

from __future__ import annotations

from dataclasses import dataclass

from dossiers.reading import Doubt
from pipeline.confidence.calibration import Calibration
from pipeline.confidence.doubts import doubts_of, with_alternatives
from pipeline.confidence.noise import without_noise
from pipeline.language.candidates import Knowledge
from pipeline.language.repair import repair
from pipeline.text import PageText


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """A page text with calibrated confidences, and the names, numbers and codes that may be wrong."""

    text: PageText
    doubts: tuple[Doubt, ...] = ()


def assess(text: PageText, knowledge: Knowledge, calibration: Calibration | None) -> Assessed:
    """Repairs marks, then says how sure every word is; what is surely no print is left out.

    The repair goes first: it was tuned on the engine's own confidences.

    Args:
        text: what the engine read.
        knowledge: see ``pipeline.language.repair.load_knowledge``.
        calibration: ``None`` leaves the engine's confidences and tells no doubts.
    """
    repaired = repair(text, knowledge)
    marked = with_alternatives(repaired.text, repaired.flags)
    if calibration is None:
        return Assessed(text=marked)
    sure = calibration.calibrate(marked, knowledge.model)
    return Assessed(text=without_noise(sure), doubts=doubts_of(sure, repaired.flags))
