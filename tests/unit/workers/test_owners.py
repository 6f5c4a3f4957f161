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


def _changed(**parts: str) -> str:
    names = ("host", "boot", "namespace", "pid", "start")
    own = dict(zip(names, current_owner().split("|"), strict=True))
    return "|".join((own | parts).values())


def test_the_same_id_with_another_start_time_is_another_process():
    assert not is_alive(_changed(start="1"))


def test_a_process_from_before_the_last_boot_is_not_alive():
    assert not is_alive(_changed(boot="another-boot"))


def test_a_process_of_another_machine_may_be_alive():
    assert is_alive(_changed(host="elsewhere", start="1"))


def test_a_process_of_another_container_may_be_alive():
    assert is_alive(_changed(namespace="pid:[1]", start="1"))
