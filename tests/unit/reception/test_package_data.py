"""Templates, words, scripts and styles travel with the package: nothing hides them from the wheel."""

from __future__ import annotations

import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[3]
FOLDERS = ("reception/templates", "reception/locale", "reception/static")


def test_the_wheel_takes_the_whole_package_and_no_rule_hides_a_file_of_it() -> None:
    built = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    files = [str(path) for each in FOLDERS for path in (ROOT / each).rglob("*") if path.is_file()]
    hidden = subprocess.run(
        ["git", "check-ignore", "--no-index", *files], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert "reception" in built["targets"]["wheel"]["packages"]
    assert "exclude" not in built["targets"]["wheel"]
    assert "exclude" not in built
    assert len(files) > 10
    assert hidden.stdout == ""
