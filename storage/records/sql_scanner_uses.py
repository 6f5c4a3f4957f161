"""Uses of scanners, in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select

from dossiers.scanner_use import ScannerUse
from storage.records.schema import scanner_uses


class SqlScannerUses:
    """Implements ``dossiers.ports.ScannerUses``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, use: ScannerUse) -> None:
        """Notes a use."""
        self._connection.execute(
            insert(scanner_uses).values(
                device=use.device,
                profile=use.profile,
                pages=use.pages,
                trouble=use.trouble,
                ended_at=use.ended_at,
            )
        )

    def of_device(self, device: str, since: datetime) -> Sequence[ScannerUse]:
        """Uses of a device that ended at this moment or later, in the order of noting."""
        statement = (
            select(scanner_uses)
            .where(scanner_uses.c.device == device, scanner_uses.c.ended_at >= since)
            .order_by(scanner_uses.c.seq)
        )
        return tuple(
            ScannerUse(
                device=row["device"],
                profile=row["profile"],
                pages=row["pages"],
                trouble=row["trouble"],
                ended_at=row["ended_at"],
            )
            for row in self._connection.execute(statement).mappings()
        )

    def devices(self, since: datetime) -> Sequence[str]:
        """Keys of the devices with a use that ended at this moment or later, sorted."""
        device = scanner_uses.c.device
        statement = select(device).where(scanner_uses.c.ended_at >= since).distinct()
        return tuple(sorted(self._connection.execute(statement).scalars()))  # not by the server's collation
