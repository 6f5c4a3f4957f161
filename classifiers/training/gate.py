"""Whether a new model may go live: only if no type falls, judged on the same unseen pages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from classifiers.statistical.choice import choose
from classifiers.statistical.model import LinearModel, source_of
from classifiers.training.example import Example
from classifiers.training.fitting import fit
from classifiers.training.folds import by_dossier
from classifiers.training.scores import Scores, scored
from classifiers.training.trial import Trial, Verdict, evidence_of
from dossiers.document_types import UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """A type that the new model tells worse: right pages before and now, of so many."""

    type_id: str
    before: int
    now: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Both models on the same folds.

    Attributes:
        live: figures of the live model, learned without each fold.
        new: figures of the new one.
        falls: types that fall; the new model may go live if there are none.
    """

    live: Scores
    new: Scores
    falls: tuple[Fall, ...]


def judge(trial: Trial, live: LinearModel, examples: Sequence[Example], ruled: Collection[str]) -> Judgement:
    """Compares a trial with the live model.

    The live model has learned from some of these pages by heart. So that both are judged alike, it is
    learned anew for each fold from what it learned from, without the fold.
    """
    before = scored(_verdicts(live, examples, ruled), live.threshold)
    now = scored(trial.known, trial.model.threshold)
    falls = tuple(
        Fall(type_id=type_id, before=score.right, now=now.types[type_id].right, pages=score.pages)
        for type_id, score in sorted(before.types.items())
        if type_id in now.types and now.types[type_id].right < score.right
    )
    return Judgement(live=before, new=now, falls=falls)


def _verdicts(live: LinearModel, examples: Sequence[Example], ruled: Collection[str]) -> list[Verdict]:
    learned = {int(each) for each in live.sources}
    verdicts = []
    for fold in by_dossier(examples):
        own = [each for each in fold.train if source_of(each.example_id) in learned]
        is_trainable = len({each.type_id for each in own}) > 1
        model = fit(own, live.choice, live.threshold) if is_trainable else live
        verdicts += [_verdict(model, each, ruled) for each in fold.judge]
    return verdicts


def _verdict(model: LinearModel, example: Example, ruled: Collection[str]) -> Verdict:
    best = choose(evidence_of(model, example, ruled), model.choice)
    return Verdict(
        example_id=example.example_id,
        wanted=example.type_id,
        shown=example.type_id,
        found=best.type_id if best else UNKNOWN,
        probability=best.probability if best else 0.0,
    )
