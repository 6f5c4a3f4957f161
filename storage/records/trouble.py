"""Errors that every database of records raises in the same words."""

from __future__ import annotations

from dossiers.errors import RecordError


def not_found(record: str) -> RecordError:
    """There is no such record."""
    return RecordError("NOT_FOUND", vi="Không tìm thấy dữ liệu này.", en=f"there is no {record}")


def nested_transaction() -> RecordError:
    """A thread that has a transaction open asks for another one: a mistake of the program."""
    return RecordError(
        "NESTED_TRANSACTION",
        vi="Lỗi chương trình: giao dịch lồng nhau.",
        en="this thread has a transaction open already",
    )
