"""F15 in small: of 200 objects some are flipped, cut, swapped or deleted; found and mended."""

from __future__ import annotations

import json
import random
from contextlib import closing
from pathlib import Path

from click.testing import CliRunner

from sohoa.backup import make_backup
from sohoa.bootstrap import RECORDS_FILE
from sohoa.cli.main import sohoa
from sohoa.fixity import check_objects
from sohoa.reuse_wiring import key_file
from sohoa.settings import Settings
from sohoa.stores import open_stores
from storage.records.sqlite_store import open_sqlite
from tests.servers.small_office import small_office

OBJECTS = 200
EACH = 10


def test_every_damage_is_found_and_nothing_else(tmp_path: Path) -> None:
    settings = small_office(tmp_path / "data", OBJECTS)
    keys = list(open_stores(settings)["originals"].keys())
    open_stores(settings)["originals"].put_once(b"of a receipt that was interrupted")
    harmed = _damage(settings, keys)

    run = CliRunner().invoke(sohoa, ["--data-dir", str(settings.data_dir), "verify", "--json"])

    originals, derivatives, quarantine = json.loads(run.stdout)
    assert run.exit_code == 5
    assert sorted(originals["missing"]) == harmed["missing"]
    assert sorted(originals["damaged"]) == harmed["damaged"]
    assert originals["whole"] == OBJECTS - 5 * EACH + 1
    assert originals["unnamed"] == 1
    assert (derivatives["whole"], quarantine["whole"]) == (0, 1)


def test_a_whole_store_passes(tmp_path: Path) -> None:
    settings = small_office(tmp_path / "data", 3)
    run = CliRunner().invoke(sohoa, ["--data-dir", str(settings.data_dir), "verify"])
    assert run.exit_code == 0
    assert "3" in run.stdout


def test_every_damage_is_mended_from_the_backup_and_each_dossier_notes_it(tmp_path: Path) -> None:
    settings, backup = small_office(tmp_path / "data", OBJECTS), tmp_path / "backup"
    keys = list(open_stores(settings)["originals"].keys())
    make_backup(settings, backup, lambda *_: None)
    harmed = _damage(settings, keys)
    lost, rotten = harmed["missing"][0], harmed["damaged"][0]
    _object(backup / "objects" / "originals", lost).unlink()
    _write(_object(backup / "objects" / "originals", rotten), b"rotten too")

    run = CliRunner().invoke(
        sohoa, ["--data-dir", str(settings.data_dir), "verify", "--mend-from", str(backup)]
    )

    assert run.exit_code == 5
    assert sorted(_still_harmed(settings)) == sorted([lost, rotten])
    mended = sorted({*harmed["missing"], *harmed["damaged"]} - {lost, rotten})
    assert run.stdout.count("ĐÃ KHÔI PHỤC") == len(mended)
    assert _noted(settings) == mended
    again = CliRunner().invoke(
        sohoa, ["--data-dir", str(settings.data_dir), "verify", "--mend-from", str(backup)]
    )
    assert (again.exit_code, _noted(settings)) == (5, mended), "what is whole is not mended again"


def _still_harmed(settings: Settings) -> list[str]:
    [originals, *_] = check_objects(settings, lambda *_: None)
    return [*originals.missing, *originals.damaged]


def _noted(settings: Settings) -> list[str]:
    records = open_sqlite(settings.data_dir / RECORDS_FILE, key_file(settings))
    with closing(records), records.transaction() as work:
        events = [each for number in range(OBJECTS) for each in work.events.of_dossier(f"d{number}")]
    return sorted(each.subject_id for each in events if each.kind == "object_mended")


def _damage(settings: Settings, keys: list[str]) -> dict[str, list[str]]:
    """Does each kind of damage to some objects; returns their keys by how they are found."""
    chosen = random.Random(15).sample(keys, 5 * EACH)
    flipped, cut, deleted, one, other = (chosen[i * EACH : (i + 1) * EACH] for i in range(5))
    paths = {key: _object(settings.data_dir / "originals", key) for key in keys}
    for key in flipped:
        content = bytearray(paths[key].read_bytes())
        content[len(content) // 2] ^= 1
        _write(paths[key], bytes(content))
    for key in cut:
        _write(paths[key], paths[key].read_bytes()[:-1])
    for key in deleted:
        paths[key].unlink()
    for left, right in zip(one, other, strict=True):
        contents = paths[left].read_bytes(), paths[right].read_bytes()
        _write(paths[right], contents[0])
        _write(paths[left], contents[1])
    return {"missing": sorted(deleted), "damaged": sorted([*flipped, *cut, *one, *other])}


def _object(root: Path, key: str) -> Path:
    return root / key[:2] / key[2:4] / key


def _write(path: Path, content: bytes) -> None:
    path.chmod(0o600)
    path.write_bytes(content)
