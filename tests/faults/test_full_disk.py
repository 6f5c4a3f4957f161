"""F11: disks fill up under spool, store and records: refused before a receipt, whole again with space."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.faults.trials import seeds_of

SCRIPT = Path(__file__).with_name("full_disk.py")
SHARES = {"store": 0.3, "records": 0.3, "spool": 0.2, "objects": 0.2}
OWN_MOUNTS = ("unshare", "--mount") if os.geteuid() == 0 else ("unshare", "--mount", "--map-root-user")


@pytest.fixture(scope="module")
def mounts(tmp_path_factory: pytest.TempPathFactory) -> None:
    place = tmp_path_factory.mktemp("mount")
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)]
    if subprocess.run([*OWN_MOUNTS, *mount], check=False, capture_output=True).returncode:
        pytest.skip("this machine lets us mount no disk in memory")


@pytest.mark.slow
@pytest.mark.parametrize("where", SHARES)
def test_a_full_disk_refuses_in_time_and_recovers_with_space(mounts, tmp_path, fault_log, where):
    started, seeds = time.monotonic(), seeds_of("F11", SHARES[where])
    command = [*OWN_MOUNTS, sys.executable, str(SCRIPT), str(tmp_path / "d"), where, *map(str, seeds)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=SCRIPT.parents[2])
    found = json.loads(done.stdout)
    fault_log.note(
        "F11",
        f"{where}: its disk fills up",
        trials=len(seeds),
        losses=len(found["told"]),
        seeds=f"{seeds[0]}-{seeds[-1]}",
        seconds=time.monotonic() - started,
        note="refused: " + ", ".join(found["seen"]),
    )
    assert found["told"] == []
    assert found["seen"], "no disk was ever full"
