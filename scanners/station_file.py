"""The parts of one file that go into dossiers, cut at the separator sheets in it; pure functions.

Rule: every page of the file is in exactly one part, in order, whatever is flagged; the same file and the same
verdicts always give the same parts with the same receipt keys, so that taking it again takes nothing twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from scanners.separators.splitting import DossierPart, Flagged, JudgedPage, Split, split_batch
from scanners.separators.verdict import SheetVerdict


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePart:
    """Pages of a file that go to one dossier together.

    Attributes:
        indexes: 0-based pages, ascending.
        dossier: number of the dossier among those of the file.
        set_aside: why they are no papers; empty: they are.
        named_type: the type that a separator sheet named.
        opens_document: whether a separator sheet says that a document begins here.
        flags: what a clerk must look at.
    """

    indexes: tuple[int, ...]
    dossier: int = 0
    set_aside: str = ""
    named_type: str = ""
    opens_document: bool = False
    flags: tuple[str, ...] = ()

    def receipt_key(self, content: bytes) -> str:
        """What makes taking this part of a file twice the same receipt."""
        places = ",".join(str(index) for index in self.indexes)
        return hashlib.sha256(hashlib.sha256(content).digest() + places.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCut:
    """A whole file, cut; a file of separator sheets alone has no dossier and its parts all belong to one."""

    dossiers: tuple[DossierPart, ...]
    parts: tuple[FilePart, ...]

    @property
    def is_whole(self) -> bool:
        """Whether no separator says anything: the file is one dossier, unchanged."""
        return len(self.parts) == 1 and not self.parts[0].flags and not self.parts[0].set_aside


def cut_file(verdicts: Sequence[SheetVerdict]) -> FileCut:
    """Cuts a file by what each of its pages is."""
    split = split_batch([JudgedPage(verdict=verdict) for verdict in verdicts])
    parts = [*_papers(split), *_aside(split)]
    return FileCut(dossiers=split.dossiers, parts=tuple(sorted(parts, key=lambda part: part.indexes)))


def _papers(split: Split) -> list[FilePart]:
    """Runs, cut once more around pages that are flagged: a flag belongs to its page."""
    flags = _flags(split.flagged)
    parts: list[FilePart] = []
    for number, dossier in enumerate(split.dossiers):
        for run in dossier.runs:
            for position in run.positions:
                begins = position == run.positions[0]
                part = FilePart(
                    indexes=(position,),
                    dossier=number,
                    named_type=run.type_id,
                    opens_document=run.is_new_document and begins,
                    flags=flags.get(position, ()),
                )
                joins = not begins and not part.flags and not parts[-1].flags
                parts[-1:] = [_joined(parts[-1], position)] if joins else [*parts[-1:], part]
    return parts


def _joined(part: FilePart, position: int) -> FilePart:
    return FilePart(
        indexes=(*part.indexes, position),
        dossier=part.dossier,
        named_type=part.named_type,
        opens_document=part.opens_document,
    )


def _aside(split: Split) -> list[FilePart]:
    flags = _flags(split.flagged)
    return [
        FilePart(
            indexes=(aside.position,),
            dossier=aside.dossier or 0,
            set_aside=aside.reason.value,
            flags=flags.get(aside.position, ()),
        )
        for aside in split.aside
    ]


def _flags(flagged: Sequence[Flagged]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for each in flagged:
        found[each.position] = (*found.get(each.position, ()), each.flag.value)
    return found
