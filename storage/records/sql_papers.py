"""Confirmed papers and the values on them, in the database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, insert, select, update

from dossiers.confirmed import ConfirmedFact, ConfirmedPaper
from dossiers.reading import Box, CopyKind, Source
from storage.records.fields_codec import dump
from storage.records.trouble import not_found
from storage.records.upsert import insert_new
from storage.records.vault_schema import confirmed_facts, confirmed_papers


class SqlPaperRecords:
    """Implements ``dossiers.vault_ports.PaperRecords``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, paper: ConfirmedPaper, facts: Sequence[ConfirmedFact]) -> None:
        """Adds a paper with its values; ``DUPLICATE`` if its id is taken."""
        insert_new(self._connection, confirmed_papers, _paper_row(paper))
        for position, fact in enumerate(facts):
            row = _fact_row(fact)
            values = insert(confirmed_facts).values(paper_id=paper.paper_id, position=position, **row)
            self._connection.execute(values)

    def find(self, paper_id: str) -> ConfirmedPaper | None:
        """Returns the paper, if it was confirmed."""
        return next(iter(self._where(confirmed_papers.c.paper_id == paper_id)), None)

    def facts(self, paper_id: str) -> Sequence[ConfirmedFact]:
        """Values on a paper in the order in which they were added."""
        own = confirmed_facts.c.paper_id == paper_id
        rows = self._connection.execute(
            select(confirmed_facts).where(own).order_by(confirmed_facts.c.position)
        )
        return tuple(_fact(row) for row in rows.mappings())

    def of_holder(self, holder_id: str) -> Sequence[ConfirmedPaper]:
        """Papers of a holder in the order of confirmation."""
        return self._where(confirmed_papers.c.holder_id == holder_id)

    def of_dossier(self, dossier_id: str) -> Sequence[ConfirmedPaper]:
        """Papers of a dossier in the order of confirmation."""
        return self._where(confirmed_papers.c.dossier_id == dossier_id)

    def disputed(self, holder_id: str) -> frozenset[str]:
        """Papers whose own number an unrevoked paper of somebody else carries too."""
        other = confirmed_papers.alias("other")
        statement = (
            select(confirmed_papers.c.paper_id)
            .join(other, other.c.claim == confirmed_papers.c.claim)
            .where(
                confirmed_papers.c.holder_id == holder_id,
                confirmed_papers.c.claim.is_not(None),
                other.c.claim.is_not(None),  # lets SQLite use the partial index
                other.c.holder_id != holder_id,
                other.c.revoked_at.is_(None),
            )
        )
        return frozenset(self._connection.execute(statement).scalars())

    def revoke(self, paper_id: str, at: datetime) -> None:
        """Marks a paper revoked; the first moment stands."""
        self._check(paper_id)
        standing = (confirmed_papers.c.paper_id == paper_id) & confirmed_papers.c.revoked_at.is_(None)
        self._connection.execute(update(confirmed_papers).where(standing).values(revoked_at=at))

    def move(self, paper_id: str, holder_id: str) -> None:
        """Gives a paper to another holder."""
        self._check(paper_id)
        same = confirmed_papers.c.paper_id == paper_id
        self._connection.execute(update(confirmed_papers).where(same).values(holder_id=holder_id))

    def _check(self, paper_id: str) -> None:
        if self.find(paper_id) is None:
            raise not_found(f"confirmed paper {paper_id}")

    def _where(self, condition: ColumnElement[bool]) -> Sequence[ConfirmedPaper]:
        statement = select(confirmed_papers).where(condition).order_by(confirmed_papers.c.seq)
        return tuple(_paper(row) for row in self._connection.execute(statement).mappings())


def _paper_row(paper: ConfirmedPaper) -> dict[str, object]:
    return {
        "paper_id": paper.paper_id,
        "holder_id": paper.holder_id,
        "dossier_id": paper.dossier_id,
        "dossier_code": paper.dossier_code,
        "procedure_code": paper.procedure_code,
        "type_id": paper.type_id,
        "page_count": paper.page_count,
        "copy_kind": paper.copy_kind.value,
        "issued_on": _iso(paper.issued_on),
        "expires_on": _iso(paper.expires_on),
        "is_unlimited": paper.is_unlimited,
        "born_on": _iso(paper.born_on),
        "subject": paper.subject,
        "claim": paper.claim,
        "purpose": paper.purpose,
        "confirmed_by": paper.confirmed_by,
        "confirmed_at": paper.confirmed_at,
        "revoked_at": paper.revoked_at,
    }


def _paper(row: RowMapping) -> ConfirmedPaper:
    return ConfirmedPaper(
        paper_id=row["paper_id"],
        holder_id=row["holder_id"],
        dossier_id=row["dossier_id"],
        dossier_code=row["dossier_code"],
        procedure_code=row["procedure_code"],
        type_id=row["type_id"],
        page_count=row["page_count"],
        copy_kind=CopyKind(row["copy_kind"]),
        issued_on=_day(row["issued_on"]),
        expires_on=_day(row["expires_on"]),
        is_unlimited=row["is_unlimited"],
        born_on=_day(row["born_on"]),
        subject=row["subject"],
        claim=row["claim"],
        purpose=row["purpose"],
        confirmed_by=row["confirmed_by"],
        confirmed_at=row["confirmed_at"],
        revoked_at=row["revoked_at"],
    )


def _fact_row(fact: ConfirmedFact) -> dict[str, object]:
    box = fact.box
    return {
        "name": fact.name,
        "value": fact.value,
        "proposed": fact.proposed,
        "raw": fact.raw,
        "page_id": fact.page_id,
        "box": f"{box.left},{box.top},{box.right},{box.bottom}" if box else None,
        "confidence": fact.confidence,
        "source": fact.source.value if fact.source else None,
        "checks": dump([[name, holds] for name, holds in fact.checks]),
    }


def _fact(row: RowMapping) -> ConfirmedFact:
    return ConfirmedFact(
        name=row["name"],
        value=row["value"],
        proposed=row["proposed"],
        raw=row["raw"],
        page_id=row["page_id"],
        box=_box(row["box"]),
        confidence=row["confidence"],
        source=Source(row["source"]) if row["source"] else None,
        checks=tuple((str(name), bool(holds)) for name, holds in json.loads(row["checks"])),
    )


def _box(text: str | None) -> Box | None:
    if text is None:
        return None
    left, top, right, bottom = (int(part) for part in text.split(","))
    return Box(left=left, top=top, right=right, bottom=bottom)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
