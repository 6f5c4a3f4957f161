"""What the national portal wants to know of every attached file: digitized, reused and how, from where.

Field names were seen in practice; what the values of ``DuocTaiSuDung`` mean is unverified and therefore data
(``data/portal_flags.toml``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from dossiers.document import Document, DocumentState
from dossiers.document_types import BLANK
from dossiers.ports import UnitOfWork
from dossiers.procedures import ComponentPolicy, DataSource
from dossiers.reuse_decision import ReuseDecision
from dossiers.slot import Slot

_OWN = (DataSource.CITIZEN_STORE, DataSource.OFFICE_RESULTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFlags:
    """The flags of one attached file, or of a paper that was not asked for.

    Attributes:
        component: name of the slot it fills; empty for other papers.
        type_id: what it is.
        is_digitized: scanned, confirmed by a clerk, and of a component that is digitized (``DuocSoHoa``).
        reuse: ``not_reused``, ``own_store`` or ``national`` (``DuocTaiSuDung``).
        is_from_store: taken from the person's store (``DuocLayTuKhoDMQG``).
        replacing_result: code of the earlier result that replaces it (``MaKetQuaThayThe``); may be empty.
    """

    component: str
    type_id: str
    is_digitized: bool
    reuse: str
    is_from_store: bool
    replacing_result: str

    def to_portal(self, values: Mapping[str, int]) -> dict[str, object]:
        """The flags under the portal's names."""
        return {
            "ThanhPhan": self.component,
            "LoaiGiayTo": self.type_id,
            "DuocSoHoa": self.is_digitized,
            "DuocTaiSuDung": values[self.reuse],
            "DuocLayTuKhoDMQG": self.is_from_store,
            "MaKetQuaThayThe": self.replacing_result,
        }


def reuse_values() -> Mapping[str, int]:
    """The values of ``DuocTaiSuDung``, as the data file has them."""
    text = resources.files("dossiers").joinpath("data", "portal_flags.toml").read_text(encoding="utf-8")
    return {str(name): int(value) for name, value in tomllib.loads(text)["DuocTaiSuDung"].items()}


def flags_of(work: UnitOfWork, dossier_id: str) -> tuple[FileFlags, ...]:
    """The flags of every paper of a dossier, then of those that were not asked for."""
    slots = work.dossiers.slots(dossier_id)
    by_document = {slot.document_id: slot for slot in slots if slot.document_id is not None}
    names = {slot.rule.key: slot.rule.name for slot in slots}
    handed_in = [
        _of_document(document, by_document.get(document.document_id))
        for document in work.documents.of_dossier(dossier_id)
        if document.type_id != BLANK
    ]
    saved = [
        _of_decision(each, names.get(each.slot_key, each.slot_key))
        for each in work.decisions.of_dossier(dossier_id)
        if each.is_saved
    ]
    return (*handed_in, *saved)


def _of_document(document: Document, slot: Slot | None) -> FileFlags:
    is_confirmed = document.state is DocumentState.CONFIRMED
    return FileFlags(
        component=slot.rule.name if slot else "",
        type_id=document.type_id,
        is_digitized=is_confirmed and slot is not None and slot.rule.policy == ComponentPolicy.DIGITIZE.value,
        reuse="not_reused",
        is_from_store=False,
        replacing_result="",
    )


def _of_decision(decision: ReuseDecision, name: str) -> FileFlags:
    is_own = decision.source in _OWN
    return FileFlags(
        component=name,
        type_id=decision.type_id,
        is_digitized=False,
        reuse="own_store" if is_own else "national",
        is_from_store=decision.source is DataSource.CITIZEN_STORE,
        replacing_result=decision.origin if decision.source is DataSource.OFFICE_RESULTS else "",
    )
