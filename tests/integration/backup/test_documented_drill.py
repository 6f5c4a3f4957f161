"""The commands of the drill in docs/operations.md, as they stand there, on an office of some papers."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner, Result

from dossiers.errors import RecordError
from sohoa.cli.main import sohoa
from tests.servers.small_office import small_office

OPERATIONS = Path(__file__).parents[3] / "docs" / "operations.md"
PLACES = {"/mnt/backup/sohoa": "backup", "/srv/drill": "drill"}


def test_backup_and_drill_run_as_documented(tmp_path: Path) -> None:
    office = small_office(tmp_path / "office", 3).data_dir

    for line in _commands("Backup"):
        assert _run(f"--data-dir {office} {line}", tmp_path).exit_code == 0
    restore, find = _commands("Drill")
    assert _run(restore, tmp_path).exit_code == 0
    assert "restore" in restore
    assert _run(find, tmp_path).exit_code in {0, 4}
    checked = _run("--data-dir /srv/drill verify", tmp_path)

    assert checked.exit_code == 0
    again = _run(restore, tmp_path).exception
    assert isinstance(again, RecordError)
    assert again.code == "RESTORE_NOT_EMPTY"


def _commands(heading: str) -> list[str]:
    """What follows ``sohoa`` in the indented lines below a heading; a remark begins after many spaces."""
    told = OPERATIONS.read_text(encoding="utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return [line.partition("   ")[0] for line in re.findall(r"^    sohoa (.+)$", told, re.MULTILINE)]


def _run(command: str, tmp_path: Path) -> Result:
    words = command.split()
    for place, name in PLACES.items():
        words = [word.replace(place, str(tmp_path / name)) for word in words]
    return CliRunner().invoke(sohoa, words)
