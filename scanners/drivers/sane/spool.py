"""A private folder for the one page that ``scanimage`` is writing, gone when the scan is.

A folder whose owner was killed is removed by the next scan: its lock is free then.
"""

from __future__ import annotations

import contextlib
import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_PREFIX: Final = "sohoa-scan-"
_LOCK: Final = "lock"


@contextmanager
def page_folder(parent: Path | None = None) -> Iterator[Path]:
    """A folder that only we may read, for as long as the context lasts.

    Args:
        parent: where to make it; ``None`` for the folder of temporary files.
    """
    base = parent or Path(tempfile.gettempdir())
    _remove_left_over(base)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=base))
    try:
        with (folder / _LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _remove_left_over(base: Path) -> None:
    for folder in base.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError), (folder / _LOCK).open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
