"""The sandboxed child that judges pages at the feeder: ``python -m sohoa.feeder_child``.

It loads no engine and no model, so that it is there at once. It sees untrusted bytes; it holds no store, no
database and no network.
"""

from __future__ import annotations

import sys
from typing import Final

from pipeline.child import serve
from pipeline.sandbox import Sandbox
from pipeline.sandbox_limits import SandboxLimits
from scanners.judgement.job import JUDGE, answer_judge
from sohoa.scan_jobs import scan_jobs

#: A page that takes longer than this to judge is not judged; usual ones take a tenth of a second.
_TIMEOUT_SECONDS: Final = 20.0


def feeder_sandbox(*, unsafe: bool = False) -> Sandbox:
    """Makes the child's sandbox; the child starts when it is first asked.

    Args:
        unsafe: the setting ``unsafe_sandbox``.
    """
    limits = SandboxLimits(timeout_seconds=_TIMEOUT_SECONDS, unsafe=unsafe)
    return Sandbox((sys.executable, "-m", "sohoa.feeder_child"), limits)


if __name__ == "__main__":
    serve({JUDGE: answer_judge, **scan_jobs()})
