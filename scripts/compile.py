"""Has Python keep what it compiles, once after installing: ``python scripts/compile.py``.

A page process may write nothing, nor may a service beside the folder of an administrator, nor anybody who
has set PYTHONDONTWRITEBYTECODE: each start would compile some 800 modules anew, seconds of a processor.
"""

from __future__ import annotations

import contextlib
import importlib
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("dossiers", "pipeline", "classifiers", "scanners", "storage", "workers", "reception", "sohoa")


def modules() -> Iterator[str]:
    """Names every module of the product."""
    for package in PACKAGES:
        yield package
        for found in pkgutil.walk_packages([str(ROOT / package)], f"{package}."):
            if not found.name.endswith(("__main__", ".migrations.env")):
                yield found.name


def main() -> None:
    """Imports every module, and with it what it needs of others; what an extra brings may be missing."""
    sys.dont_write_bytecode = False
    for name in modules():
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


if __name__ == "__main__":
    main()
