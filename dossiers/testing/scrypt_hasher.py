"""Passwords hashed with the standard library's scrypt, quickly: for tests and trials."""

from __future__ import annotations

import hashlib
import hmac
import os
from typing import Final

_SALT_BYTES: Final = 16


class ScryptHasher:
    """Implements ``dossiers.passwords.PasswordHasher``.

    Args:
        cost: power of two; 16 takes well under a millisecond.
    """

    def __init__(self, cost: int = 16) -> None:
        self._cost = cost

    def hash(self, password: str) -> str:
        """Returns a salted hash with its own parameters in it."""
        salt = os.urandom(_SALT_BYTES)
        return f"scrypt${self._cost}${salt.hex()}${self._digest(password, salt, self._cost)}"

    def verify(self, password_hash: str, password: str) -> bool:
        """Whether the password made the hash."""
        try:
            kind, cost, salt, digest = password_hash.split("$")
            made = self._digest(password, bytes.fromhex(salt), int(cost))
        except ValueError:
            return False
        return kind == "scrypt" and hmac.compare_digest(made, digest)

    def is_outdated(self, password_hash: str) -> bool:
        """Whether the hash was made with another cost."""
        return not password_hash.startswith(f"scrypt${self._cost}$")

    def _digest(self, password: str, salt: bytes, cost: int) -> str:
        return hashlib.scrypt(password.encode(), salt=salt, n=cost, r=1, p=1).hex()
