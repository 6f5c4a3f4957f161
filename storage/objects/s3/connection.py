"""One connection pool to an S3 server: time limits on every byte, no hidden retries, keys as they are now.

``minio`` and ``urllib3`` are imported when the first request is made: ``urllib3`` tries out a socket while it
is being imported.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, local
from typing import TYPE_CHECKING, Any, Final

from storage.objects.s3.deadline import Deadline
from storage.objects.s3.keys import KeySource
from storage.objects.s3.options import S3Options
from storage.objects.s3.trouble import HttpTrouble, is_trouble

if TYPE_CHECKING:
    from minio import Minio
    from minio.credentials.providers import Provider
    from urllib3 import BaseHTTPResponse, PoolManager

#: Connections kept open.
_CONNECTIONS: Final = 16


class S3Connection:
    """Makes the client once and gives every request of a thread the time that its operation has left."""

    def __init__(self, options: S3Options) -> None:
        self._options = options
        self._keys = KeySource(options.key_file)
        self._lock = Lock()
        self._client: Minio | None = None
        self._limits = _Limits()

    @contextmanager
    def within(self, deadline: Deadline) -> Iterator[Minio]:
        """The client; its requests in this thread end by the deadline."""
        with self._lock:
            client = self._client = self._client or self._make()
        self._limits.deadline = deadline
        try:
            yield client
        finally:
            self._limits.deadline = None

    def _make(self) -> Minio:
        from minio import Minio

        self._keys.now()  # says at once that there are none
        return Minio(
            endpoint=self._options.address,
            secure=self._options.is_secure,
            region=self._options.region,
            http_client=_pool(self._options, self._limits),
            credentials=_provider(self._keys),
        )


class _Limits(local):
    """The deadline of the operation that a thread is at."""

    deadline: Deadline | None = None


class _WatchedBody:
    """Bytes on their way out, in pieces, so that the deadline is looked at between them."""

    def __init__(self, content: bytes, deadline: Deadline) -> None:
        self._rest = memoryview(content)
        self._deadline = deadline

    def read(self, size: int = -1) -> bytes:
        self._deadline.check()
        size = len(self._rest) if size < 0 else size
        piece, self._rest = self._rest[:size], self._rest[size:]
        return bytes(piece)


def _pool(options: S3Options, limits: _Limits) -> PoolManager:
    import certifi
    from urllib3 import PoolManager, Timeout

    class WatchedPool(PoolManager):
        """No redirects, no hidden retries; what is no answer of S3 is an exception."""

        def urlopen(  # type: ignore[override]  # as its parent
            self, method: str, url: str, redirect: bool = False, **more: Any
        ) -> BaseHTTPResponse:
            del redirect  # never followed: a redirect could lead anywhere (S29)
            deadline = limits.deadline or Deadline.after(options.deadline_seconds)
            deadline.check()
            seconds = max(0.01, min(options.io_timeout_seconds, deadline.left()))
            body = more.pop("body", None)
            if isinstance(body, bytes) and body:
                body = _WatchedBody(body, deadline)
            response: BaseHTTPResponse = super().urlopen(
                method,
                url,
                redirect=False,
                retries=False,
                body=body,
                timeout=Timeout(connect=seconds, read=seconds),
                **more,
            )
            if is_trouble(response.status):
                response.close()
                raise HttpTrouble(response.status)
            return response

    trusted = str(options.ca_file) if options.ca_file else certifi.where()
    return WatchedPool(maxsize=_CONNECTIONS, cert_reqs="CERT_REQUIRED", ca_certs=trusted)


def _provider(keys: KeySource) -> Provider:
    from minio.credentials.credentials import Credentials
    from minio.credentials.providers import Provider as MinioProvider

    class FreshKeys(MinioProvider):
        """Asks for the keys at every request."""

        def retrieve(self) -> Credentials:
            now = keys.now()
            return Credentials(access_key=now.access, secret_key=now.secret)

    return FreshKeys()
