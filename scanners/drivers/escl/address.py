"""Where a device is: the root of its eSCL resources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from dossiers.errors import ConfigurationError
from scanners.drivers.options import bad_option

_PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Root of the resources of a device.

    Attributes:
        is_secure: HTTPS.
        host: name or number.
        port: TCP port.
        root: path of the resources without a slash at its end, usually ``/eSCL``.
    """

    is_secure: bool
    host: str
    port: int
    root: str

    def path_of(self, location: str) -> str | None:
        """The path of an address that the device gives.

        Whatever host it names, only the device itself is ever asked (S29); ``None`` where it has no path.
        """
        try:
            path = urlsplit(location).path
        except ValueError:
            return None
        return path if path.startswith("/") and _is_plain(path) else None


def parse_address(url: str) -> Address:
    """Reads ``http://HOST[:PORT][/eSCL]``, as administrators and discovery write it.

    Raises:
        ConfigurationError: it is no such address.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _bad() from error
    has_more = parts.username is not None or parts.query or parts.fragment
    root = parts.path.rstrip("/") or "/eSCL"
    if parts.scheme not in _PORTS or not parts.hostname or has_more or not _is_plain(root):
        raise _bad()
    is_secure = parts.scheme == "https"
    return Address(is_secure=is_secure, host=parts.hostname, port=port or _PORTS[parts.scheme], root=root)


def _is_plain(path: str) -> bool:
    return path.isascii() and path.isprintable() and " " not in path


def _bad() -> ConfigurationError:
    return bad_option("escl", "a device is named http://HOST[:PORT]/eSCL or https://HOST[:PORT]/eSCL")
