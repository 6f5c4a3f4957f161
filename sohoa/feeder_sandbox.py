"""The sandbox of the child that judges pages at the feeder; the parent need not load what the child loads."""

from __future__ import annotations

import sys
from typing import Final

from pipeline.sandbox import Sandbox
from pipeline.sandbox_limits import SandboxLimits

#: A page that takes longer than this to judge is not judged; usual ones take a tenth of a second.
_TIMEOUT_SECONDS: Final = 20.0


def feeder_sandbox(*, unsafe: bool = False, timeout_seconds: float = _TIMEOUT_SECONDS) -> Sandbox:
    """Makes the sandbox of ``sohoa.feeder_child``; the child starts when it is first asked.

    Args:
        unsafe: the setting ``unsafe_sandbox``.
        timeout_seconds: for one request.
    """
    limits = SandboxLimits(timeout_seconds=timeout_seconds, unsafe=unsafe)
    return Sandbox((sys.executable, "-m", "sohoa.feeder_child"), limits)
