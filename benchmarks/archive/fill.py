"""Fills the records of a data folder with an invented office.

    python -m benchmarks.archive.fill FOLDER [--dossiers N] [--records-url URL]

A folder that holds such an office already is left as it is. Half of the time goes to the words of pages. Two
pages a dossier, short ones: it is the number of dossiers that screens have to stand, not the length of pages.
"""

from __future__ import annotations

import argparse
import json
import time
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image
from sqlalchemy import Engine

from benchmarks.archive.bulk import BulkWriter, bulk_writing
from benchmarks.archive.paper import TYPES, reading_of
from benchmarks.archive.rows import ArchiveRows
from benchmarks.archive.size import OWN, ArchiveSize
from dossiers.account_desk import NewAccount
from dossiers.catalogue import Catalogue
from dossiers.permissions import Permission, Role
from dossiers.steward import Steward
from pipeline.codec import encode_result
from pipeline.geometry import Placement
from pipeline.page_result import PageResult
from pipeline.text import Block, Box, Line, PageText, Word
from sohoa.account_wiring import make_account_desk
from sohoa.bootstrap import RECORDS_FILE, Application, bootstrap
from sohoa.settings import Settings
from storage.keys.late_number_index import LateNumberIndex
from storage.keys.number_index import KEY_FILE
from storage.records.engine import make_engine

#: Told in the folder once everything is there.
DONE: Final = "archive.json"
#: Everybody's password; invented.
PASSWORD: Final = "quay tiep nhan mau"
ACCOUNTS: Final = (
    ("canbo", Role.CLERK, frozenset[Permission]()),
    ("truong", Role.MANAGER, frozenset[Permission]()),
    ("tinh", Role.RETRIEVER, frozenset({Permission.ALL_BRANCHES})),
    ("quantri", Role.ADMINISTRATOR, frozenset[Permission]()),
)
_BATCH: Final = 5000
_BLOCK: Final = 25_000
_PROCEDURES: Final = 200


def fill(folder: Path, dossiers: int, records_url: str = "") -> None:
    """Fills it once."""
    if (folder / DONE).exists():
        return
    settings = Settings(data_dir=folder, agency=OWN, counter="Quầy 2", workers=1, records_url=records_url)
    with bootstrap(settings) as application:
        desk = make_account_desk(application)
        for name, role, grants in ACCOUNTS:
            new = NewAccount(name=name, shown_name=f"Người {name}", role=role, branch=OWN, grants=grants)
            desk.create(new, PASSWORD, by=Steward.of_computer("benchmark"))
        original, artefact = _objects(application)
        procedures = _procedures(application.catalogue)
    until = datetime.now(UTC)
    size = ArchiveSize(dossiers=dossiers, until=until, block=min(_BLOCK, dossiers // 2))
    numbers = LateNumberIndex(folder / KEY_FILE)
    _write(_engine(folder, records_url), ArchiveRows(size, procedures, numbers, original, artefact), size)
    told = {"dossiers": dossiers, "until": until.isoformat(), "records_url": bool(records_url)}
    (folder / DONE).write_text(json.dumps(told), encoding="utf-8")


def _engine(folder: Path, records_url: str) -> Engine:
    if not records_url:
        return make_engine(folder / RECORDS_FILE)
    from storage.records.postgres_engine import make_postgres_engine  # its driver is an extra

    return make_postgres_engine(records_url)


def _write(engine: Engine, rows: ArchiveRows, size: ArchiveSize) -> None:
    """The oldest block is repeated by the database up to the newest one, which is drawn again."""
    began = time.monotonic()
    block, blocks = size.block, size.dossiers // size.block
    with bulk_writing(engine) as writer:
        _draw(writer, rows, 0, block)
        writer.repeat(blocks - 2, timedelta(days=size.days) / blocks)
        rows.skip(blocks - 2)
        _draw(writer, rows, (blocks - 1) * block, size.dossiers)
    engine.dispose()
    print(f"{size.dossiers} dossiers, {time.monotonic() - began:.0f} s", flush=True)


def _draw(writer: BulkWriter, rows: ArchiveRows, first: int, after: int) -> None:
    for start in range(first, after, _BATCH):
        writer.write(rows.batch(start, min(start + _BATCH, after)))


def _procedures(catalogue: Catalogue) -> list[tuple[str, str]]:
    known = {each.number: each.name for each in catalogue.procedures}
    return sorted(known.items())[:_PROCEDURES]


def _objects(application: Application) -> tuple[str, str]:
    """The one picture and the one full result that all pages share."""
    picture = BytesIO()
    Image.new("RGB", (800, 1000), (250, 250, 245)).save(picture, "JPEG")
    words = tuple(
        Word(text=text, box=Box(left=10 + 90 * at, top=100, right=90 + 90 * at, bottom=140), confidence=0.9)
        for at, text in enumerate(["GIẤY", "KHAI", "SINH"])
    )
    line = Line(words=words, box=Box(left=0, top=100, right=800, bottom=140))
    whole = Box(left=0, top=0, right=800, bottom=1000)
    result = PageResult(
        reading=reading_of(TYPES[0][0], "GIẤY KHAI SINH"),
        text=PageText(width=800, height=1000, dpi=150.0, blocks=(Block(lines=(line,), box=whole),)),
        placement=Placement(
            original_width=800,
            original_height=1000,
            width=800,
            height=1000,
            dpi=150.0,
            rotated_degrees=0,
            skew_degrees=0.0,
            to_original=(1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0),
        ),
    )
    stored = application.derivatives.put_once(encode_result(result))
    return application.originals.put_once(picture.getvalue()), stored


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dossiers", type=int, default=1_000_000)
    parser.add_argument("--records-url", default="")
    asked = parser.parse_args()
    fill(asked.folder.absolute(), asked.dossiers, asked.records_url)


if __name__ == "__main__":
    main()
