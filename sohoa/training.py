"""Wires training: examples of the package, of a folder with truth, of clerks; models on the shelf."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from classifiers.rules.book import load_book
from classifiers.statistical.shelf import Shelf
from classifiers.training.engine import check_engine
from classifiers.training.example import Example, decode_example, encode_example
from classifiers.training.making import ExampleMaker
from classifiers.training.session import (
    FROM_CLERKS,
    FROM_FOLDER,
    FROM_PACKAGE,
    Trained,
    delivered_examples,
    train_on,
)
from dossiers.document_types import BLANK, DOCUMENT_TYPES
from dossiers.errors import InputCode, InputError
from dossiers.intake import MAX_FILE_BYTES
from dossiers.learning import ConfirmedPage, Learning
from dossiers.reading import FieldValue, Outcome, Source
from pipeline.codec import decode_result
from pipeline.page_result import PageResult
from sohoa.bootstrap import Application, make_reader
from sohoa.clock import utc_now
from sohoa.settings import Settings
from workers.reader_pool import ReaderPool

#: The file with the truth of a dossier folder.
TRUTH: Final = "truth.json"
_CODES: Final = frozenset({Source.QR, Source.MRZ, Source.BARCODE})


def make_learning(application: Application) -> Learning:
    """The use case of confirming types, with the classifier's way of putting pages into numbers."""
    maker = ExampleMaker(load_book(application.settings.data_dir))

    def describe(page: ConfirmedPage) -> str:
        text = decode_result(page.artefact).text
        example = maker.make_of_text(
            text,
            _codes(page.reading.fields),
            example_id=page.page_id,
            group=page.dossier_id,
            type_id=page.type_id,
        )
        return encode_example(example)

    return Learning(
        records=application.records, derivatives=application.derivatives, describe=describe, clock=utc_now
    )


def retrain(application: Application, folder: Path | None) -> Trained:
    """Trains on everything there is and puts the model on the shelf.

    Args:
        application: with the records.
        folder: dossier folders with ``truth.json``, or ``None``.

    Raises:
        ConfigurationError: scikit-learn is not installed.
        InputError: the folder holds no truth, or names an unknown type.
    """
    check_engine()
    settings = application.settings
    book = load_book(settings.data_dir)
    sources: dict[str, Sequence[Example]] = {FROM_PACKAGE: delivered_examples()}
    if folder is not None:
        sources[FROM_FOLDER] = list(_folder_examples(folder, settings, ExampleMaker(book)))
    stored = make_learning(application).examples()
    sources[FROM_CLERKS] = [decode_example(each.features) for each in stored]
    return train_on(sources, Shelf(settings.data_dir), book.type_ids)


def export_examples(application: Application, path: Path) -> int:
    """Writes the examples of clerks, one JSON object a line, readable by the owner only; returns how many."""
    stored = make_learning(application).examples()
    path.touch(mode=0o600)
    with path.open("w", encoding="utf-8") as target:
        for each in stored:
            line = {
                "page": each.page_id,
                "dossier": each.dossier_id,
                "type": each.type_id,
                "confirmed_at": each.confirmed_at.isoformat(),
                "features": json.loads(each.features),
            }
            target.write(json.dumps(line, ensure_ascii=False) + "\n")
    return len(stored)


def _folder_examples(folder: Path, settings: Settings, maker: ExampleMaker) -> Iterator[Example]:
    paths = sorted(folder.glob(f"*/{TRUTH}"))
    if not paths:
        raise InputError(InputCode.NOT_FOUND, f"{folder}/*/{TRUTH}")
    readers = ReaderPool(lambda: make_reader(settings), settings.workers)
    threads = ThreadPoolExecutor(settings.workers)
    try:
        for path in paths:
            pages = _truth(path)
            results = threads.map(lambda page: _read(readers, page[0], page[1]), pages)
            for number, (page, result) in enumerate(zip(pages, results, strict=True), start=1):
                if result.reading.outcome is Outcome.BLANK or not result.text.words:
                    continue
                yield maker.make_of_text(
                    result.text,
                    _codes(result.reading.fields),
                    example_id=f"{folder.name}/{path.parent.name}/{number}",
                    group=f"{folder.name}/{path.parent.name}",
                    type_id=page[2],
                )
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        readers.close()


def _truth(path: Path) -> list[tuple[Path, int, str]]:
    """File, index in it and type of each page that is not blank."""
    try:
        pages = json.loads(path.read_text("utf-8"))["pages"]
        found = [(path.parent / str(p["file"]), int(p.get("index", 0)), str(p["type_id"])) for p in pages]
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError) as error:
        raise InputError(InputCode.DAMAGED, str(path)) from error
    for file, _, type_id in found:
        if type_id not in DOCUMENT_TYPES or file.resolve().parent != path.parent.resolve():
            raise InputError(InputCode.DAMAGED, f"{path}: {type_id}, {file.name}")
    return [each for each in found if each[2] != BLANK]


def _read(readers: ReaderPool, file: Path, index: int) -> PageResult:
    if not file.is_file() or file.stat().st_size > MAX_FILE_BYTES:
        raise InputError(InputCode.NOT_FOUND, str(file))
    with readers.borrow() as reader:
        return reader.read(file.read_bytes(), index)


def _codes(fields: Sequence[FieldValue]) -> tuple[FieldValue, ...]:
    return tuple(value for value in fields if value.source in _CODES)
