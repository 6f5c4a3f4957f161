"""HTTP to one device: short answers, pages, and what it means when none comes.

Redirects are never followed and only this host is ever asked (S29). A device that loses its power is noticed
by TCP's own probes, so that one that is merely slow is not taken for dead.
"""

from __future__ import annotations

import hashlib
import socket
import ssl
from dataclasses import dataclass
from typing import Any, Final

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

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


class _Patient:
    """Waits long for the head of an answer and shortly inside its body."""

    def __init__(self, *values: Any, stall_seconds: float, **named: Any) -> None:
        super().__init__(*values, **named)
        self._stall_seconds = stall_seconds

    def getresponse(self) -> Any:
        carrier = getattr(self, "sock", None)
        response = super().getresponse()  # type: ignore[misc]
        if carrier is not None:
            carrier.settimeout(self._stall_seconds)
        return response


class _PlainConnection(_Patient, HTTPConnection):
    """Plain HTTP."""


class _SecureConnection(_Patient, HTTPSConnection):
    """HTTPS."""


class _PlainPool(urllib3.HTTPConnectionPool):
    ConnectionCls = _PlainConnection


class _SecurePool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class Connection:
    """Asks one device; may be used from several threads."""

    def __init__(self, address: Address, settings: EsclSettings) -> None:
        self._address = address
        self._settings = settings
        named: dict[str, Any] = {
            "maxsize": 2,
            "retries": False,
            "socket_options": _PROBES,
            "stall_seconds": settings.stall_seconds,
        }
        self._pool: urllib3.HTTPConnectionPool = (
            _SecurePool(address.host, address.port, **named, **self._trust())
            if address.is_secure
            else _PlainPool(address.host, address.port, **named)
        )

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

    def close(self) -> None:
        """Closes idle connections."""
        self._pool.close()

    def _trust(self) -> dict[str, Any]:
        pinned = self._settings.certificates.get(self._address.host)
        if pinned is None:
            return {"cert_reqs": "CERT_REQUIRED"}
        return {"cert_reqs": "CERT_NONE", "assert_fingerprint": pinned, "assert_hostname": False}

    def _ask(self, method: str, path: str, document: bytes | None, first_seconds: float, most: int) -> Answer:
        timeout = urllib3.Timeout(connect=self._settings.connect_seconds, read=first_seconds)
        headers = {"Content-Type": "text/xml"} if document is not None else {}
        try:
            response = self._pool.urlopen(
                method,
                path,
                body=document,
                headers=headers,
                redirect=False,
                retries=False,
                timeout=timeout,
                preload_content=False,
            )
            return _answer(response, most)
        except urllib3.exceptions.SSLError as error:
            raise self._distrust() from error
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise DeviceError(DeviceCode.OFFLINE, type(error).__name__) from error

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


def _answer(response: urllib3.BaseHTTPResponse, most: int) -> Answer:
    """Reads all of an answer; its connection is used again only if that works."""
    try:
        body = _read(response, most)
    except BaseException:
        response.close()
        raise
    response.release_conn()
    return Answer(
        status=response.status,
        body=body,
        location=response.headers.get("Location", ""),
        retry_after=_seconds(response.headers.get("Retry-After", "")),
    )


def _read(response: urllib3.BaseHTTPResponse, most: int) -> bytes:
    parts: list[bytes] = []
    length = 0
    for part in response.stream(_STEP, decode_content=True):
        length += len(part)
        if length > most:
            raise DeviceError(DeviceCode.DRIVER_FAILED, "an answer is too long")
        parts.append(part)
    return b"".join(parts)


def _seconds(text: str) -> float:
    return float(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0.0
