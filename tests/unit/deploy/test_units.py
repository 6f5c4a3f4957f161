"""The systemd units: systemd itself reads them, and they hold what the documentation promises."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from sohoa.cli.main import COMMANDS
from sohoa.settings import Settings

UNITS = Path(__file__).parents[3] / "deploy" / "systemd"
SERVICES = sorted(UNITS.glob("*.service"))
LASTING = [path for path in SERVICES if "backup" not in path.name]
HARDENING = {
    "NoNewPrivileges": "true",
    "ProtectSystem": "strict",
    "ProtectHome": "true",
    "PrivateTmp": "true",
    "CapabilityBoundingSet": "",
    "RestrictSUIDSGID": "true",
    "SystemCallArchitectures": "native",
}


@pytest.mark.parametrize("path", sorted(UNITS.iterdir()), ids=lambda path: path.name)
def test_systemd_understands_a_unit(path: Path, tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        reason = "systemd-analyze is not installed"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    for each in UNITS.iterdir():  # with a program and a user that are there
        told = each.read_text(encoding="utf-8").replace("/opt/sohoa/.venv/bin/sohoa", "/bin/true")
        (tmp_path / each.name).write_text(re.sub(r"^(User|Group)=.*\n", "", told, flags=re.MULTILINE))
    done = subprocess.run(
        [program, "verify", "--man=no", str(tmp_path / path.name)],
        capture_output=True,
        text=True,
        check=False,
    )
    own = [line for line in done.stderr.splitlines() if path.name in line]
    assert not own
    assert done.returncode == 0


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
def test_a_service_runs_one_of_our_commands_without_rights(path: Path) -> None:
    service = _read(path)["Service"]
    program, command = service["ExecStart"].split()[:2]
    assert program == "/opt/sohoa/.venv/bin/sohoa"
    assert command in COMMANDS
    assert service["User"] == "sohoa"
    assert {key: service[key] for key in HARDENING} == HARDENING


@pytest.mark.parametrize("path", LASTING, ids=lambda path: path.stem)
def test_a_lasting_service_comes_back_for_ever(path: Path) -> None:
    unit = _read(path)
    assert unit["Service"]["Restart"] == "always"
    assert unit["Unit"]["StartLimitIntervalSec"] == "0"


def test_a_worker_has_time_to_drain() -> None:
    seconds = int(_read(UNITS / "sohoa-worker.service")["Service"]["TimeoutStopSec"])
    assert seconds >= Settings.model_fields["drain_seconds"].default + 15


def _read(path: Path) -> configparser.ConfigParser:
    read = configparser.ConfigParser(interpolation=None, strict=False)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read_string(path.read_text(encoding="utf-8"))
    return read
