"""Generated pages as the pipeline reads them, with truth; each is read once and kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from benchmarks.language.reading import NoClassifier
from classifiers.codes import reader
from dossiers.document_types import BLANK
from dossiers.reading import FieldValue
from pipeline.codec import decode_result, encode_result
from pipeline.image import PageImage
from pipeline.language.repair import load_knowledge
from pipeline.limits import Limits
from pipeline.ocr import tesseract_inprocess
from pipeline.page import PageResult, PageTools, read_page
from pipeline.ports import ReadPage
from pipeline.stages.decode import decode_page
from pipeline.stages.warp import upright
from pipeline.version import PIPELINE_VERSION

#: Where readings are kept.
CACHE: Final = Path(".cache/benchmarks/classification")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReadTruth:
    """A page that was read, with the truth.

    Attributes:
        name: dossier and page, for people.
        dossier: names the dossier.
        type_id: the truth; ``unknown`` for a paper of no type.
        page: upright, with its text.
        values: what the code readers found.
        degradations: what the capture did to the page.
    """

    name: str
    dossier: str
    type_id: str
    page: ReadPage
    values: tuple[FieldValue, ...]
    degradations: tuple[str, ...]


def read_pages(folder: Path, limit: int = 0) -> Iterator[ReadTruth]:
    """Yields the pages of all dossiers of a folder that are not blank.

    Args:
        folder: as ``samples.generator`` writes it.
        limit: at most so many pages; 0 for all.
    """
    count = 0
    for path in sorted(folder.glob("*/truth.json")):
        truth = json.loads(path.read_text("utf-8"))
        for page in truth["pages"]:
            if page["blank"] or page["type_id"] == BLANK:
                continue
            if limit and count == limit:
                return
            read = _read((path.parent / page["file"]).read_bytes(), page["index"])
            count += 1
            yield ReadTruth(
                name=f"{folder.name}/{truth['dossier']}/{page['n']}",
                dossier=f"{folder.name}/{truth['dossier']}",
                type_id=page["type_id"],
                page=read[0],
                values=read[1],
                degradations=tuple(page["degradations"]),
            )


def _read(content: bytes, index: int) -> tuple[ReadPage, tuple[FieldValue, ...]]:
    result = _result(content, index)
    decoded = decode_page(content, index, Limits())
    image: PageImage = upright(decoded.image, result.placement)
    return ReadPage(image=image, text=result.text), result.reading.fields


def _result(content: bytes, index: int) -> PageResult:
    name = f"{hashlib.sha256(content).hexdigest()[:24]}-{index}.json"
    path = CACHE / PIPELINE_VERSION / name
    if path.exists():
        return decode_result(path.read_bytes())
    result = read_page(content, index, _tools())
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_suffix(".part")
    scratch.write_bytes(encode_result(result))
    scratch.replace(path)
    return result


@lru_cache(maxsize=1)
def _tools() -> PageTools:
    """Code readers and engine as the product has them; no classifier, no fields."""
    engine = tesseract_inprocess.make({})
    return PageTools(
        engine=engine,
        classifier=NoClassifier(),
        code_extractors=(reader.make(engine),),
        knowledge=load_knowledge(),
    )
