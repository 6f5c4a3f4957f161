"""Translates what the S3 client raises into our errors, and says which of them may pass by themselves.

The text of a foreign error never reaches ours: it may hold an address or a signature. All are retryable: they
say nothing about the page at hand, which must wait until the store is mended.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from dossiers.errors import ResourceError
from storage.objects.trouble import not_found

#: Codes of S3 for "the place is full"; HTTP 507 means the same.
_FULL: Final = frozenset(
    {
        "QuotaExceeded",
        "InsufficientStorage",
        "XMinioStorageFull",
        "EntityTooLargeForQuota",
        "UserQuotaExceeded",
    }
)
#: Codes after which the same request may succeed: busy, changed meanwhile, or damaged on its way.
_PASSING: Final = frozenset(
    {
        "SlowDown",
        "ServiceUnavailable",
        "InternalError",
        "RequestTimeout",
        "OperationAborted",
        "ConditionalRequestConflict",
        "XAmzContentSHA256Mismatch",
        "BadDigest",
        "InvalidDigest",
        "IncompleteBody",
        "XAmzContentChecksumMismatch",
    }
)
_SKEWED: Final = frozenset({"RequestTimeTooSkewed", "RequestExpired"})
#: Statuses that say the same without a code.
_PASSING_STATUSES: Final = frozenset({408, 429, 500, 502, 503, 504})
_FULL_STATUS: Final = 507


class HttpTrouble(Exception):
    """An answer whose body does not matter."""

    def __init__(self, status: int) -> None:
        super().__init__(f"HTTP status {status}")
        self.status = status


class AlreadyThere(Exception):
    """A conditional put found an object under its key."""


def is_trouble(status: int) -> bool:
    """Whether an answer with this status is ``HttpTrouble``."""
    return status in _PASSING_STATUSES or status == _FULL_STATUS


@contextmanager
def translated(key: str = "") -> Iterator[None]:
    """Raises our errors in place of those of the client, of HTTP and of the network.

    Args:
        key: of the object, for ``OBJECT_NOT_FOUND``.

    Raises:
        RecordError: ``OBJECT_NOT_FOUND``.
        ResourceError: ``STORE_UNAVAILABLE``, ``STORE_FULL``, ``STORE_REFUSED``, ``STORE_NOT_PREPARED``.
        AlreadyThere: a conditional put found an object.
    """
    from minio.error import InvalidResponseError, MinioException, S3Error, ServerError
    from urllib3.exceptions import HTTPError, SSLError

    try:
        yield
    except S3Error as trouble:
        raise _by_code(trouble.code or "", key) from trouble
    except HttpTrouble as trouble:
        raise full() if trouble.status == _FULL_STATUS else unavailable(str(trouble)) from trouble
    except (InvalidResponseError, ServerError) as trouble:
        raise refused("an answer that is not S3") from trouble
    except SSLError as trouble:
        raise refused("no trusted TLS connection") from trouble
    except (HTTPError, OSError, MinioException) as trouble:
        raise unavailable(type(trouble).__name__) from trouble
    except (ValueError, SyntaxError) as trouble:  # an answer that is cut or no XML at all
        raise unavailable("an answer that cannot be read") from trouble


def _by_code(code: str, key: str) -> Exception:
    if code == "NoSuchKey":
        return not_found(key)
    if code == "PreconditionFailed":
        return AlreadyThere()
    if code == "NoSuchBucket":
        return not_prepared()
    if code in _FULL:
        return full()
    if code in _PASSING:
        return unavailable(code)
    if code in _SKEWED:
        return refused("its clock and the one of this machine differ too much")
    return refused(code if code.isalnum() else "an unknown code")


def unavailable(reason: str) -> ResourceError:
    """The server does not answer, or not properly; trying again may help."""
    return ResourceError(
        "STORE_UNAVAILABLE",
        vi="Kho lưu trữ hiện không dùng được; tệp chưa được nhận, hãy thử lại hoặc báo quản trị viên.",
        en=f"the S3 object store is unavailable ({reason})",
        hint="check the server and the network to it",
    )


def full() -> ResourceError:
    """There is no space, or no more is allowed."""
    return ResourceError(
        "STORE_FULL",
        vi="Kho lưu trữ đã đầy hoặc hết hạn mức; tệp chưa được nhận, hãy báo quản trị viên.",
        en="the S3 object store is full, or its quota is used up; nothing was taken",
        hint="add space or raise the quota, then try again",
    )


def refused(reason: str) -> ResourceError:
    """The server refuses us; a person must mend a key, a right, a clock or a certificate."""
    return ResourceError(
        "STORE_REFUSED",
        vi="Kho lưu trữ từ chối truy cập; tệp chưa được nhận, hãy báo quản trị viên kiểm tra khóa và quyền.",
        en=f"the S3 object store refuses what was asked ({reason})",
        hint="check keys, rights, certificate and clock: sohoa doctor",
    )


def not_prepared() -> ResourceError:
    """There is no bucket. It is never made on the way: one that vanished must not pass unseen."""
    return ResourceError(
        "STORE_NOT_PREPARED",
        vi="Kho lưu trữ S3 chưa được chuẩn bị; quản trị viên cần chạy lệnh sohoa prepare-objects.",
        en="the S3 object store has no bucket for these objects",
        hint="run: sohoa prepare-objects",
    )
