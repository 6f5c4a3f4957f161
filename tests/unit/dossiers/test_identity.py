"""Which dossiers an account sees."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dossiers.accounts import Account
from dossiers.case import Case, Channel, Parties, Party, Places
from dossiers.dossier import Dossier
from dossiers.errors import AccessDenied, RecordError
from dossiers.identity import Identity
from dossiers.permissions import Permission, Role
from dossiers.ports import UnitOfWork
from dossiers.testing import MemoryRecordStore

NOW = datetime(2025, 7, 1, tzinfo=UTC)
DOSSIER = Dossier(
    dossier_id="d1",
    code="H29.119.01-250701-0001",
    intake_key="i1",
    procedure_code=None,
    citizen_number=None,
    title="",
    opened_at=NOW,
)


def identity(branch: str, *grants: Permission, role: Role = Role.CLERK) -> Identity:
    account = Account(
        account_id="a", name="hoa", shown_name="Hoà", role=role, branch=branch, created_at=NOW,
        grants=frozenset(grants),
    )  # fmt: skip
    return Identity(
        account=account, permissions=account.permissions, key="k", is_program=False, confirmed_at=NOW
    )


def sees(who: Identity, *, places: Places | None = None) -> bool:
    with MemoryRecordStore().transaction() as work:
        work.dossiers.add(DOSSIER)
        if places is not None:
            _add_case(work, places)
        if who.sees(work, DOSSIER):
            assert who.dossier(work, "d1").dossier_id == "d1"
            return True
        refusals = []
        for dossier_id in ("d1", "d2"):  # another branch's, none at all
            with pytest.raises(RecordError) as refusal:
                who.dossier(work, dossier_id)
            refusals.append((refusal.value.code, refusal.value.vi))
        assert refusals[0] == refusals[1] == ("NOT_FOUND", "Không tìm thấy dữ liệu này.")
        return False


def _add_case(work: UnitOfWork, places: Places) -> None:
    parties = Parties(owner=Party(name="Trần Văn B"))
    case = Case(
        dossier_id="d1", variant="", channel=Channel.DIRECT, places=places, parties=parties, state="new"
    )
    work.cases.add(case)


@pytest.mark.parametrize(
    ("branch", "is_seen"),
    [
        ("H29.119.01", True),
        ("H29.119", True),
        ("H29", True),
        ("H29.119.02", False),
        ("H29.11", False),
        ("H29.119.01.05", False),
        ("H26", False),
    ],
)
def test_a_branch_sees_its_dossiers_and_those_of_branches_below(branch: str, is_seen: bool) -> None:
    assert sees(identity(branch)) is is_seen


def test_the_competent_agency_and_the_support_point_see_it_too() -> None:
    places = Places(receiving_point="H29.119.01", competent_agency="H26.5", support_point="H40.7")
    assert sees(identity("H26.5"), places=places)
    assert sees(identity("H40"), places=places)
    assert not sees(identity("H26.6"), places=places)


def test_every_branch_is_seen_with_the_right_for_it() -> None:
    assert sees(identity("H26", Permission.ALL_BRANCHES))


def test_what_is_not_listed_is_refused() -> None:
    who = identity("H26")
    who.require(Permission.SEARCH)
    with pytest.raises(AccessDenied, match="NOT_ALLOWED"):
        who.require(Permission.ACCOUNT_WRITE)
