"""Read words with their features and whether they are right: what fitting and measuring start from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from benchmarks.confidence.labels import labels_of
from benchmarks.language.pages import TruthPage, load_pages
from benchmarks.language.reading import CachedReader
from pipeline.confidence.features import Features, features_of
from pipeline.language.repair import load_knowledge
from pipeline.text import PageText
from pipeline.version import PIPELINE_VERSION

#: Where readings are kept: repaired, with the engine's own confidences.
CACHE: Final = Path(".cache/benchmarks/confidence")
#: ``forms/s01_bw200.png`` and ``spoilt-forms/s01_faint30.png`` go together, as do all of ``02-dang-ky p3``.
_DOCUMENT: Final = re.compile(r"(?:.*/)?([^_ ]+)")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LabelledPage:
    """One page.

    Attributes:
        group: what figures are summed over.
        document: pages with the same text have the same.
        name: how people find the page.
        text: as read, with the engine's confidences.
        features: a row for each word that can be judged.
        engine: the engine's confidence of each.
        is_right: whether each is exactly right.
        letters: how many letters and signs each has.
    """

    group: str
    document: str
    name: str
    text: PageText
    features: Features
    engine: Features
    is_right: npt.NDArray[np.bool_]
    letters: Features


def labelled_pages(folders: Iterable[Path], label: str | None = None) -> Iterator[LabelledPage]:
    """Reads pages (each once for a pipeline version) and labels their words.

    Args:
        folders: pages with truth, as ``benchmarks.language.pages`` finds them.
        label: name of the kept readings; that of the pipeline's version if omitted.
    """
    reader = CachedReader(CACHE, label or PIPELINE_VERSION, load_knowledge())
    for folder in folders:
        for page in load_pages(folder):
            yield _labelled(page, reader.read(page.content))


def _labelled(page: TruthPage, text: PageText) -> LabelledPage:
    labels = labels_of(text, page.printed)
    words = text.words
    chosen = [label.at for label in labels]
    found = _DOCUMENT.match(page.name)
    return LabelledPage(
        group=page.group,
        document=found.group(1) if found else page.name,
        name=page.name,
        text=text,
        features=features_of(text, load_knowledge().model)[chosen],
        engine=np.array([words[at].confidence for at in chosen]),
        is_right=np.array([label.is_right for label in labels], dtype=np.bool_),
        letters=np.array([float(len(words[at].text)) for at in chosen]),
    )
