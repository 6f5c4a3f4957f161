"""Makes a field value from words on the page."""

from __future__ import annotations

from collections.abc import Sequence

from classifiers.extractors.values import clean
from classifiers.layout import Token, hull
from dossiers.reading import FieldValue, Source


def field_of(name: str, value: str | None, tokens: Sequence[Token], source: Source) -> FieldValue:
    """Makes a value with the box and the mean confidence of the words it was read from (at least one)."""
    return FieldValue(
        name=name,
        raw=clean(" ".join(token.text for token in tokens)),
        value=value,
        box=hull(token.box for token in tokens),
        confidence=confidence_of(tokens),
        source=source,
    )


def confidence_of(tokens: Sequence[Token]) -> float:
    """Mean confidence of words weighted by length, 0 to 1; there must be at least one token."""
    weights = [max(1, len(token.text)) for token in tokens]
    pairs = zip(weights, tokens, strict=True)
    return sum(weight * token.confidence for weight, token in pairs) / sum(weights)
