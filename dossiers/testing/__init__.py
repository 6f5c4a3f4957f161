"""Memory adapters of the ports: honest implementations for tests and trials, standard library only."""

from dossiers.testing.fixed_clock import FixedClock
from dossiers.testing.memory_number_index import MemoryNumberIndex
from dossiers.testing.memory_object_store import MemoryObjectStore
from dossiers.testing.memory_record_store import MemoryRecordStore
from dossiers.testing.memory_register import MemoryRegister
from dossiers.testing.scrypt_hasher import ScryptHasher

__all__ = [
    "FixedClock",
    "MemoryNumberIndex",
    "MemoryObjectStore",
    "MemoryRecordStore",
    "MemoryRegister",
    "ScryptHasher",
]
