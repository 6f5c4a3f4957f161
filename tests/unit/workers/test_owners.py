"""A dead owner is told from a living one, even when its process id is used again."""

from __future__ import annotations

import subprocess
import sys

from workers.owners import current_owner, is_alive


def test_this_process_is_alive():
    assert is_alive(current_owner())


def test_a_process_that_ended_is_not_alive():
    script = "from workers.owners import current_owner; print(current_owner())"
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not is_alive(ended.stdout.strip())


def test_the_same_id_with_another_start_time_is_another_process():
    host, boot, pid, _ = current_owner().split("|")
    assert not is_alive("|".join((host, boot, pid, "1")))


def test_a_process_from_before_the_last_boot_is_not_alive():
    host, _, pid, start = current_owner().split("|")
    assert not is_alive("|".join((host, "another-boot", pid, start)))


def test_a_process_of_another_machine_may_be_alive():
    _, boot, pid, start = current_owner().split("|")
    assert is_alive("|".join(("elsewhere", boot, pid, start)))
