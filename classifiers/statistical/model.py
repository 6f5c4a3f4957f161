"""A linear model of page types and how it is kept: one ``.npz`` file without pickled objects."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from classifiers.statistical.look import NAMES, Look
from classifiers.statistical.ngrams import BUCKETS, Buckets, Counts
from dossiers.errors import ConfigurationError

#: Raise this whenever features or arrays change their meaning: older files are then refused.
FORMAT: Final = 2
#: What the numbers of the look weigh beside the n-grams, whose vector has length 1.
LOOK_WEIGHT: Final = 0.35
#: Unpacked size up to which a file is read, bytes.
_MOST_BYTES: Final = 64 * 1024 * 1024

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Vocabulary:
    """The buckets that count, in rising order, and how much each tells (inverse document frequency)."""

    buckets: Buckets
    rarity: Floats

    def vector_of(self, counts: Counts) -> tuple[npt.NDArray[np.intp], Floats, float]:
        """Places in ``buckets``, their weights (length 1 together), and the share of the page known here."""
        places = np.searchsorted(self.buckets, counts.buckets)
        places = np.minimum(places, len(self.buckets) - 1)
        is_known = self.buckets[places] == counts.buckets
        total = float(np.square(counts.weights).sum())
        places, weights = places[is_known], counts.weights[is_known]
        known = float(np.square(weights).sum()) / total if total else 0.0
        weights = weights * self.rarity[places]
        length = float(np.linalg.norm(weights))
        return places, (weights / length if length else weights).astype(np.float32), known


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LinearModel:
    """Scores of every class of page.

    Attributes:
        version: names the model for ever; part of ``Classification.method``.
        classes: type ids; ``unknown`` among them stands for papers of no type.
        vocabulary: the buckets that count.
        weights: int8, one row a class, one column a bucket.
        scales: what one step of ``weights`` is worth, by class.
        usual: mean and standard deviation of the score that pages of a class give to it, by class.
        look_weights: one row a class, one column a number of the look.
        bias: by class.
        choice: weights of the final choice, see ``classifiers.statistical.choice``.
        threshold: below this probability the classifier abstains.
        sources: which examples it learned from, as ``source_of`` names them.
    """

    version: str
    classes: tuple[str, ...]
    vocabulary: Vocabulary
    weights: npt.NDArray[np.int8]
    scales: Floats
    usual: Floats
    look_weights: Floats
    bias: Floats
    choice: Floats
    threshold: float
    sources: npt.NDArray[np.uint64]

    def scores(self, counts: Counts, look: Look) -> tuple[Floats, float]:
        """Logits by class, and the share of the page's n-grams that the model knows, 0 to 1."""
        places, weights, known = self.vocabulary.vector_of(counts)
        text = self.weights[:, places].astype(np.float32) @ weights * self.scales
        return (text + self.look_weights @ (look * LOOK_WEIGHT) + self.bias).astype(np.float32), known

    def distances(self, scores: Floats) -> Floats:
        """How far each score lies from those of pages of its class, in their standard deviations."""
        return np.asarray((scores - self.usual[:, 0]) / self.usual[:, 1], np.float32)

    def pull(self, type_id: str, counts: Counts) -> Floats:
        """How much each bucket of the page speaks for a class, by bucket number; 0 where it does not."""
        places, weights, _ = self.vocabulary.vector_of(counts)
        pulls = np.zeros(BUCKETS, np.float32)
        pulls[self.vocabulary.buckets[places]] = self.weights[self.classes.index(type_id), places] * weights
        return pulls

    def encode(self) -> bytes:
        """The file: the same model gives the same bytes."""
        about = {"format": FORMAT, "version": self.version, "classes": self.classes, "look": NAMES,
                 "threshold": self.threshold}  # fmt: skip
        arrays: dict[str, npt.NDArray[Any]] = {
            "about": np.frombuffer(json.dumps(about).encode(), np.uint8),
            "buckets": self.vocabulary.buckets,
            "rarity": self.vocabulary.rarity.astype(np.float16),
            "weights": self.weights,
            "scales": self.scales,
            "usual": self.usual,
            "look_weights": self.look_weights.astype(np.float16),
            "bias": self.bias,
            "choice": self.choice,
            "sources": self.sources,
        }
        return pack(arrays)


def decode_model(content: bytes) -> LinearModel:
    """Reads a model file.

    Raises:
        ConfigurationError: ``BAD_MODEL``, it is damaged or of another format.
    """
    arrays = unpack(content)
    try:
        about = json.loads(arrays["about"].tobytes())
        if about["format"] != FORMAT or tuple(about["look"]) != NAMES:
            raise bad_model("made by another release; train it anew")
        model = LinearModel(
            version=str(about["version"]),
            classes=tuple(str(each) for each in about["classes"]),
            vocabulary=Vocabulary(buckets=arrays["buckets"], rarity=arrays["rarity"].astype(np.float32)),
            weights=arrays["weights"],
            scales=arrays["scales"],
            usual=arrays["usual"],
            look_weights=arrays["look_weights"].astype(np.float32),
            bias=arrays["bias"],
            choice=arrays["choice"],
            threshold=float(about["threshold"]),
            sources=arrays["sources"],
        )
    except (KeyError, ValueError, TypeError) as error:
        raise bad_model("damaged") from error
    if model.weights.shape != (len(model.classes), len(model.vocabulary.buckets)):
        raise bad_model("damaged")
    return model


def source_of(example_id: str) -> int:
    """A number that stands for an example in ``sources`` without naming its page."""
    return int.from_bytes(sha256(example_id.encode()).digest()[:8])


def pack(arrays: dict[str, npt.NDArray[Any]]) -> bytes:
    """Packs arrays into an ``.npz`` file whose bytes depend on nothing but the arrays."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_LZMA) as archive:
        for name, array in arrays.items():
            part = io.BytesIO()
            np.save(part, array, allow_pickle=False)
            archive.writestr(
                zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), part.getvalue(), zipfile.ZIP_LZMA
            )
    return target.getvalue()


def unpack(content: bytes) -> dict[str, npt.NDArray[Any]]:
    """Unpacks what ``pack`` made.

    Raises:
        ConfigurationError: ``BAD_MODEL``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(each.file_size for each in archive.infolist()) > _MOST_BYTES:
                raise bad_model("larger than any model")
            return {
                each.filename.removesuffix(".npy"): np.load(
                    io.BytesIO(archive.read(each)), allow_pickle=False
                )
                for each in archive.infolist()
            }
    except (zipfile.BadZipFile, ValueError, EOFError, OSError) as error:
        raise bad_model("damaged") from error


def bad_model(detail: str) -> ConfigurationError:
    """The model cannot be used."""
    return ConfigurationError(
        "BAD_MODEL",
        vi="Mô hình nhận dạng loại giấy tờ không dùng được; hãy chọn phiên bản khác.",
        en=f"the model of page types cannot be used: {detail}",
        hint="sohoa train --list; sohoa train --use VERSION",
    )
