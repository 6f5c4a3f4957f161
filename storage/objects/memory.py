"""Objects in memory, for trials without a disk."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dossiers.errors import ConfigurationError
from dossiers.testing.memory_object_store import MemoryObjectStore


def make_memory(_kind: str, _data_dir: Path, options: Mapping[str, str]) -> MemoryObjectStore:
    """Makes the store; the entry point ``memory`` of ``sohoa.object_stores``. It takes no options.

    Raises:
        ConfigurationError: there is an option.
    """
    if options:
        raise ConfigurationError(
            "BAD_OBJECT_STORE",
            vi="Kho lưu trữ trong bộ nhớ không có mục cấu hình nào.",
            en=f"the memory object store takes no options; unknown: {sorted(options)}",
        )
    return MemoryObjectStore()
