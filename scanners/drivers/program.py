"""The one runner for external programs: time limit, captured output, English messages, own process group."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dossiers.errors import ConfigurationError


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a program ended.

    Attributes:
        status: exit status; ``None`` where it was stopped because its time was over.
        output: what it wrote.
        errors: what it complained of.
    """

    status: int | None
    output: str
    errors: str


def run(command: Sequence[str], environment: Mapping[str, str], timeout_seconds: float) -> Ended:
    """Runs a program to its end, or to the end of its time.

    Raises:
        ConfigurationError: ``MISSING_TOOL``.
    """
    process = start(command, environment)
    try:
        output, errors = process.communicate(timeout=timeout_seconds)
    except subprocess.TimeoutExpired:
        kill(process)
        output, errors = process.communicate()
        return Ended(status=None, output=output, errors=errors)
    return Ended(status=process.returncode, output=output, errors=errors)


def start(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[str]:
    """Starts a program with pipes to all three of its streams.

    It gets its own process group: Ctrl-C at a terminal reaches us alone, and we end it in order.

    Args:
        command: program and arguments; never a shell line.
        environment: variables besides ours.

    Raises:
        ConfigurationError: ``MISSING_TOOL``.
    """
    try:
        return subprocess.Popen(
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            env={**os.environ, "LC_ALL": "C", **environment},
            start_new_session=True,
        )
    except OSError as error:
        raise ConfigurationError(
            "MISSING_TOOL",
            vi=f"Chưa cài chương trình {command[0]}.",
            en=f"The program {command[0]} is not installed.",
            hint="on Debian: apt-get install sane-utils",
        ) from error


def kill(process: subprocess.Popen[str]) -> None:
    """Kills the program and whatever it started, at once."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
