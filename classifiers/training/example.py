"""A training example: a page in numbers and the type that a person or the generator says it has.

Rule: an example holds no text, no name and no number of a paper; it names its dossier, so that it can be
erased with it and never stands on both sides of a cut.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass

import numpy as np

from classifiers.statistical.model import FORMAT, bad_model
from classifiers.statistical.ngrams import Buckets, Counts
from classifiers.statistical.sight import RuleVote, Sight


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Example:
    """One page.

    Attributes:
        example_id: names it for ever.
        group: the dossier (or other source) it comes from.
        type_id: the truth; ``unknown`` for a paper of no type.
        sight: what the page shows.
        rule_without: what the rules would say if they did not know its type.
    """

    example_id: str
    group: str
    type_id: str
    sight: Sight
    rule_without: RuleVote


def encode_example(example: Example) -> str:
    """As one line of JSON; weights are kept to 1 in 255."""
    sight = example.sight
    weights = np.clip(np.round(sight.counts.weights / _step(sight.counts) * 255), 0, 255).astype(np.uint8)
    value = {
        "format": FORMAT,
        "id": example.example_id,
        "group": example.group,
        "type": example.type_id,
        "rule": [sight.rule.type_id, sight.rule.confidence],
        "rule_without": [example.rule_without.type_id, example.rule_without.confidence],
        "titles": dict(sight.titles),
        "has_title": sight.has_title,
        "labels": dict(sight.labels),
        "look": [round(float(each), 4) for each in sight.look],
        "gaps": _gaps(sight.counts.buckets),
        "weights": base64.b64encode(weights.tobytes()).decode(),
        "step": round(_step(sight.counts), 6),
    }
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def decode_example(line: str) -> Example:
    """Reads what ``encode_example`` wrote.

    Raises:
        ConfigurationError: ``BAD_MODEL``, it is damaged or of another release.
    """
    try:
        value = json.loads(line)
        if value["format"] != FORMAT:
            raise bad_model("examples of another release")
        weights = np.frombuffer(base64.b64decode(value["weights"]), np.uint8).astype(np.float32)
        counts = Counts(
            buckets=_buckets(value["gaps"]),
            weights=(weights / 255 * value["step"]).astype(np.float32),
        )
        return Example(
            example_id=str(value["id"]),
            group=str(value["group"]),
            type_id=str(value["type"]),
            sight=Sight(
                counts=counts,
                look=np.asarray(value["look"], np.float32),
                rule=_vote(value["rule"]),
                titles={str(name): float(share) for name, share in value["titles"].items()},
                has_title=bool(value["has_title"]),
                labels={str(name): float(share) for name, share in value["labels"].items()},
            ),
            rule_without=_vote(value["rule_without"]),
        )
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise bad_model("a damaged training example") from error


def _gaps(buckets: Buckets) -> list[str]:
    """Steps from bucket to bucket, low and high bytes apart: they pack best so."""
    steps = np.diff(buckets, prepend=np.uint16(0)).astype(np.uint16)
    halves = (steps & 0xFF).astype(np.uint8), (steps >> 8).astype(np.uint8)
    return [base64.b64encode(half.tobytes()).decode() for half in halves]


def _buckets(gaps: list[str]) -> Buckets:
    low, high = (np.frombuffer(base64.b64decode(half), np.uint8).astype(np.uint16) for half in gaps)
    return np.cumsum(low + (high << np.uint16(8)), dtype=np.uint16)


def _vote(value: list[object]) -> RuleVote:
    return RuleVote(type_id=str(value[0]), confidence=float(str(value[1])))


def _step(counts: Counts) -> float:
    return float(counts.weights.max(initial=0.0)) or 1.0
