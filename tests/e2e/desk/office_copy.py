"""The sample office, set up once for all test processes; each has a copy of its own."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.e2e.desk.desk_process import ROOT


def made_office(shared: Path, environment: Mapping[str, str]) -> Path:
    """Sets the office up below a folder that test processes share, unless another process did."""
    shared.mkdir(exist_ok=True)
    office = shared / "data"
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "told").exists():
            (shared / "told").write_text(_set_up(office, environment), encoding="utf-8")
    told = (shared / "told").read_text(encoding="utf-8")
    assert (office / ".sample-office").exists(), told
    return office


def copy_office(office: Path, target: Path) -> Path:
    """Copies an office that no process has open; its settings name the folder of the copy."""
    shutil.copytree(office, target)
    settings = target / "sohoa.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace(str(office), str(target)), encoding="utf-8")
    return target


def _set_up(office: Path, environment: Mapping[str, str]) -> str:
    command = [sys.executable, "-m", "samples.office.set_up", str(office)]
    made = subprocess.run(
        command,
        env={**os.environ, **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    return made.stdout + made.stderr
