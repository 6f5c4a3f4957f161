"""The drill: an office is backed up, its machine is gone, it is restored to an empty place and compared."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copy, rmtree

import pytest

from dossiers.errors import ConfigurationError, IntegrityError, RecordError
from dossiers.inspection_ports import Inspection
from dossiers.intake import Intake, RawFile
from dossiers.opening import Opening
from dossiers.page import ReceivedFile
from sohoa.backup import check_backup, make_backup, restore_backup
from sohoa.clock import utc_now
from sohoa.settings import Settings
from sohoa.stores import open_stores
from storage.records.copying import fingerprints
from storage.records.engine import make_engine
from storage.records.opening import open_records
from storage.records.postgres_engine import make_postgres_engine
from tests.servers.postgres import PostgresServer

Place = Callable[[str], Settings]


class OnePage:
    """An inspector that takes everything for a picture of one page."""

    def inspect(self, content: bytes, suffix: str) -> Inspection:
        return Inspection(media_type="image/png", page_count=1, flags=())


@pytest.fixture
def on_file(tmp_path: Path) -> Place:
    return lambda name: Settings(data_dir=tmp_path / name, workers=1)


@pytest.fixture
def on_server(tmp_path: Path, postgres: PostgresServer, empty_records: str) -> Iterator[Place]:
    made: list[str] = []

    def place(name: str) -> Settings:
        made.append(f"drill_{name}")
        url = postgres.make_database(made[-1], "empty")
        return Settings(data_dir=tmp_path / name, workers=1, records_url=url)

    yield place
    for name in made:
        postgres.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.parametrize(
    ("source", "target"), [("on_file", "on_file"), ("on_file", "on_server"), ("on_server", "on_file")]
)
def test_an_office_is_restored_as_it_was(
    request: pytest.FixtureRequest, tmp_path: Path, source: str, target: str
) -> None:
    office = request.getfixturevalue(source)("office")
    files = _work(office, 5)
    before = _fingerprints(office)
    backup = tmp_path / "backup"
    make_backup(office, backup, _silent)
    rmtree(office.data_dir)
    restored = request.getfixturevalue(target)("restored")
    manifest = restore_backup(restored, backup, _silent)
    assert manifest.objects["originals"] == 5
    assert _fingerprints(restored) == before
    originals = open_stores(restored)["originals"]
    for file in files:
        assert hashlib.sha256(originals.get(file.original_key)).hexdigest() == file.original_key
    assert (restored.data_dir / "types" / "office.toml").read_text() == "# loại giấy tờ\n"
    assert not (restored.data_dir / "keys").exists()


def test_a_second_backup_copies_only_what_is_new(on_file: Place, tmp_path: Path) -> None:
    office, told = on_file("office"), []
    _work(office, 2)
    make_backup(office, tmp_path / "backup", _silent)
    kept = {path: path.stat().st_ino for path in (tmp_path / "backup" / "objects").rglob("*")}
    _work(office, 3)
    manifest = make_backup(office, tmp_path / "backup", lambda kind, count: told.append((kind, count)))
    assert manifest.objects["originals"] == 3
    assert all(path.stat().st_ino == number for path, number in kept.items())
    assert told[-1] == ("originals", 3)
    assert check_backup(tmp_path / "backup") == manifest
    noon = replace(manifest, made_at="2026-11-28T05:00:00.5+00:00")
    assert noon.shown_moment == "28/11/2026 12:00"


@pytest.mark.parametrize("harm", ["object", "missing", "records", "list"])
def test_a_damaged_backup_is_noticed_and_restores_nothing(on_file: Place, tmp_path: Path, harm: str) -> None:
    office, backup = on_file("office"), tmp_path / "backup"
    files = _work(office, 2)
    make_backup(office, backup, _silent)
    _harm(backup, files[1], harm)
    restored = on_file("restored")
    with pytest.raises((IntegrityError, RecordError)):
        restore_backup(restored, backup, _silent)
    assert not (restored.data_dir / "records.sqlite3").exists()


def test_a_backup_without_a_paper_that_the_records_name_is_refused(on_file: Place, tmp_path: Path) -> None:
    office = on_file("office")
    files = _work(office, 2)
    _object(office.data_dir / "originals", files[0]).unlink()
    with pytest.raises(IntegrityError) as refusal:
        make_backup(office, tmp_path / "backup", _silent)
    assert refusal.value.code == "BACKUP_INCOMPLETE"


def test_an_office_at_work_is_never_restored_over(on_file: Place, tmp_path: Path) -> None:
    office = on_file("office")
    _work(office, 2)
    make_backup(office, tmp_path / "backup", _silent)
    _work(office, 3)
    before = _fingerprints(office)
    with pytest.raises(RecordError) as refusal:
        restore_backup(office, tmp_path / "backup", _silent)
    assert refusal.value.code == "RESTORE_NOT_EMPTY"
    assert _fingerprints(office) == before


def test_an_unfinished_backup_is_none(on_file: Place, tmp_path: Path) -> None:
    office, backup = on_file("office"), tmp_path / "backup"
    _work(office, 1)
    make_backup(office, backup, _silent)
    manifest = json.loads((backup / "manifest.json").read_text())
    for broken in ({}, manifest | {"format": 2}, manifest | {"knowledge": {"../x": "0"}}):
        (backup / "manifest.json").write_text(json.dumps(broken))
        with pytest.raises(ConfigurationError) as refusal:
            check_backup(backup)
        assert refusal.value.code == "NO_BACKUP"


def test_the_key_of_numbers_is_in_no_backup(on_file: Place, tmp_path: Path) -> None:
    office, backup = on_file("office"), tmp_path / "backup"
    _work(office, 1)
    key = (office.data_dir / "keys" / "number-index.key").read_bytes().strip()
    make_backup(office, backup, _silent)
    assert not any(key in path.read_bytes() for path in backup.rglob("*") if path.is_file())
    restored = on_file("restored")
    (restored.data_dir / "keys").mkdir(parents=True)
    copy(office.data_dir / "keys" / "number-index.key", restored.data_dir / "keys")
    restore_backup(restored, backup, _silent)
    assert (restored.data_dir / "keys" / "number-index.key").read_bytes().strip() == key


def _work(office: Settings, pages: int) -> list[ReceivedFile]:
    """A counter receives so many pages, each once."""
    (office.data_dir / "types").mkdir(parents=True, exist_ok=True)
    (office.data_dir / "types" / "office.toml").write_text("# loại giấy tờ\n")
    records = open_records(
        office.records_url,
        office.data_dir / "records.sqlite3",
        office.data_dir / "keys" / "number-index.key",
    )
    stores = open_stores(office)
    intake = Intake(
        records=records,
        originals=stores["originals"],
        quarantine=stores["quarantine"],
        inspector=OnePage(),
        clock=utc_now,
    )
    dossier = intake.open_dossier(
        Opening(
            agency="H29.119",
            intake_key="drill",
            procedure_code=None,
            citizen_number="003090123456",
            title="x",
        )
    )
    files = [
        intake.receive_file(dossier.dossier_id, RawFile(name=f"{each}.png", content=b"trang %d" % each)).file
        for each in range(pages)
    ]
    records.close()
    return files


def _harm(backup: Path, file: ReceivedFile, harm: str) -> None:
    path = _object(backup / "objects" / "originals", file)
    if harm == "missing":
        path.unlink()
    elif harm == "object":
        path.chmod(0o600)
        path.write_bytes(b"khac")
    elif harm == "records":
        content = bytearray((backup / "records.sqlite3").read_bytes())
        content[len(content) // 2] ^= 255
        (backup / "records.sqlite3").write_bytes(content)
    else:
        (backup / "originals.txt").write_text("")


def _object(root: Path, file: ReceivedFile) -> Path:
    key = file.original_key
    return root / key[:2] / key[2:4] / key


def _fingerprints(office: Settings) -> dict[str, str]:
    engine = (
        make_postgres_engine(office.records_url)
        if office.records_url
        else make_engine(office.data_dir / "records.sqlite3")
    )
    found = dict(fingerprints(engine))
    engine.dispose()
    return found


def _silent(_kind: str, _count: int) -> None:
    return
