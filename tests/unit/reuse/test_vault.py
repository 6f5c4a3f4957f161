"""Joining and parting of people: one person's papers together, nobody else's among them, all of it undone."""

from __future__ import annotations

from typing import Any

import pytest

from dossiers.citizens import HolderNumber
from dossiers.consent import ConsentAct, Purpose, given
from dossiers.errors import RecordError
from dossiers.result import IssuedResult, Revocation

CLERK = "Trần Thị Cán Bộ"
NAM = "003090123456"
OTHER = HolderNumber.parse(NAM)


def ids(kho: Any, number: HolderNumber) -> list[str]:
    return [held.paper.paper_id for held in kho.vault.show(number, CLERK).papers]


def test_joined_people_have_one_store_and_parting_gives_each_what_was_theirs(mo_kho: Any, giay: Any) -> None:
    kho = mo_kho()
    mine, theirs = kho.co(giay(loai="gcn_qsdd")), kho.co(giay(loai="hoc_ba", cua=NAM), NAM)
    kho.vault.consent(OTHER, [Purpose.KEEP], CLERK)
    act = kho.vault.merge(kho.so(), OTHER, CLERK, "một người, hai số")
    assert ids(kho, kho.so()) == ids(kho, OTHER) == [mine, theirs]
    assert kho.vault.undo(kho.so(), act, CLERK) == 2
    assert ids(kho, kho.so()) == [mine]
    assert ids(kho, OTHER) == [theirs]


def test_joining_twice_changes_nothing(mo_kho: Any) -> None:
    kho = mo_kho()
    assert kho.vault.merge(kho.so(), OTHER, CLERK, "một người")
    assert kho.vault.merge(kho.so(), OTHER, CLERK, "một người") == ""


def test_consent_of_the_joined_person_is_not_carried_over(mo_kho: Any) -> None:
    kho = mo_kho(dong_y=(Purpose.KEEP,))
    kho.vault.consent(OTHER, [Purpose.REUSE], CLERK)
    kho.vault.merge(kho.so(), OTHER, CLERK, "một người")
    assert kho.vault.show(kho.so(), CLERK).consents == {Purpose.KEEP}


def test_a_later_withdrawal_of_the_joined_person_counts_for_both(mo_kho: Any) -> None:
    kho = mo_kho()
    kho.vault.consent(OTHER, [Purpose.REUSE], CLERK)
    kho.clock.advance(60)
    kho.vault.consent(OTHER, [Purpose.REUSE], CLERK, is_given=False)
    kho.vault.merge(kho.so(), OTHER, CLERK, "một người")
    assert kho.vault.show(kho.so(), CLERK).consents == {Purpose.KEEP}


def test_a_paper_of_somebody_else_is_given_to_the_right_person(mo_kho: Any, giay: Any) -> None:
    kho = mo_kho()
    mine, theirs = kho.co(giay(loai="gcn_qsdd")), kho.co(giay(loai="hoc_ba", cua=NAM))
    kho.vault.split(kho.so(), [theirs], OTHER, CLERK)
    kho.vault.consent(OTHER, [Purpose.KEEP], CLERK)
    assert ids(kho, kho.so()) == [mine]
    assert ids(kho, OTHER) == [theirs]
    with pytest.raises(RecordError, match="NOT_FOUND"):
        kho.vault.split(kho.so(), [theirs], OTHER, CLERK)


def test_parting_what_was_never_joined_is_refused(mo_kho: Any) -> None:
    kho = mo_kho()
    with pytest.raises(RecordError, match="NOT_FOUND"):
        kho.vault.undo(kho.so(), "merge:000000000000", CLERK)


def test_every_act_needs_a_clerk_and_joining_and_revoking_a_reason(mo_kho: Any, giay: Any) -> None:
    kho = mo_kho()
    paper_id = kho.co(giay(loai="gcn_qsdd"))
    with pytest.raises(RecordError, match="NO_CLERK"):
        kho.vault.merge(kho.so(), OTHER, "", "một người")
    with pytest.raises(RecordError, match="NO_REASON"):
        kho.vault.merge(kho.so(), OTHER, CLERK, "")
    with pytest.raises(RecordError, match="NO_REASON"):
        kho.vault.revoke(paper_id, CLERK, " ")
    with pytest.raises(RecordError, match="NO_CLERK"):
        kho.vault.consent(kho.so(), [Purpose.KEEP], "")


def test_without_consent_to_keep_the_store_shows_nothing(mo_kho: Any, giay: Any) -> None:
    kho = mo_kho(dong_y=())
    kho.co(giay(loai="gcn_qsdd"))
    assert kho.vault.show(kho.so(), CLERK).papers == ()


def test_of_acts_at_one_moment_the_withdrawal_wins(mo_kho: Any) -> None:
    now = mo_kho().clock()
    acts = [
        ConsentAct(holder_id="h", purpose=Purpose.KEEP, is_given=is_given, at=now, clerk="B")
        for is_given in (False, True)
    ]
    assert given(acts, now) == given(reversed(acts), now) == frozenset()


def test_a_result_that_was_never_scanned_is_on_file_by_its_record(mo_kho: Any, giay: Any, gon: Any) -> None:
    kho = mo_kho(noi=frozenset())
    kho.co(giay(loai="giay_chung_sinh"))
    with kho.records.transaction() as work:
        dossier = work.dossiers.get("hs-001")
        result = IssuedResult(
            code=f"{dossier.code}-KQ(1)",
            dossier_id=dossier.dossier_id,
            number=1,
            name="Giấy khai sinh",
            type_id="giay_khai_sinh",
            document_id=None,
            national_code="",
            issued_on=kho.clock().date(),
            valid_until=None,
            recorded_at=kho.clock(),
            recorded_by=CLERK,
        )
        work.results.add(result)
    assert gon(kho.o("1.004222", "quan_he")) == "duoc:ket_qua"
    hs = kho.mo_ho_so("1.004222")
    assert kho.desk.accept(hs, "quan_he", CLERK).origin == result.code
    with kho.records.transaction() as work:
        work.results.revoke(result.code, Revocation(at=kho.clock(), by=CLERK, reason="cấp sai"))
    assert gon(kho.o("1.004222", "quan_he")) == "tu_choi:REVOKED"
