"""HTTP to one device: short answers, pages, and what it means when none comes.

Redirects are never followed and only this host is ever asked (S29). A device that loses its power is noticed
by TCP's own probes, so that one that is merely slow is not taken for dead. Every request has its own
connection: office devices have few, and drop those that idle.
"""

from __future__ import annotations

import hashlib
import http.client
import socket
import ssl
from contextlib import closing
from dataclasses import dataclass
from typing import Final

from dossiers.errors import ConfigurationError, DeviceCode, DeviceError
from scanners.drivers.escl.address import Address
from scanners.drivers.escl.settings import EsclSettings

_MAX_DOCUMENT: Final = 1024 * 1024
_MAX_PAGE: Final = 200 * 1024 * 1024
_STEP: Final = 256 * 1024
#: First probe after four seconds of silence, then one each second, three in all.
_PROBES: Final = (
    (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1),
    (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
    (socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 4),
    (socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 1),
    (socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 3),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer with all of its body.

    Attributes:
        status: HTTP status.
        body: the body.
        location: address that the device names; empty without one.
        retry_after: seconds after which to ask again, 0 where it does not say.
    """

    status: int
    body: bytes = b""
    location: str = ""
    retry_after: float = 0.0


class Connection:
    """Asks one device; may be used from several threads."""

    def __init__(self, address: Address, settings: EsclSettings) -> None:
        self._address = address
        self._settings = settings
        self._pinned = settings.certificates.get(address.host)

    def get(self, path: str) -> Answer:
        """A short answer.

        Raises:
            DeviceError: ``OFFLINE``.
            ConfigurationError: the certificate of the device is not trusted.
        """
        return self._ask("GET", path, None, self._settings.stall_seconds, _MAX_DOCUMENT)

    def get_page(self, path: str) -> Answer:
        """A page, which may take its time to begin; raises as ``get`` does."""
        return self._ask("GET", path, None, self._settings.first_seconds, _MAX_PAGE)

    def post(self, path: str, document: bytes) -> Answer:
        """Hands an XML document over; raises as ``get`` does."""
        return self._ask("POST", path, document, self._settings.first_seconds, _MAX_DOCUMENT)

    def delete(self, path: str) -> Answer:
        """Removes something; raises as ``get`` does."""
        return self._ask("DELETE", path, None, self._settings.stall_seconds, _MAX_DOCUMENT)

    def _ask(self, method: str, path: str, document: bytes | None, first_seconds: float, most: int) -> Answer:
        headers = {"Content-Type": "text/xml"} if document is not None else {}
        try:
            with closing(self._connected()) as connection:
                carrier = connection.sock
                carrier.settimeout(first_seconds)
                connection.request(method, path, body=document, headers=headers)
                with connection.getresponse() as response:
                    carrier.settimeout(self._settings.stall_seconds)
                    return _answer(response, most)
        except ssl.SSLCertVerificationError as error:
            raise self._distrust() from error
        except (http.client.HTTPException, OSError) as error:
            raise DeviceError(DeviceCode.OFFLINE, type(error).__name__) from error

    def _connected(self) -> http.client.HTTPConnection:
        """A connection over which nothing was said yet, to a device that is the right one."""
        where, seconds = (self._address.host, self._address.port), self._settings.connect_seconds
        if not self._address.is_secure:
            connection = http.client.HTTPConnection(*where, timeout=seconds)
        else:
            connection = http.client.HTTPSConnection(*where, timeout=seconds, context=self._context())
        connection.connect()
        for level, name, value in _PROBES:
            connection.sock.setsockopt(level, name, value)
        if self._pinned is not None and isinstance(connection.sock, ssl.SSLSocket):
            shown = connection.sock.getpeercert(binary_form=True) or b""
            if hashlib.sha256(shown).hexdigest() != self._pinned:
                connection.close()
                raise self._distrust()
        return connection

    def _context(self) -> ssl.SSLContext:
        """How certificates are checked: a pinned one by its fingerprint, all others by authority and name."""
        context = ssl.create_default_context()
        if self._pinned is not None:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context

    def _distrust(self) -> ConfigurationError:
        return ConfigurationError(
            "CERTIFICATE_NOT_TRUSTED",
            vi="Chứng thư của máy quét mạng chưa được tin cậy; quản trị viên hãy đối chiếu rồi khai báo.",
            en="The certificate of the network scanner is not trusted; an administrator must check it.",
            hint=f"it shows {self._address.host}={self._shown()}",
        )

    def _shown(self) -> str:
        """SHA-256 of the certificate that the device shows, for the administrator to compare."""
        where = (self._address.host, self._address.port)
        try:
            shown = ssl.get_server_certificate(where, timeout=self._settings.connect_seconds)
        except (OSError, ValueError):
            return "nothing"
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(shown)).hexdigest()


def _answer(response: http.client.HTTPResponse, most: int) -> Answer:
    """Reads all of an answer."""
    expected = response.length
    body = bytearray()
    while part := response.read(_STEP):
        body += part
        if len(body) > most:
            raise DeviceError(DeviceCode.DRIVER_FAILED, "an answer is too long")
    if expected is not None and len(body) < expected:  # reading in steps does not complain of it
        raise http.client.IncompleteRead(bytes(body), expected - len(body))
    return Answer(
        status=response.status,
        body=bytes(body),
        location=response.getheader("Location", ""),
        retry_after=_seconds(response.getheader("Retry-After", "")),
    )


def _seconds(text: str) -> float:
    return float(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0.0
