"""Memory for whole pages is kept by the process, not given back to the kernel a hundred times a second.

A page is a megabyte and passes through several buffers. Left alone, glibc asks the kernel for each of
them and hands it back; the kernel clears every one anew, which is a sixth of the work of receiving a page.
"""

from __future__ import annotations

import ctypes
from typing import Final

#: From ``malloc.h``: from which size on a block comes from the kernel, and how much at the end is kept.
_M_MMAP_THRESHOLD: Final = -3
_M_TRIM_THRESHOLD: Final = -1
#: Bytes: larger than a page, smaller than a file of many pages, which is still given back at once.
_LARGEST_KEPT: Final = 8 * 1024 * 1024
#: Bytes that a process keeps although nothing is in them.
_MOST_KEPT: Final = 64 * 1024 * 1024


def keep_memory() -> bool:
    """Says it to the C library; may be repeated.

    Returns:
        Whether the library understood; another one than glibc does not.
    """
    library = ctypes.CDLL(None)
    if not hasattr(library, "mallopt"):
        return False
    settings = ((_M_MMAP_THRESHOLD, _LARGEST_KEPT), (_M_TRIM_THRESHOLD, _MOST_KEPT))
    return all(library.mallopt(name, size) == 1 for name, size in settings)
