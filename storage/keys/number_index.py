"""The blind index of numbers: HMAC-SHA-256 with a key in a file of its own (S35).

Twelve digits are quickly tried out; what protects them is the key. Rules: it is never in the records or
their backup; only its owner may read its file. The file holds one key a line in hex, the present one first;
lines below are former keys under which entries may still lie until they are next looked up.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Final

from dossiers.citizens import HolderNumber
from dossiers.errors import ConfigurationError, ResourceError

#: Where the key is within the data folder, unless it is mounted from elsewhere.
KEY_FILE: Final = Path("keys") / "number-index.key"
_KEY_BYTES: Final = 32
_LINE: Final = re.compile(r"[0-9a-f]{64}")


class HmacNumberIndex:
    """Implements ``dossiers.citizens.NumberIndex``.

    Args:
        keys: the present key, then former ones; 32 bytes each.
    """

    def __init__(self, keys: tuple[bytes, ...]) -> None:
        self._keys = keys

    def of(self, number: HolderNumber) -> str:
        """The entry under the present key."""
        return self.entries(number)[0]

    def entries(self, number: HolderNumber) -> tuple[str, ...]:
        """Entries under all keys, the present one first."""
        return tuple(_entry(key, f"number/{number.kind.value}", number.text) for key in self._keys)

    def of_paper(self, type_id: str, serial: str) -> str:
        """The entry of a paper's own number; blanks, dots and case do not count."""
        plain = "".join(sign for sign in serial.upper() if sign.isalnum())
        return _entry(self._keys[0], f"paper/{type_id}", plain)

    def of_word(self, word: str) -> tuple[str, ...]:
        """Entries of a word of a page under all keys, the present one first."""
        return tuple(_entry(key, "word", word) for key in self._keys)


def open_number_index(path: Path) -> HmacNumberIndex:
    """Reads the key file; makes one with a new key where there is none. Raises as ``read_keys``."""
    return HmacNumberIndex(read_keys(path))


def read_keys(path: Path) -> tuple[bytes, ...]:
    """The keys of a key file, the present one first; makes one with a new key where there is none.

    Raises:
        ConfigurationError: ``KEY_EXPOSED, others may read the file; ``KEY_DAMAGED``, it holds no key.
        ResourceError: ``KEY_UNAVAILABLE``.
    """
    try:
        _make(path)
        if path.stat().st_mode & 0o077:
            raise _trouble("KEY_EXPOSED", "other users may read the key file", f"chmod 600 {path.name}")
        lines = path.read_text(encoding="ascii").split()
    except (OSError, UnicodeDecodeError) as cause:
        raise ResourceError(
            "KEY_UNAVAILABLE",
            vi="Không đọc được tệp khóa của văn phòng; hãy báo quản trị viên.",
            en="a key file of the office cannot be read",
        ) from cause
    if not lines or not all(_LINE.fullmatch(line) for line in lines):
        raise _trouble("KEY_DAMAGED", "the key file holds no key", "restore it from its own backup")
    return tuple(bytes.fromhex(line) for line in lines)


def renew_key(path: Path) -> int:
    """Puts a new key on top of the file, durably; entries move to it when they are next looked up.

    Returns:
        How many keys the file holds now.
    """
    open_number_index(path)
    former = path.read_text(encoding="ascii").split()
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    _write(fresh, [secrets.token_hex(_KEY_BYTES), *former])
    fresh.replace(path)
    _sync_folder(path.parent)
    return len(former) + 1


def _make(path: Path) -> None:
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Linked when it is whole: another process that starts now reads this key, never half of it.
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    _write(fresh, [secrets.token_hex(_KEY_BYTES)])
    try:
        with suppress(FileExistsError):
            os.link(fresh, path)
    finally:
        fresh.unlink()
    _sync_folder(path.parent)


def _write(path: Path, lines: list[str]) -> None:
    # Complete and durable before anything is filed under it: a lost key loses every entry.
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _entry(key: bytes, domain: str, text: str) -> str:
    message = f"sohoa/v1/{domain}\x1f{text}".encode()
    return hmac.new(key, message, hashlib.sha256).hexdigest()


def _trouble(code: str, en: str, hint: str) -> ConfigurationError:
    return ConfigurationError(
        code, vi="Tệp khóa tra cứu số định danh không an toàn hoặc bị hỏng.", en=en, hint=hint
    )
