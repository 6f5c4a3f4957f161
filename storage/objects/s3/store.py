"""Objects on an S3 server, each under its SHA-256 in a bucket of its kind.

Rule: a key is returned only after the whole object was read back from the server and has that hash (C2). A
put never replaces: it carries ``If-None-Match: *``, and where a server heeds that only without versions
(Ceph 16) the older version stays. What is found damaged is told and left as it is.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from dossiers.errors import IntegrityError, RecordError, ResourceError
from dossiers.store_check import StoreFinding
from storage.objects.s3.buckets import prepare_bucket
from storage.objects.s3.connection import S3Connection
from storage.objects.s3.deadline import Deadline
from storage.objects.s3.encryption import encryption_headers, is_encrypted
from storage.objects.s3.examination import examine
from storage.objects.s3.options import S3Options, read_options
from storage.objects.s3.patience import Patience
from storage.objects.s3.trouble import AlreadyThere, translated, unavailable
from storage.objects.trouble import damaged, not_found

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

_KEY: Final = re.compile(r"[0-9a-f]{64}")
#: Most bytes taken from the network at once.
_PIECE: Final = 256 * 1024
#: Names asked for at once.
_LISTED: Final = 1000

_Result = TypeVar("_Result")
_Headers = dict[str, str | list[str] | tuple[str]]


class S3ObjectStore:
    """Implements ``dossiers.ports.ObjectStore``; any number of threads and machines may share a bucket."""

    def __init__(self, options: S3Options) -> None:
        self._options = options
        self._connection = S3Connection(options)
        self._patience = Patience()

    def put_once(self, content: bytes) -> str:
        """Stores bytes, reads them back whole and returns their key; may be repeated.

        Raises:
            ResourceError: ``STORE_UNAVAILABLE``, ``STORE_FULL``, ``STORE_REFUSED``, ``STORE_NOT_PREPARED``,
                ``STORE_NOT_ENCRYPTING`` or ``NO_STORE_KEYS``; nothing is acknowledged.
            IntegrityError: ``OBJECT_DAMAGED``, other bytes are found under the key.
        """
        key = hashlib.sha256(content).hexdigest()
        deadline = Deadline.after(self._options.seconds_for(len(content)))
        headers = self._headers(key, content)
        self._patience.do(lambda: self._put_and_read_back(key, content, dict(headers), deadline), deadline)
        return key

    def mend(self, content: bytes) -> str:
        """Puts bytes in place of damaged ones; see ``dossiers.store_check.MendableStore``.

        In a bucket with versions the damaged one stays as an older version, locked or not.
        """
        key = hashlib.sha256(content).hexdigest()
        deadline = Deadline.after(self._options.seconds_for(len(content)))
        headers = self._headers(key, content)
        del headers["If-None-Match"]
        try:
            self._patience.do(lambda: self._read_through(key, deadline), deadline)
        except (IntegrityError, RecordError):
            self._patience.do(lambda: self._put(key, content, dict(headers), deadline), deadline)
        return self.put_once(content)

    def get(self, key: str) -> bytes:
        """Returns the bytes, checked against their key.

        Raises:
            RecordError: ``OBJECT_NOT_FOUND``.
            IntegrityError: ``OBJECT_DAMAGED``, read twice and wrong twice.
            ResourceError: ``STORE_UNAVAILABLE`` or ``STORE_REFUSED``.
        """
        if not _KEY.fullmatch(key):
            raise not_found(key)
        deadline = Deadline.after(self._options.deadline_seconds)
        return _read_twice(lambda: self._patience.do(lambda: self._get(key, deadline), deadline))

    def contains(self, key: str) -> bool:
        """Whether there is an object under the key; does not check its bytes."""
        if not _KEY.fullmatch(key):
            return False
        deadline = Deadline.after(self._options.deadline_seconds)
        return self._patience.do(lambda: self._contains(key, deadline), deadline)

    def keys(self, after: str = "") -> Iterator[str]:
        """Keys of all objects, ascending, after ``after``; others' files are passed over."""
        while page := self._listed_patiently(after):
            yield from (key for key in page if _KEY.fullmatch(key))
            after = page[-1]

    def prepare(self) -> None:
        """Makes the bucket; see ``dossiers.store_check.PreparedStore``."""
        prepare_bucket(self._options)

    def examine(self) -> tuple[StoreFinding, ...]:
        """Tries the server out; see ``dossiers.store_check.ExaminedStore``."""
        return tuple(examine(self._options))

    def _headers(self, key: str, content: bytes) -> _Headers:
        """What is sent along: put only once, three checksums, the hash as our own note, encryption."""
        digest = base64.b64encode(bytes.fromhex(key)).decode()
        md5 = hashlib.md5(content, usedforsecurity=False).digest()
        return {
            "If-None-Match": "*",
            "Content-MD5": base64.b64encode(md5).decode(),
            "Content-Type": "application/octet-stream",
            "x-amz-checksum-sha256": digest,
            "x-amz-meta-sha256": key,
            **encryption_headers(self._options),
        }

    def _put_and_read_back(self, key: str, content: bytes, headers: _Headers, deadline: Deadline) -> None:
        if not self._contains(key, deadline):  # spares bytes, and a version where the condition is not heeded
            with suppress(AlreadyThere):
                self._put(key, content, headers, deadline)
        try:
            _read_twice(lambda: self._read_through(key, deadline))
        except RecordError as missing:
            raise unavailable("it took an object and does not have it") from missing

    def _put(self, key: str, content: bytes, headers: _Headers, deadline: Deadline) -> None:
        """The client's own ``put_object`` takes no condition; this is the call that it makes."""
        with translated(key), self._connection.within(deadline) as client:
            client._put_object(self._options.bucket, key, content, headers=dict(headers))  # noqa: SLF001

    def _read_through(self, key: str, deadline: Deadline) -> None:
        """Reads an object and keeps nothing of it."""
        for _piece in self._checked_pieces(key, deadline):
            pass

    def _get(self, key: str, deadline: Deadline) -> bytes:
        whole = io.BytesIO()  # hands its value over without a copy
        for piece in self._checked_pieces(key, deadline):
            whole.write(piece)
        return whole.getvalue()

    def _checked_pieces(self, key: str, deadline: Deadline) -> Iterator[bytes]:
        """The bytes as they come; after the last one the hash is checked."""
        digest = hashlib.sha256()
        with translated(key), self._connection.within(deadline) as client:
            response = client.get_object(self._options.bucket, key)
            try:
                self._check_encryption(response)
                size = int(response.headers.get("content-length", "0"))
                limit = deadline.later(size / self._options.slowest_bytes_per_second)
                while piece := response.read1(_PIECE):
                    digest.update(piece)
                    yield piece
                    limit.check()
            finally:
                response.close()
                response.release_conn()
        if digest.hexdigest() != key:
            raise damaged(key)

    def _check_encryption(self, response: BaseHTTPResponse) -> None:
        if not is_encrypted(self._options, response.headers):
            raise ResourceError(
                "STORE_NOT_ENCRYPTING",
                vi="Kho lưu trữ không mã hóa tệp như cấu hình yêu cầu; hãy báo quản trị viên.",
                en="the S3 object store holds an object without the encryption asked for",
                hint="choose another encryption, or a server that offers this one",
            )

    def _contains(self, key: str, deadline: Deadline) -> bool:
        try:
            with translated(key), self._connection.within(deadline) as client:
                client.stat_object(self._options.bucket, key)
        except RecordError:
            return False
        return True

    def _listed_patiently(self, after: str) -> list[str]:
        deadline = Deadline.after(self._options.deadline_seconds)
        return self._patience.do(lambda: self._listed(after, deadline), deadline)

    def _listed(self, after: str, deadline: Deadline) -> list[str]:
        """The next names in the bucket, at most 1000; empty at its end."""
        with translated(), self._connection.within(deadline) as client:
            found = client.list_objects(self._options.bucket, start_after=after or None, recursive=True)
            return [each.object_name or "" for each in islice(found, _LISTED)]


def _read_twice(read: Callable[[], _Result]) -> _Result:
    """A first bad reading may be the network's; a second one is the object's."""
    try:
        return read()
    except IntegrityError:
        return read()


def make_s3(kind: str, _data_dir: Path, options: Mapping[str, str]) -> S3ObjectStore:
    """Makes the store from settings; the entry point ``s3`` of ``sohoa.object_stores``. Connects to nothing.

    Raises:
        ConfigurationError: ``BAD_OBJECT_STORE``.
    """
    return S3ObjectStore(read_options(kind, options))
