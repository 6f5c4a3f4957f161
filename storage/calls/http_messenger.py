"""Sends calls over HTTP with the standard library: one request, no redirect, the answer is not read."""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
from contextlib import closing
from typing import Final

from storage.calls.allowed import Address, AllowedHosts, call_failed

#: Longest wait for a connection, and for each step of the answer, seconds.
TIMEOUT_SECONDS: Final = 5.0


class HttpMessenger:
    """Implements ``dossiers.webhooks.Messenger``.

    Args:
        allowed: which addresses may be called.
    """

    def __init__(self, allowed: AllowedHosts) -> None:
        self._allowed = allowed
        self._tls = ssl.create_default_context()

    def check(self, url: str) -> None:
        """Refuses an address that may never be called: BAD_ADDRESS."""
        self._allowed.address(url)

    def post(self, url: str, body: bytes, headers: dict[str, str]) -> int:
        """Sends a body and returns the HTTP status.

        Raises:
            InputError: BAD_ADDRESS.
            ResourceError: CALL_FAILED.
        """
        address = self._allowed.address(url)
        numbers = self._allowed.resolve(address)
        try:
            with closing(http.client.HTTPConnection(address.host, address.port)) as connection:
                connection.sock = self._connected(address, numbers)
                connection.request("POST", address.path, body, {"Host": address.host, **headers})
                return connection.getresponse().status
        except (OSError, http.client.HTTPException) as cause:
            raise call_failed(type(cause).__name__) from cause

    def _connected(self, address: Address, numbers: tuple[str, ...]) -> socket.socket:
        plain = _first_that_answers(numbers, address.port)
        if not address.is_secure:
            return plain
        try:
            return self._tls.wrap_socket(plain, server_hostname=address.host)
        except BaseException:
            plain.close()
            raise


def _first_that_answers(numbers: tuple[str, ...], port: int) -> socket.socket:
    """A connection to the first address that takes it: a host may have one that leads nowhere from here."""
    for number in numbers[:-1]:
        with contextlib.suppress(OSError):
            return socket.create_connection((number, port), TIMEOUT_SECONDS)
    return socket.create_connection((numbers[-1], port), TIMEOUT_SECONDS)
