"""All readers of machine-readable marks as one extractor."""

from __future__ import annotations

from collections.abc import Sequence

from classifiers.codes.mrz import ZoneReader
from classifiers.codes.qr import CodeReader
from dossiers.reading import Classification, FieldValue
from pipeline.ports import OcrEngine, ReadPage


class MarkReader:
    """Reads QR codes and barcodes, then machine-readable zones.

    Args:
        engine: reads an enlarged machine-readable zone where the page's own text fails; may be ``None``.
    """

    name = "codes/1"

    def __init__(self, engine: OcrEngine | None = None) -> None:
        self._readers = (CodeReader(), ZoneReader(engine))

    def extract(self, page: ReadPage, classification: Classification | None) -> Sequence[FieldValue]:
        """Returns the values of all marks; where a code and a zone disagree, both values."""
        return tuple(value for reader in self._readers for value in reader.extract(page, classification))


def make(engine: OcrEngine | None = None) -> MarkReader:
    """Makes the reader."""
    return MarkReader(engine)
