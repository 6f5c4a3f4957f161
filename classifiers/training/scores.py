"""Figures of a trial: right, abstained and wrong by type, calibration, unseen types kept out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from classifiers.training.trial import Verdict
from dossiers.document_types import UNKNOWN

#: Equally wide bins of confidence that calibration is measured in.
_BINS: Final = 10


@dataclass(slots=True)
class TypeScore:
    """Pages of one type."""

    pages: int = 0
    right: int = 0
    abstained: int = 0

    @property
    def wrong(self) -> int:
        """Pages that were given another type."""
        return self.pages - self.right - self.abstained


@dataclass(slots=True)
class Scores:
    """All figures; shares are 0 to 1.

    Attributes:
        types: by type, papers of no type left out.
        calibration_error: expected difference between confidence and accuracy of the named pages.
        papers_of_no_type: pages that have none.
        kept_out: how many of these were called unknown.
    """

    types: dict[str, TypeScore] = field(default_factory=dict)
    calibration_error: float = 0.0
    papers_of_no_type: int = 0
    kept_out: int = 0

    @property
    def pages(self) -> int:
        """Pages of known types."""
        return sum(each.pages for each in self.types.values())

    @property
    def abstention(self) -> float:
        """Share of them that the classifier did not name."""
        return sum(each.abstained for each in self.types.values()) / max(1, self.pages)

    @property
    def accuracy(self) -> float:
        """Share of right types among those named."""
        named = sum(each.pages - each.abstained for each in self.types.values())
        return sum(each.right for each in self.types.values()) / max(1, named)


def scored(verdicts: Sequence[Verdict], threshold: float) -> Scores:
    """Counts verdicts; below ``threshold`` the classifier abstains."""
    scores, named = Scores(), []
    for each in verdicts:
        found = each.found if each.probability >= threshold else UNKNOWN
        if found != UNKNOWN:
            named.append((each.probability, found == each.wanted))
        if each.wanted == UNKNOWN:
            scores.papers_of_no_type += 1
            scores.kept_out += found == UNKNOWN
            continue
        score = scores.types.setdefault(each.wanted, TypeScore())
        score.pages += 1
        score.right += found == each.wanted
        score.abstained += found == UNKNOWN
    scores.calibration_error = calibration_error(named)
    return scores


def calibration_error(named: Iterable[tuple[float, bool]]) -> float:
    """Expected calibration error over bins of equal width; 0 where nothing was named."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for confidence, is_right in named:
        bins.setdefault(min(_BINS - 1, int(confidence * _BINS)), []).append((confidence, is_right))
    total = sum(len(each) for each in bins.values())
    gaps = (
        abs(sum(confidence for confidence, _ in each) - sum(is_right for _, is_right in each))
        for each in bins.values()
    )
    return sum(gaps) / total if total else 0.0
