"""F15 in small: of 200 objects some are flipped, cut, swapped or deleted; all are found and no other."""

from __future__ import annotations

import json
import random
from pathlib import Path

from click.testing import CliRunner

from sohoa.cli.main import sohoa
from sohoa.stores import open_stores
from tests.servers.small_office import small_office

OBJECTS = 200
EACH = 10


def test_every_damage_is_found_and_nothing_else(tmp_path: Path) -> None:
    settings = small_office(tmp_path / "data", OBJECTS)
    keys = list(open_stores(settings)["originals"].keys())
    open_stores(settings)["originals"].put_once(b"of a receipt that was interrupted")
    chosen = random.Random(15).sample(keys, 5 * EACH)
    flipped, cut, deleted, one, other = (chosen[i * EACH : (i + 1) * EACH] for i in range(5))
    paths = {key: settings.data_dir / "originals" / key[:2] / key[2:4] / key for key in keys}
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

    run = CliRunner().invoke(sohoa, ["--data-dir", str(settings.data_dir), "verify", "--json"])

    originals, derivatives, quarantine = json.loads(run.stdout)
    assert run.exit_code == 5
    assert sorted(originals["missing"]) == sorted(deleted)
    assert sorted(originals["damaged"]) == sorted([*flipped, *cut, *one, *other])
    assert originals["whole"] == OBJECTS - 5 * EACH + 1
    assert originals["unnamed"] == 1
    assert (derivatives["whole"], quarantine["whole"]) == (0, 1)


def test_a_whole_store_passes(tmp_path: Path) -> None:
    settings = small_office(tmp_path / "data", 3)
    run = CliRunner().invoke(sohoa, ["--data-dir", str(settings.data_dir), "verify"])
    assert run.exit_code == 0
    assert "3" in run.stdout


def _write(path: Path, content: bytes) -> None:
    path.chmod(0o600)
    path.write_bytes(content)
