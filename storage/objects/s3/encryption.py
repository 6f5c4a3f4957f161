"""Encryption by the server: what is asked for, and whether it was done.

Ceph's gateway 16 ignores a request for ``sse-s3`` and stores in clear; so the answer is always looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from storage.objects.s3.options import S3Options

_HEADER: Final = "x-amz-server-side-encryption"
_ANSWERS: Final = {"sse-s3": "AES256", "sse-kms": "aws:kms"}


def encryption_headers(options: S3Options) -> dict[str, str | list[str] | tuple[str]]:
    """Headers of a put."""
    if options.encryption == "none":
        return {}
    key = {f"{_HEADER}-aws-kms-key-id": options.kms_key} if options.kms_key else {}
    return {_HEADER: _ANSWERS[options.encryption], **key}


def is_encrypted(options: S3Options, answered: Mapping[str, str]) -> bool:
    """Whether the headers of an object say that it is encrypted as asked for."""
    return options.encryption == "none" or answered.get(_HEADER) == _ANSWERS[options.encryption]
