"""The model card that lies beside every trained model: data, scores by type, calibration, limits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from classifiers.training.example import Example
from classifiers.training.folds import FOLDS
from classifiers.training.gate import Judgement
from classifiers.training.scores import Scores, scored
from classifiers.training.trial import Trial


def model_card(
    trial: Trial, examples: Sequence[Example], sources: Mapping[str, int], judgement: Judgement | None
) -> str:
    """Writes the card.

    Args:
        trial: the model with its verdicts.
        examples: what it learned from.
        sources: how many pages came from where, by a name for people.
        judgement: the comparison with the live model; ``None`` for the delivered one.
    """
    known = scored(trial.known, trial.model.threshold)
    unseen = scored(trial.unseen, trial.model.threshold)
    return "\n".join(
        (
            f"# Model card: page types, version `{trial.model.version}`",
            "",
            *_data(examples, sources),
            *_figures(known, unseen, trial),
            *([] if judgement is None else _comparison(judgement)),
            *_types(known),
            *_care(),
            "",
        )
    )


def _data(examples: Sequence[Example], sources: Mapping[str, int]) -> list[str]:
    types = Counter(example.type_id for example in examples)
    groups = len({example.group for example in examples})
    listed = "; ".join(f"{name}: {pages} pages" for name, pages in sources.items())
    return [
        "## Data",
        "",
        f"{len(examples)} pages of {groups} dossiers, {len(types)} types. {listed}.",
        "",
        "Pages are kept as hashed n-grams and a few numbers. A bucket counts only if pages of two dossiers",
        "fill it; runs of digits count as one sign. The model holds no text.",
        "",
    ]


def _figures(known: Scores, unseen: Scores, trial: Trial) -> list[str]:
    rows = [
        "## Figures",
        "",
        f"Cross-validation in {FOLDS} parts, all pages of a dossier in the same part; for unseen types,",
        f"{FOLDS} parts by type, hidden from the statistics and from the rules.",
        "",
        "| | |",
        "|---|---|",
        f"| Right, of the pages named | {_percent(known.accuracy)} |",
        f"| Abstained | {_percent(known.abstention)} |",
        f"| Expected calibration error | {known.calibration_error:.3f} |",
        f"| Unseen type called unknown | {_percent(unseen.kept_out / max(1, unseen.papers_of_no_type))} |",
        f"| Names a type from a probability of | {trial.model.threshold:.2f} |",
    ]
    if known.papers_of_no_type:
        share = known.kept_out / known.papers_of_no_type
        rows.append(f"| Papers of no type called unknown | {_percent(share)} of {known.papers_of_no_type} |")
    return [*rows, ""]


def _comparison(judgement: Judgement) -> list[str]:
    falls = [f"| {each.type_id} | {each.before} | {each.now} | {each.pages} |" for each in judgement.falls]
    head = (
        "Types that fall against the live model:",
        "",
        "| Type | Before | Now | Pages |",
        "|---|---|---|---|",
    )
    told = [*head, *falls] if falls else ["No type falls against the live model."]
    live = judgement.live
    return [
        "## Against the live model",
        "",
        f"On the same folds: live {_percent(live.accuracy)} right, {_percent(live.abstention)} abstained.",
        "",
        *told,
        "",
    ]


def _types(known: Scores) -> list[str]:
    rows = [
        f"| {type_id} | {score.pages} | {score.right} | {score.abstained} | {score.wrong} |"
        for type_id, score in sorted(known.types.items())
    ]
    return [
        "## By type",
        "",
        "With the badly read copies that are made of some pages for training.",
        "",
        "| Type | Pages | Right | Abstained | Wrong |",
        "|---|---|---|---|---|",
        *rows,
        "",
    ]


def _care() -> list[str]:
    return [
        "## Care",
        "",
        "Proposals only, until a clerk confirms them. Types with few pages are told by their rules more than",
        "by statistics. Generated pages come from one generator: expect less on papers of other offices.",
    ]


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
