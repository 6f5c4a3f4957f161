"""Errors about records that are not there."""

from __future__ import annotations

from dossiers.errors import RecordError


def not_found(record: str) -> RecordError:
    """There is no such record."""
    return RecordError("NOT_FOUND", vi="Không tìm thấy dữ liệu này.", en=f"there is no {record}")
