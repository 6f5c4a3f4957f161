"""What a separator says about the pages that follow it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Starts(StrEnum):
    """What begins behind a separator."""

    NOTHING = "nothing"  # the pages go on where they were
    DOCUMENT = "document"
    DOSSIER = "dossier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What one separator value means; any value may mean several of these at once.

    Attributes:
        starts: what begins behind it.
        dossier_code: the dossier that begins, as ``DossierCode`` writes it; empty where nothing names it.
        procedure_code: the procedure of this dossier and of those that follow, until another is named.
        type_id: an id of ``dossiers.document_types`` that the document behind it has.
        profile: the scanning profile from here on, until another is named.

    Raises:
        ValueError: a dossier is named and none begins, or a type and no document begins, or it means nothing.
    """

    starts: Starts = Starts.NOTHING
    dossier_code: str = ""
    procedure_code: str = ""
    type_id: str = ""
    profile: str = ""

    def __post_init__(self) -> None:
        if self.dossier_code and self.starts is not Starts.DOSSIER:
            raise ValueError("a sheet that names a dossier starts one")
        if self.type_id and self.starts is Starts.NOTHING:
            raise ValueError("a sheet that names a type starts a document")
        if self.starts is Starts.NOTHING and not (self.procedure_code or self.profile):
            raise ValueError("a sheet that means nothing is no separator")
