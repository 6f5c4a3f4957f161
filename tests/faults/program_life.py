"""One life of the command ``sohoa``, forked from a process that has loaded it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from sohoa import bootstrap, digitization, exporting  # noqa: F401 - loaded once, before lives are forked
from sohoa.cli import digitize  # noqa: F401
from sohoa.cli.main import main as program


def live(arguments: Sequence[str], out: Path, err: Path) -> None:
    """Does what a command line says; what it prints goes into two files."""
    for descriptor, path in ((1, out), (2, err)):
        with path.open("wb") as file:
            os.dup2(file.fileno(), descriptor)
    sys.stdout, sys.stderr = (open(each, "w", encoding="utf-8", closefd=False) for each in (1, 2))  # noqa: SIM115 - to the end
    sys.argv = ["sohoa", *arguments]
    program()
