"""What can be set about an S3 object store, read from the words of the settings file.

Rule: no secret is an option; the two keys come from a file or from the environment, see ``keys.py``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from dossiers.errors import ConfigurationError

#: Hosts for which ``http://`` is allowed without ``allow_plain``.
_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
_BUCKET: Final = re.compile(r"[a-z0-9][a-z0-9-]{1,40}")
_LOCK_MODES: Final = ("COMPLIANCE", "GOVERNANCE")
_ENCRYPTIONS: Final = ("none", "sse-s3", "sse-kms")
_KNOWN: Final = frozenset(
    {
        "endpoint",
        "bucket_prefix",
        "region",
        "key_file",
        "ca_file",
        "allow_plain",
        "lock_days",
        "lock_mode",
        "encryption",
        "kms_key",
        "deadline_seconds",
        "io_timeout_seconds",
        "slowest_bytes_per_second",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class S3Options:
    """The store of one kind of objects.

    Attributes:
        address: host and port.
        is_secure: whether TLS is spoken.
        bucket: name of the bucket: ``<bucket_prefix>-<kind>``.
        region: part of every signature.
        key_file: file with the access key and the secret key, a line each; ``None``: from the environment.
        ca_file: certificates to trust in place of the usual ones.
        lock_days: days during which a new object cannot be deleted, originals only; 0: no lock.
        lock_mode: ``COMPLIANCE`` (nobody may) or ``GOVERNANCE`` (some may).
        encryption: by the server: ``none``, ``sse-s3`` or ``sse-kms``.
        kms_key: name of the server's key for ``sse-kms``.
        deadline_seconds: longest time of one operation with all its tries, beside the time for the bytes.
        io_timeout_seconds: longest silence of the server.
        slowest_bytes_per_second: slower transfers are given up.
    """

    address: str
    is_secure: bool
    bucket: str
    region: str = "us-east-1"
    key_file: Path | None = None
    ca_file: Path | None = None
    lock_days: int = 0
    lock_mode: str = "COMPLIANCE"
    encryption: str = "none"
    kms_key: str = ""
    deadline_seconds: float = 30.0
    io_timeout_seconds: float = 10.0
    slowest_bytes_per_second: float = 32_768.0

    def seconds_for(self, byte_count: int) -> float:
        """Longest time for an operation that moves so many bytes, with all its tries."""
        return self.deadline_seconds + byte_count / self.slowest_bytes_per_second


def read_options(kind: str, options: Mapping[str, str]) -> S3Options:
    """Reads the options.

    Args:
        kind: ``originals``, ``derivatives`` or ``quarantine``: a bucket each.
        options: of the settings; texts.

    Raises:
        ConfigurationError: ``BAD_OBJECT_STORE`` names the first option that cannot be.
    """
    unknown = sorted(set(options) - _KNOWN)
    if unknown:
        raise bad_option(unknown[0], "nobody knows it")
    address, is_secure = _address(options)
    prefix = options.get("bucket_prefix", "sohoa")
    if not _BUCKET.fullmatch(prefix):
        raise bad_option("bucket_prefix", "2 to 41 small letters, digits and hyphens")
    return S3Options(
        address=address,
        is_secure=is_secure,
        bucket=f"{prefix}-{kind}",
        region=options.get("region", "us-east-1"),
        key_file=_path(options, "key_file"),
        ca_file=_path(options, "ca_file"),
        lock_days=int(_number(options, "lock_days", 0, 0, 36_500)) if kind == "originals" else 0,
        lock_mode=_one_of(options, "lock_mode", _LOCK_MODES),
        encryption=_one_of(options, "encryption", _ENCRYPTIONS),
        kms_key=_kms_key(options),
        deadline_seconds=_number(options, "deadline_seconds", 30, 0.1, 600),
        io_timeout_seconds=_number(options, "io_timeout_seconds", 10, 0.1, 300),
        slowest_bytes_per_second=_number(options, "slowest_bytes_per_second", 32_768, 1, 1e9),
    )


def bad_option(name: str, reason: str) -> ConfigurationError:
    """An option cannot be."""
    return ConfigurationError(
        "BAD_OBJECT_STORE",
        vi=f"Cấu hình kho lưu trữ S3 không đúng ở mục {name}; hãy sửa trong object_store_options.",
        en=f"the S3 object store cannot take the option {name}: {reason}",
        hint="see docs/object-stores.md",
    )


def _address(options: Mapping[str, str]) -> tuple[str, bool]:
    parts = urlsplit(options.get("endpoint", ""))
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.username:
        raise bad_option("endpoint", "it is an address such as https://s3.example.vn:9000")
    is_trusted = parts.hostname in _LOOPBACK or options.get("allow_plain") == "yes"
    if parts.scheme == "http" and not is_trusted:
        raise bad_option("endpoint", "without TLS only on this machine, or with allow_plain = 'yes'")
    return parts.netloc, parts.scheme == "https"


def _path(options: Mapping[str, str], name: str) -> Path | None:
    return Path(options[name]) if options.get(name) else None


def _number(options: Mapping[str, str], name: str, default: float, least: float, most: float) -> float:
    try:
        number = float(options.get(name, default))
    except ValueError:
        number = least - 1
    if not least <= number <= most:
        raise bad_option(name, f"a number from {least:g} to {most:g}")
    return number


def _one_of(options: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    chosen = options.get(name, choices[0])
    if chosen not in choices:
        raise bad_option(name, f"one of {', '.join(choices)}")
    return chosen


def _kms_key(options: Mapping[str, str]) -> str:
    key = options.get("kms_key", "")
    if (options.get("encryption") == "sse-kms") != bool(key):
        raise bad_option("kms_key", "needed for sse-kms and for nothing else")
    return key
