"""One training: examples in, a model with its card on the shelf, live if no type falls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from lzma import LZMAError, decompress
from pathlib import Path
from typing import Final

from classifiers.statistical.model import bad_model
from classifiers.statistical.shelf import Shelf, delivered_file
from classifiers.training.card import model_card
from classifiers.training.example import Example, decode_example
from classifiers.training.gate import Judgement, judge
from classifiers.training.spoiling import with_spoilt
from classifiers.training.trial import Trial, train

#: The examples that the delivered model learned from.
DELIVERED: Final = "examples.jsonl.xz"
#: The names of the sources of examples on cards.
FROM_PACKAGE: Final = "delivered with Sohoa (generated, invented people)"
FROM_FOLDER: Final = "read from a folder"
FROM_CLERKS: Final = "confirmed by clerks"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trained:
    """What came out: the trial, the comparison, where the card is, and whether the model went live."""

    trial: Trial
    judgement: Judgement
    card: Path
    went_live: bool


def delivered_examples() -> list[Example]:
    """The examples of the delivered model.

    Raises:
        ConfigurationError: ``BAD_MODEL``, the installation is damaged.
    """
    try:
        lines = decompress(delivered_file(DELIVERED)).decode().splitlines()
    except (LZMAError, UnicodeDecodeError) as error:
        raise bad_model("the delivered examples are damaged") from error
    return [decode_example(line) for line in lines]


def train_on(sources: Mapping[str, Iterable[Example]], shelf: Shelf, ruled: Collection[str]) -> Trained:
    """Trains on the examples of all sources and puts the model on the shelf; live if no type falls.

    Raises:
        ConfigurationError: training is not possible here, or the shelf cannot be written.
    """
    by_source = {name: list(examples) for name, examples in sources.items()}
    pages = _united(by_source)
    examples = with_spoilt(pages)
    trial = train(examples, ruled)
    judgement = judge(trial, shelf.live(), examples, ruled)
    counts = {name: len(each) for name, each in by_source.items() if each}
    card = shelf.add(trial.model, model_card(trial, pages, counts, judgement))
    if not judgement.falls:
        shelf.use(trial.model.version)
    return Trained(trial=trial, judgement=judgement, card=card, went_live=not judgement.falls)


def _united(by_source: Mapping[str, Sequence[Example]]) -> list[Example]:
    """All examples; of two with one name the later source counts: clerks over folders over the package."""
    found = {example.example_id: example for each in by_source.values() for example in each}
    return list(found.values())


def pages_by_type(examples: Sequence[Example]) -> dict[str, int]:
    """How many pages there are of each type, most first."""
    return dict(Counter(example.type_id for example in examples).most_common())
