"""What the fault suite shares: the log of findings, and whether this machine lets us trace system calls."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from tests.faults.trials import FaultLog
from tests.worker_bench.fixtures import (  # noqa: F401 - fixtures of the worker faults
    bench_file,
    bench_on,
    broker_url,
    nursery,
    rabbitmq_server,
    rabbitmq_session,
    redis_server,
    redis_session,
)


@pytest.fixture(scope="session")
def fault_log() -> FaultLog:
    """Where a test notes what its trials found, before it asserts that nothing was lost."""
    return FaultLog()


@pytest.fixture(scope="session")
def strace() -> str:
    """The program, where this machine lets us trace; required in CI."""
    program = shutil.which("strace")
    works = (
        program and subprocess.run([program, "-qq", "true"], check=False, capture_output=True).returncode == 0
    )
    if not program or not works:
        reason = "strace is not installed or may not trace here"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return program
