"""The sandboxed child that reads lists of procedures: ``python -m sohoa.list_child``.

Spreadsheets come from strangers: they are unpacked where there is no store, no database and no network.
"""

from __future__ import annotations

import mimetypes
import sys
from typing import Final

from pipeline.child import serve
from pipeline.sandbox import Sandbox
from pipeline.sandbox_limits import SandboxLimits
from sohoa.catalogue_sheets import LIST, answer_list

#: A list that takes longer to read is refused; one of 300,000 rows takes about 30 s.
_TIMEOUT_SECONDS: Final = 90.0


def list_sandbox(*, unsafe: bool = False) -> Sandbox:
    """Makes the child's sandbox; the child starts when it is first asked.

    Args:
        unsafe: the setting ``unsafe_sandbox``.
    """
    limits = SandboxLimits(timeout_seconds=_TIMEOUT_SECONDS, unsafe=unsafe)
    return Sandbox((sys.executable, "-m", "sohoa.list_child"), limits)


if __name__ == "__main__":
    mimetypes.knownfiles.clear()  # openpyxl would have them read, and this process may not
    serve({LIST: answer_list})
