"""Makes and judges the bucket of a store; done by an administrator, never on the way of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.objects.s3.connection import S3Connection
from storage.objects.s3.deadline import Deadline
from storage.objects.s3.options import S3Options
from storage.objects.s3.patience import Patience
from storage.objects.s3.trouble import translated

if TYPE_CHECKING:
    from minio import Minio


def prepare_bucket(options: S3Options) -> None:
    """Makes the bucket where there is none, keeps every version in it and sets the lock; may be repeated.

    A lock can only be set on a bucket that was made with one; it may be lengthened later by running this
    again. The lock is a rule of the bucket, so it holds for whatever is put there, by whomever.

    Raises:
        ResourceError: ``STORE_UNAVAILABLE``, or ``STORE_REFUSED`` where the account may not do this.
    """
    connection, deadline = S3Connection(options), Deadline.after(options.deadline_seconds)

    def prepare() -> None:
        with translated(), connection.within(deadline) as client:
            _prepare(client, options)

    Patience().do(prepare, deadline)


def _prepare(client: Minio, options: S3Options) -> None:
    from minio.commonconfig import ENABLED
    from minio.objectlockconfig import DAYS, ObjectLockConfig
    from minio.versioningconfig import VersioningConfig

    if not client.bucket_exists(options.bucket):
        client.make_bucket(options.bucket, object_lock=options.lock_days > 0)
    if client.get_bucket_versioning(options.bucket).status != ENABLED:
        client.set_bucket_versioning(options.bucket, VersioningConfig(ENABLED))
    if options.lock_days:
        rule = ObjectLockConfig(options.lock_mode, options.lock_days, DAYS)
        client.set_object_lock_config(options.bucket, rule)
