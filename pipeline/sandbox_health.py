"""Whether this machine can confine a page process (S21): the kernel is asked, not its version."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from typing import Final

from pipeline.confine import REQUIRED
from pipeline.sandbox import confined, not_confined
from pipeline.sandbox_limits import SandboxLimits

#: Longest time for a process that does nothing, seconds.
_SECONDS: Final = 30
#: Tells what holds, on the descriptor that answers go to.
_TELL: Final = "import os; os.write(int(os.environ['SOHOA_ANSWERS']), os.environ['SOHOA_CONFINED'].encode())"


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxHealth:
    """What holds a page process on this machine.

    Attributes:
        held: names of ``pipeline.confine.REQUIRED`` that hold.
        missing: those that do not; untrusted bytes must not be decoded then.
        is_unsafe: whether the office insists on decoding them all the same.
    """

    held: tuple[str, ...]
    missing: tuple[str, ...]
    is_unsafe: bool = False

    @property
    def is_safe(self) -> bool:
        """Whether everything required holds."""
        return not self.missing

    def require(self) -> None:
        """Lets a service start only where files are decoded safely, or where the office insists.

        Raises:
            ConfigurationError: ``NOT_CONFINED``.
        """
        if self.missing and not self.is_unsafe:
            raise not_confined()


def sandbox_health(*, unsafe: bool = False) -> SandboxHealth:
    """Starts a page process that does nothing and says what holds it; takes about a tenth of a second.

    Args:
        unsafe: the setting ``unsafe_sandbox``.
    """
    with tempfile.TemporaryDirectory(prefix="sohoa-page-") as scratch:
        command = confined((sys.executable, "-I", "-c", _TELL), SandboxLimits(unsafe=True), scratch)
        environment = {**os.environ, "PYTHONPATH": ":".join(filter(None, sys.path))}
        try:
            told = subprocess.run(
                command, capture_output=True, text=True, timeout=_SECONDS, check=False, env=environment
            ).stdout
        except (OSError, subprocess.TimeoutExpired):
            told = ""
    held = tuple(each for each in REQUIRED if each in told.split())
    missing = tuple(each for each in REQUIRED if each not in held)
    return SandboxHealth(held=held, missing=missing, is_unsafe=unsafe)
