"""Tries an S3 server out: does it keep the promises that this program builds on?

Servers that call themselves S3 differ: one ignores ``If-None-Match`` and replaces what is there. It is told
apart here, by trying, before a page depends on it.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from dossiers.errors import SohoaError
from dossiers.store_check import StoreFinding
from storage.objects.s3.connection import S3Connection
from storage.objects.s3.deadline import Deadline
from storage.objects.s3.encryption import encryption_headers, is_encrypted
from storage.objects.s3.options import S3Options
from storage.objects.s3.trouble import AlreadyThere, translated

if TYPE_CHECKING:
    from minio import Minio

#: Names of what is put to try the server out begin so; no object of ours has such a name.
PROBES: Final = "sohoa-check/"
#: Signatures are refused from 15 minutes on; long before, moments on paper and server differ visibly.
LARGEST_SKEW: Final = timedelta(seconds=60)

_ONCE: Final[dict[str, str | list[str] | tuple[str]]] = {"If-None-Match": "*"}


def examine(options: S3Options) -> Iterator[StoreFinding]:
    """Looks at the server and the bucket; the first finding says whether they can be reached at all."""
    connection = S3Connection(options)
    reached = _ask(connection, options, _reach)
    yield _finding(f"{options.bucket}: reachable", reached, "start the server, or run sohoa prepare-objects")
    if reached.problem:
        return
    for subject, question, is_required, remedy in _QUESTIONS:
        answer = _ask(connection, options, question)
        yield _finding(f"{options.bucket}: {subject}", answer, remedy, is_required=is_required)
    if options.lock_days:
        yield _finding(
            f"{options.bucket}: object lock",
            _ask(connection, options, _lock),
            "a bucket made with a lock, then sohoa prepare-objects",
        )
    if options.encryption != "none":
        yield _finding(
            f"{options.bucket}: encryption", _ask(connection, options, _encryption), "another server"
        )


class _Answer:
    """What was found, or why not."""

    def __init__(self, found: str = "", problem: str = "") -> None:
        self.found = found
        self.problem = problem


_Question = Callable[["Minio", S3Options], _Answer]


def _finding(subject: str, answer: _Answer, remedy: str, *, is_required: bool = True) -> StoreFinding:
    if not answer.problem:
        return StoreFinding(subject=subject, found=answer.found, is_required=is_required, remedy=remedy)
    return StoreFinding(
        subject=subject, found=None, is_required=is_required, remedy=f"{answer.problem}: {remedy}"
    )


def _ask(connection: S3Connection, options: S3Options, question: _Question) -> _Answer:
    try:
        with translated(), connection.within(Deadline.after(options.deadline_seconds)) as client:
            return question(client, options)
    except SohoaError as trouble:
        return _Answer(problem=trouble.en)
    except AlreadyThere:
        return _Answer(problem="it says that an object is there that is not")


def _reach(client: Minio, options: S3Options) -> _Answer:
    if not client.bucket_exists(options.bucket):
        return _Answer(problem="there is no bucket")
    return _Answer(found=options.address)


def _create_once(client: Minio, options: S3Options) -> _Answer:
    """A second conditional put of other bytes must be refused, or at least leave the first bytes readable.

    Ceph's gateway 16 heeds the condition only where no versions are kept; where they are, it adds a version.
    """
    name = f"{PROBES}{uuid.uuid4().hex}"
    first = client._put_object(options.bucket, name, b"first", headers={**_ONCE})  # noqa: SLF001
    try:
        with translated():
            client._put_object(options.bucket, name, b"second", headers={**_ONCE})  # noqa: SLF001
        is_refused = False
    except AlreadyThere:
        is_refused = True
    is_kept = is_refused or bool(first.version_id)
    kept = _content(client, options, name, None if is_refused else first.version_id) if is_kept else b""
    _forget(client, options, name)
    if kept != b"first":
        return _Answer(problem="unsafe: the server replaces objects in spite of If-None-Match")
    return _Answer(found="If-None-Match honoured" if is_refused else "by versions, not by If-None-Match")


def _content(client: Minio, options: S3Options, name: str, version: str | None) -> bytes:
    response = client.get_object(options.bucket, name, version_id=version)
    try:
        content: bytes = response.read()
        return content
    finally:
        response.close()
        response.release_conn()


def _forget(client: Minio, options: S3Options, name: str) -> None:
    if not options.lock_days:  # a locked probe stays until its lock ends
        client.remove_object(options.bucket, name)


def _versions(client: Minio, options: S3Options) -> _Answer:
    status = client.get_bucket_versioning(options.bucket).status
    return _Answer(found=status) if status == "Enabled" else _Answer(problem="old versions are not kept")


def _signatures(client: Minio, options: S3Options) -> _Answer:
    """A link with a changed signature must not open anything: some emulators do not look."""
    name = f"{PROBES}{uuid.uuid4().hex}"
    client._put_object(options.bucket, name, b"secret", headers={})  # noqa: SLF001
    good = client.presigned_get_object(options.bucket, name, expires=timedelta(seconds=60))
    forged = good[:-8] + ("0" * 8 if not good.endswith("0" * 8) else "1" * 8)
    response = client._http.urlopen("GET", forged)  # noqa: SLF001 - as a stranger would ask
    _forget(client, options, name)
    if response.status == 200:
        return _Answer(problem="unsafe: the server does not check signatures")
    return _Answer(found="forged link refused")


def _clock(client: Minio, options: S3Options) -> _Answer:
    response = client._execute("HEAD", options.bucket)  # noqa: SLF001 - the one answer with its headers
    told = response.headers.get("date")
    if told is None:
        return _Answer(problem="the server does not tell its time")
    skew = abs(datetime.now(UTC) - parsedate_to_datetime(told))
    if skew > LARGEST_SKEW:
        return _Answer(problem=f"the clocks differ by {skew.total_seconds():.0f} s")
    return _Answer(found=f"within {LARGEST_SKEW.total_seconds():.0f} s")


def _lock(client: Minio, options: S3Options) -> _Answer:
    from minio.objectlockconfig import YEARS

    rule = client.get_object_lock_config(options.bucket)
    days = (rule.duration or 0) * (365 if rule.duration_unit == YEARS else 1)
    if rule.mode != options.lock_mode or days < options.lock_days:
        return _Answer(problem=f"the bucket locks for {days} days, mode {rule.mode}")
    return _Answer(found=f"{rule.mode}, {days} days")


def _encryption(client: Minio, options: S3Options) -> _Answer:
    name = f"{PROBES}{uuid.uuid4().hex}"
    client._put_object(options.bucket, name, b"x", headers=encryption_headers(options))  # noqa: SLF001
    about = client.stat_object(options.bucket, name)
    _forget(client, options, name)
    if not is_encrypted(options, about.metadata or {}):
        return _Answer(problem="the server stores in clear what it should encrypt")
    return _Answer(found=options.encryption)


_QUESTIONS: Final[tuple[tuple[str, _Question, bool, str], ...]] = (
    ("create once", _create_once, True, "another server; see docs/object-stores.md"),
    ("signatures", _signatures, True, "switch the server's check of signatures on"),
    ("versions", _versions, False, "sohoa prepare-objects"),
    ("clock", _clock, False, "NTP on both machines"),
)
