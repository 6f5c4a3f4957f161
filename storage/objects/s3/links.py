"""Presigned links to objects: for a while, as a file to be saved, with the type that we say."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final
from urllib.parse import quote

from dossiers.download_links import LONGEST_LINK_SECONDS
from storage.objects.s3.connection import S3Connection
from storage.objects.s3.deadline import Deadline
from storage.objects.s3.options import S3Options
from storage.objects.trouble import not_found

_KEY: Final = re.compile(r"[0-9a-f]{64}")
_PLAIN: Final = re.compile(r"[^A-Za-z0-9._-]")


class S3DownloadLinks:
    """Implements ``dossiers.download_links.DownloadLinks``; signs, and asks the server nothing."""

    def __init__(self, options: S3Options) -> None:
        self._options = options
        self._connection = S3Connection(options)

    def link(self, key: str, *, name: str, media_type: str, seconds: int) -> str:
        """Returns an address that hands out the object for a while; see the port."""
        if not _KEY.fullmatch(key):
            raise not_found(key)
        if not 1 <= seconds <= LONGEST_LINK_SECONDS:
            raise ValueError(f"a link lives 1 to {LONGEST_LINK_SECONDS} s")
        told = {
            "response-content-disposition": _disposition(name),
            "response-content-type": media_type,
            "response-cache-control": "private, no-store",
        }
        with self._connection.within(Deadline.after(self._options.deadline_seconds)) as client:
            made: str = client.presigned_get_object(
                self._options.bucket,
                key,
                expires=timedelta(seconds=seconds),
                response_headers=dict(told),
            )
        return made


def _disposition(name: str) -> str:
    """RFC 6266: a plain name for old browsers, the true one beside it."""
    return f"attachment; filename=\"{_PLAIN.sub('_', name)}\"; filename*=UTF-8''{quote(name, safe='')}"
