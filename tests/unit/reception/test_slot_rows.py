"""Where a slot stands: filled, arriving, taken from what is on file, missing."""

from __future__ import annotations

from dossiers.document import Document
from dossiers.page import Page
from dossiers.page_groups import PageGroup
from dossiers.reading import CopyKind
from dossiers.slot import Slot, SlotRule
from reception.intake.slot_rows import Standing, slot_rows


def _slot(
    key: str, document_id: str | None = None, *, required: bool = True, policy: str = "digitize"
) -> Slot:
    rule = SlotRule(key=key, name=key, accepts=("ct01",), is_required=required, policy=policy)
    return Slot(rule=rule, document_id=document_id)


def _group(document_id: str = "", type_id: str = "ct01") -> PageGroup:
    page = Page(page_id=document_id + "p", dossier_id="d", file_id="f", original_key="k", index=0, number=1)
    document = Document(
        document_id=document_id,
        dossier_id="d",
        ordinal=1,
        type_id=type_id,
        page_ids=(page.page_id,),
        confidence=1.0,
        evidence="",
        copy_kind=CopyKind.UNKNOWN,
        fields=(),
        issues=(),
    )
    return PageGroup(pages=(page,), document=document if document_id else None, type_id=type_id)


def test_each_slot_is_told_by_what_is_nearest_to_done() -> None:
    slots = [
        _slot("filled", "doc"),
        _slot("arriving"),
        _slot("reused"),
        _slot("missing"),
        _slot("if_needed", required=False),
        _slot("shown", required=False, policy="present_only"),
    ]
    rows = slot_rows(slots, [_group("doc"), _group()], {"reused": "X-1"}, None, "vi")

    assert [row.standing for row in rows] == [
        Standing.FILLED,
        Standing.ARRIVING,
        Standing.REUSED,
        Standing.MISSING,
        Standing.OPTIONAL,
        Standing.SHOWN,
    ]
    assert [row.group for row in rows] == [1, 2, 0, 0, 0, 0]
    assert [row.number for row in rows] == [1, 2, 3, 4, 5, 6]
    assert rows[2].origin == "X-1"


def test_papers_that_wait_fill_one_slot_and_only_one_that_takes_them() -> None:
    rows = slot_rows([_slot("a"), _slot("b")], [_group(), _group(type_id="cccd_front")], {}, None, "vi")

    assert [row.standing for row in rows] == [Standing.ARRIVING, Standing.MISSING]
