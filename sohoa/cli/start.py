"""The first lines that run: Ctrl-C while the program still loads ends it as quietly as later."""

from __future__ import annotations

import sys
from typing import Final

#: Exit code of a program that was interrupted; as in ``sohoa.cli.main``, which may not be loaded yet.
_INTERRUPTED: Final = 130


def main() -> None:
    """Loads the command line and runs it."""
    try:
        from sohoa.cli.main import main as run
    except KeyboardInterrupt:
        sys.stderr.write("Đã dừng theo yêu cầu.\n")
        sys.exit(_INTERRUPTED)
    run()
