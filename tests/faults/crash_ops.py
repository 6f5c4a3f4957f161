"""What is killed in F1: each is one durable step of the office, told to the test as it goes.

``perform`` does a step in a prepared folder; ``recover`` does it again after any fault, and judges.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

from alembic import command
from sqlalchemy import text

from dossiers.errors import SohoaError
from scanners.drivers.hot_folder.hot_folder import HotFolder
from scanners.drivers.hot_folder.profile import FolderProfile
from scanners.drivers.hot_folder.settings import HotFolderSettings
from scanners.separators.verdict import SheetVerdict
from sohoa.exporting import export_dossier
from sohoa.hot_folder_taking import FolderTaking
from sohoa.report import report_on
from sohoa.scanning import LocalCentre
from storage.keys.number_index import KEY_FILE, open_number_index
from storage.records.engine import make_engine, make_file
from storage.records.migrate import make_config
from storage.records.sqlite_store import open_sqlite
from tests.faults.office import CodeReader, Office, office_in
from tests.faults.oracle import check_filed, check_received
from tests.faults.papers import paper
from tests.faults.power_writer import PAGES
from tests.faults.verdict import Verdict
from workers.sweeper import Sweeper

Tell = Callable[[str], None]
#: Revision that the records to be migrated have.
OLD_REVISION = "0002"
#: The first word of every life.
AT_GATE = "at the gate"
STEPS = ("receive", "file", "export", "delete", "migrate")


def prepare(step: str, folder: Path) -> None:
    """Makes the folder that a step begins in."""
    folder.mkdir(parents=True)
    if step == "migrate":
        _old_records(folder / "records.sqlite3")
        return
    with office_in(folder) as office:
        dossier_id = office.open()
        if step in ("file", "export"):
            for number in range(1, PAGES + 1):
                office.receive(dossier_id, number)
        if step == "export":
            office.work()
    if step == "delete":
        (folder / "hot").mkdir()
        for number in range(1, 4):
            (folder / "hot" / f"{number}.png").write_bytes(paper(number))
        (folder / "hot" / "4.png").write_bytes(b"")


def perform(step: str, folder: Path, tell: Tell) -> None:
    """Does a step in a life of its own."""
    if step == "migrate":
        open_sqlite(folder / "records.sqlite3").close()
        return
    with office_in(folder) as office:
        _do(step, office, folder, tell)


def recover(step: str, folder: Path, told: Sequence[str]) -> Verdict:
    """Judges what was acknowledged, does the step again an hour later, and judges what came of it."""
    if step == "migrate":
        perform(step, folder, _nobody)
        return _check_records(folder)
    with office_in(folder, later=timedelta(hours=1)) as office:  # when failed tasks are due again
        verdict = Verdict()
        if step == "receive":
            verdict += check_received(office, office.open(), [int(each) for each in told])
        _do(step, office, folder, _nobody)
        return verdict + _judged(step, office, folder)


def _nobody(word: str) -> None:
    """Nobody hears what is told."""


def _do(step: str, office: Office, folder: Path, tell: Tell) -> None:
    {"receive": _receive, "file": _file, "export": _export, "delete": _delete}[step](office, folder, tell)


def _judged(step: str, office: Office, folder: Path) -> Verdict:
    if step == "delete":
        return _check_taken(office, folder)
    dossier_id = office.open()
    verdict = check_received(office, dossier_id, range(1, PAGES + 1))
    if step != "receive":
        verdict += check_filed(office, dossier_id)
    if step == "export":
        verdict += _check_export(office, dossier_id, folder)
    return verdict


def _receive(office: Office, folder: Path, tell: Tell) -> None:
    dossier_id = office.open()
    for number in range(1, PAGES + 1):
        office.receive(dossier_id, number)
        tell(str(number))


def _file(office: Office, folder: Path, tell: Tell) -> None:
    """Reads, files and renders."""
    Sweeper(office.records).step()
    office.work()


def _export(office: Office, folder: Path, tell: Tell) -> None:
    export_dossier(_application(office), report_on(office.records, office.open(), ""), folder / "export")


def _application(office: Office) -> SimpleNamespace:
    readers = CodeReader()
    return SimpleNamespace(originals=office.originals, derivatives=office.derivatives, readers=readers)


def _delete(office: Office, folder: Path, tell: Tell) -> None:
    """Files of a hot folder leave it for good once they are received."""
    settings = HotFolderSettings(stable_seconds=0.0, patience_seconds=0.0, keep_days=0)
    profile = FolderProfile(name="f", path=folder / "hot", settings=settings)
    with closing(HotFolder(profile.path, settings)) as hot:
        taking = FolderTaking(
            profile,
            agency="H29.119",
            centre=LocalCentre(office.intake, office.records),
            inspector=CodeReader(),
            see_page=lambda content, index: SheetVerdict(),
            notes=folder / "notes",
        )
        for item in hot.scan():
            taking.take(item, hot)


def _old_records(path: Path) -> None:
    make_file(path)
    engine = make_engine(path)
    config = make_config()
    with engine.connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        config.attributes["numbers"] = open_number_index(path.parent / KEY_FILE)
        command.upgrade(config, OLD_REVISION)
        for number in range(1, 21):
            code = f"H29.119-261101-{number:04d}"
            own = {"dossier_id": f"d{number}", "state": "receiving"}
            owner = {"intake_key": f"k{number}", "citizen_number": "003195500150"}
            _insert(connection, "dossiers", code=code, **own, **owner)
            file = {"dossier_id": f"d{number}", "file_id": f"f{number}"}
            _insert(connection, "files", receipt_key=f"r{number}", flags="[]", **file)
            _insert(connection, "pages", page_id=f"p{number}", number=1, state="received", **file)
    engine.dispose()


def _insert(connection, table: str, **values: object) -> None:
    for _, name, kind, is_needed, default, is_key in connection.execute(text(f"PRAGMA table_info({table})")):
        if is_needed and default is None and not is_key and name not in values:
            values[name] = "" if kind in ("TEXT", "VARCHAR") else 0
    names = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), values)


def _check_records(folder: Path) -> Verdict:
    verdict = Verdict()
    with closing(sqlite3.connect(folder / "records.sqlite3")) as connection:
        if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            verdict.losses.append("the file is damaged")
        if connection.execute("PRAGMA foreign_key_check").fetchall():
            verdict.losses.append("a row belongs to nothing")
    records = open_sqlite(folder / "records.sqlite3")
    with records.transaction() as work:
        for number in range(1, 21):
            pages = work.pages.of_dossier(f"d{number}")
            if [page.page_id for page in pages] != [f"p{number}"]:
                verdict.losses.append(f"dossier {number} has {len(pages)} pages")
            if work.dossiers.get(f"d{number}").citizen_number != "003195500150":
                verdict.losses.append(f"dossier {number} lost its owner")
    records.close()
    return verdict


def _check_export(office: Office, dossier_id: str, folder: Path) -> Verdict:
    verdict = Verdict()
    with office.records.transaction() as work:
        code = work.dossiers.get(dossier_id).code
    # What a killed export left is cleared away when it is a day old.
    present = {path.name for path in (folder / "export").iterdir() if path.name[0] != "."}
    if present != {code}:
        verdict.doubles.append(f"the export folder holds {sorted(present)}")
    made = folder / "export" / code
    json.loads((made / "dossier.json").read_text())
    originals = [path.read_bytes() for path in sorted((made / "originals").iterdir())]
    if originals != [paper(number) for number in range(1, PAGES + 1)]:
        verdict.losses.append("the export has other originals")
    if len(list(made.glob("*.pdf"))) != -(-PAGES // 2):
        verdict.losses.append("the export lacks a PDF")
    return verdict


def _check_taken(office: Office, folder: Path) -> Verdict:
    verdict = Verdict()
    left = sorted(path.name for path in (folder / "hot").glob("*.png"))
    if left:
        verdict.losses.append(f"left in the folder: {left}")
    with office.records.transaction() as work:
        ids = {each.dossier_id for key in _keys() if (each := work.dossiers.by_intake_key(key)) is not None}
        pages = [page for dossier_id in sorted(ids) for page in work.pages.of_dossier(dossier_id)]
    found = sorted(office.originals.get(page.original_key) for page in pages)
    if found != sorted(paper(number) for number in range(1, 4)):
        verdict.losses.append(f"{len(found)} pages of 3 files")
    refused = list((folder / "hot").glob("*/4.png*"))
    if len(refused) != 2:
        verdict.losses.append(f"the refused file and its reason: {[path.name for path in refused]}")
    return verdict


def _keys() -> list[str]:
    return [f"folder:f:{hashlib.sha256(paper(number)).hexdigest()}:0" for number in range(1, 4)]


def main(step: str, folder: str, go, tells) -> None:
    """A life of the process: waits until it is watched, does the step, ends with 3 at one of our errors.

    What Python opens to begin comes before the gate: calls are counted from there, alike in every life.
    """
    tells.send(AT_GATE)
    go.recv()
    try:
        perform(step, Path(folder), tells.send)
    except SohoaError:
        raise SystemExit(3) from None
