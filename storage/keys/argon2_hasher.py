"""Passwords hashed with Argon2id (RFC 9106)."""

from __future__ import annotations

from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

#: RFC 9106, second recommended choice, for machines without gigabytes to spare: 64 MiB, 3 passes, 4 lanes.
MEMORY_KIB: Final = 65_536
PASSES: Final = 3
LANES: Final = 4


class Argon2Hasher:
    """Implements ``dossiers.passwords.PasswordHasher``.

    Args:
        memory_kib: memory of one hash, KiB; less only where tests need speed.
        passes: how often that memory is filled.
    """

    def __init__(self, memory_kib: int = MEMORY_KIB, passes: int = PASSES) -> None:
        self._hasher = PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=LANES)

    def hash(self, password: str) -> str:
        """Returns a salted hash with its own parameters in it."""
        return self._hasher.hash(password)

    def verify(self, password_hash: str, password: str) -> bool:
        """Whether the password made the hash."""
        try:
            return self._hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False

    def is_outdated(self, password_hash: str) -> bool:
        """Whether the hash was made with other parameters than those of today."""
        try:
            return self._hasher.check_needs_rehash(password_hash)
        except InvalidHashError:
            return True
