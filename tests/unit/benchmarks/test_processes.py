from __future__ import annotations

import os
import subprocess
import sys

from benchmarks.processes import (
    children_cpu_seconds,
    children_peak_bytes,
    peak_resident,
    run_measured,
    watch_memory,
)

BUSY = "import time\nwhile time.process_time() < 0.3: pass"


def _python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_cpu_time_counts_children_that_were_waited_for() -> None:
    inner = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {BUSY!r}])"

    finished = run_measured(_python(inner), os.environ, 60)

    assert finished.exit_code == 0
    assert finished.cpu_seconds >= 0.3


def test_sleeping_takes_wall_time_and_hardly_any_cpu_time() -> None:
    finished = run_measured(_python("import time; time.sleep(0.5)"), os.environ, 60)

    assert finished.wall_seconds >= 0.5
    assert finished.cpu_seconds < finished.wall_seconds


def test_a_failure_keeps_its_exit_code_and_its_last_words() -> None:
    finished = run_measured(_python("import sys; sys.exit('no such page')"), os.environ, 60)

    assert (finished.exit_code, finished.messages) == (1, "no such page")


def test_a_program_that_takes_too_long_is_killed() -> None:
    assert run_measured(_python("import time; time.sleep(60)"), os.environ, 0.2).exit_code == -9


def test_the_peak_of_a_child_is_told_apart_from_its_parent() -> None:
    large = "x = b'1' * (120 << 20); import time; time.sleep(0.3)"
    inner = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {large!r}])"

    peak = watch_memory(_python(inner), os.environ)

    assert peak.largest > 120 << 20
    assert 0 < peak.started < 100 << 20
    assert peak.together > peak.largest


def test_living_children_are_measured_without_ending_them() -> None:
    before = children_cpu_seconds()
    code = f"{BUSY}\nprint(flush=True)\ninput()"
    with subprocess.Popen(_python(code), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        spent, peak = children_cpu_seconds() - before, children_peak_bytes()
        child.communicate(b"\n")

    assert spent >= 0.25
    assert peak > 5 << 20
    assert peak_resident(child.pid) == 0
