"""Passwords: which are taken, and the port that hashes them.

Rules (S6, OWASP ASVS 5.0 V6.2): twelve characters or more, long ones allowed, every character allowed, no
composition rules; refused are those that everybody tries first, and those made of the account's own name.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import Final, Protocol

from dossiers.errors import InputCode, InputError
from dossiers.text_folding import fold

#: Characters, in NFC.
MIN_LENGTH: Final = 12
#: Longer ones are refused: hashing them would be a way to keep the office busy.
MAX_LENGTH: Final = 256
#: A password that is only a short piece over and over is refused.
_LONGEST_PIECE: Final = 4


class PasswordHasher(Protocol):
    """Makes hashes of passwords that cannot be turned back; slow on purpose."""

    def hash(self, password: str) -> str:
        """Returns a salted hash with its own parameters in it."""
        ...

    def verify(self, password_hash: str, password: str) -> bool:
        """Whether the password made the hash; takes as long either way. ``False`` for a malformed hash."""
        ...

    def is_outdated(self, password_hash: str) -> bool:
        """Whether the hash was made with weaker parameters than those of today."""
        ...


def normal_password(password: str) -> str:
    """The form that is hashed: NFC, so that the same keys on another computer are the same password."""
    return unicodedata.normalize("NFC", password)


def check_password(name: str, password: str) -> str:
    """Takes a new password; returns its normal form.

    Args:
        name: the account's name.
        password: as typed.

    Raises:
        InputError: PASSWORD_TOO_SHORT, PASSWORD_TOO_LONG, PASSWORD_TOO_COMMON.
    """
    normal = normal_password(password)
    if len(normal) < MIN_LENGTH:
        raise InputError(InputCode.PASSWORD_TOO_SHORT)
    if len(normal) > MAX_LENGTH:
        raise InputError(InputCode.PASSWORD_TOO_LONG)
    plain = _plain(normal)
    rest = plain.replace(_plain(name), "")
    if plain in _common() or _is_repetition(plain) or len(rest) < MIN_LENGTH // 2:
        raise InputError(InputCode.PASSWORD_TOO_COMMON)
    return normal


def _plain(text: str) -> str:
    return "".join(fold(text).casefold().split())


def _is_repetition(text: str) -> bool:
    return any(
        text == (text[:size] * (len(text) // size + 1))[: len(text)] for size in range(1, _LONGEST_PIECE + 1)
    )


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    lines = files("dossiers").joinpath("data", "common_passwords.txt").read_text("utf-8").splitlines()
    return frozenset(_plain(line) for line in lines if line and not line.startswith("#"))
