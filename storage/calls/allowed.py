"""Which addresses may be called (S29).

Rules: the host is on the list of the settings, by name and port; the addresses that its name leads to are
public, or in a network that the settings name; plain http only into such a network. What a name leads to is
asked at every call and the very address that was looked at is called, so that a name cannot change in
between.
"""

from __future__ import annotations

import socket
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Self
from urllib.parse import urlsplit

from dossiers.errors import ConfigurationError, InputCode, InputError, ResourceError

_PORTS = {"https": 443, "http": 80}
_MOST_URL = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a call goes, as far as the text tells.

    Attributes:
        host: name or address, small letters.
        port: 1 to 65535.
        path: with its query, begins with a slash.
        is_secure: whether it is https.
    """

    host: str
    port: int
    path: str
    is_secure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowedHosts:
    """The list.

    Attributes:
        hosts: ``name`` (port 443) or ``name:port``, small letters.
        networks: inner networks that may be called.
    """

    hosts: frozenset[str]
    networks: tuple[IPv4Network | IPv6Network, ...]

    @classmethod
    def parse(cls, hosts: Sequence[str], networks: Sequence[str]) -> Self:
        """Takes the list of the settings; BAD_SETTING where a network is none."""
        try:
            known = tuple(ip_network(each.strip()) for each in networks)
        except ValueError as cause:
            raise ConfigurationError(
                "BAD_SETTING",
                vi="Cấu hình không hợp lệ; hãy sửa thiết lập được nêu tên.",
                en="webhook_networks: a network looks like 10.1.0.0/16",
                hint="webhook_networks",
            ) from cause
        return cls(hosts=frozenset(each.strip().lower() for each in hosts), networks=known)

    def address(self, url: str) -> Address:
        """Takes a URL apart.

        Raises:
            InputError: BAD_ADDRESS, it is no plain http(s) address or its host is not on the list.
        """
        try:
            parts = urlsplit(url)
            host, port = (parts.hostname or "").lower(), parts.port or _PORTS.get(parts.scheme, 0)
        except ValueError as cause:
            raise bad_address("it is no address") from cause
        is_plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= _MOST_URL
        if not is_plain or not port or parts.username is not None or parts.fragment:
            raise bad_address("it is no plain https address")
        if not ({f"{host}:{port}"} | ({host} if port == _PORTS["https"] else set())) & self.hosts:
            raise bad_address("its host is not on the list of the settings")
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return Address(host=host, port=port, path=path, is_secure=parts.scheme == "https")

    def resolve(self, address: Address) -> tuple[str, ...]:
        """The IP addresses to call now, best first; every one of them may be called.

        Raises:
            InputError: BAD_ADDRESS, one of the addresses of the host must not be called.
            ResourceError: CALL_FAILED, the name leads nowhere.
        """
        try:
            found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
        except OSError as cause:
            raise call_failed("its name is not known") from cause
        numbers = [str(each[4][0]).partition("%")[0] for each in found]
        if not numbers or not all(self._may_be_called(each, address) for each in numbers):
            raise bad_address("it leads into a network that is not on the list of the settings")
        return tuple(dict.fromkeys(numbers))

    def _may_be_called(self, number: str, address: Address) -> bool:
        found: IPv4Address | IPv6Address = ip_address(number)
        if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        if any(found.version == each.version and found in each for each in self.networks):
            return True
        return address.is_secure and found.is_global and not found.is_multicast


def bad_address(detail: str) -> InputError:
    """The address must not be called."""
    return InputError(InputCode.BAD_ADDRESS, detail)


def call_failed(detail: str) -> ResourceError:
    """No answer came."""
    return ResourceError(
        "CALL_FAILED",
        vi="Không gọi được địa chỉ đã đăng ký; hệ thống sẽ tự gọi lại.",
        en=f"the address could not be called: {detail}",
    )
