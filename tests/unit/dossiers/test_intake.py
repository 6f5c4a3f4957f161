"""Receiving: idempotent, durable before acknowledged, refusals on record."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest

from dossiers.errors import EngineError, InputCode, InputError, ResourceError
from dossiers.intake import RawFile
from dossiers.page import PageState


def test_opening_with_the_same_key_returns_the_same_dossier_and_spends_no_number(office):
    first = office.open("a")
    assert office.open("a") == first
    second = office.open("b")
    with office.records.transaction() as work:
        assert work.dossiers.get(first).code == "H29.119-261122-0001"
        assert work.dossiers.get(second).code == "H29.119-261122-0002"


def test_the_day_in_the_code_is_the_vietnamese_one(office):
    office.clock.advance(15 * 3600)  # 01:00 on the 23rd in Viet Nam
    dossier_id = office.open("late")
    with office.records.transaction() as work:
        assert "-261123-" in work.dossiers.get(dossier_id).code


def test_a_received_file_is_durable_numbered_and_due(office):
    dossier_id = office.open()
    receipt = office.intake.receive_file(dossier_id, RawFile(name="a.PNG", content=b"abc"))
    assert receipt.is_new
    assert receipt.file.flags == (".png",)
    assert office.originals.get(hashlib.sha256(b"abc").hexdigest()) == b"abc"
    with office.records.transaction() as work:
        pages = work.pages.of_dossier(dossier_id)
        assert [(p.number, p.index, p.state) for p in pages] == [
            (1, 0, PageState.RECEIVED),
            (2, 1, PageState.RECEIVED),
            (3, 2, PageState.RECEIVED),
        ]
        assert work.tasks.open_count(dossier_id) == 3
        kinds = [event.kind.value for event in work.events.of_dossier(dossier_id)]
    assert kinds == ["dossier_opened", "file_received"]


def test_receiving_again_adds_nothing(office):
    dossier_id = office.open()
    office.intake.receive_file(dossier_id, RawFile(name="a.png", content=b"ab"))
    again = office.intake.receive_file(dossier_id, RawFile(name="a.png", content=b"ab"))
    assert not again.is_new
    assert not again.is_double
    with office.records.transaction() as work:
        assert len(work.pages.of_dossier(dossier_id)) == 2


def test_the_same_bytes_under_another_name_are_told_as_a_double(office):
    dossier_id = office.open()
    office.intake.receive_file(dossier_id, RawFile(name="a.png", content=b"ab"))
    double = office.intake.receive_file(dossier_id, RawFile(name="b.png", content=b"ab"))
    assert double.is_double
    assert not double.is_new


def test_pages_of_a_later_file_follow_those_of_the_earlier_one(office):
    dossier_id = office.open()
    office.intake.receive_file(dossier_id, RawFile(name="a.png", content=b"ab"))
    office.intake.receive_file(dossier_id, RawFile(name="b.png", content=b"c"))
    with office.records.transaction() as work:
        assert [page.number for page in work.pages.of_dossier(dossier_id)] == [1, 2, 3]


def test_a_refused_file_is_kept_in_quarantine_and_noted_once(office):
    dossier_id = office.open()
    bad = RawFile(name="bad.png", content=b"!broken")
    for _ in range(2):
        with pytest.raises(InputError) as caught:
            office.intake.receive_file(dossier_id, bad)
        assert caught.value.code == "DAMAGED"
        assert caught.value.exit_code == 4
    key = hashlib.sha256(bad.content).hexdigest()
    assert office.quarantine.get(key) == bad.content
    assert not office.originals.contains(key)
    with office.records.transaction() as work:
        [refusal] = work.dossiers.refusals(dossier_id)
        assert (refusal.code, refusal.object_key) == ("DAMAGED", key)
        assert len(work.pages.of_dossier(dossier_id)) == 0


def test_an_empty_file_is_refused(office):
    with pytest.raises(InputError) as caught:
        office.intake.receive_file(office.open(), RawFile(name="a.pdf", content=b""))
    assert caught.value.reason is InputCode.EMPTY


@pytest.mark.parametrize(("trouble", "code"), [("TIMEOUT", "LIMIT_EXCEEDED"), ("CRASHED", "DAMAGED")])
def test_a_file_that_breaks_the_check_is_refused(office, monkeypatch, trouble, code):
    class Breaking:
        def inspect(self, content, suffix):
            raise EngineError(trouble, "in the test")

    monkeypatch.setattr(office.intake, "_inspector", Breaking())
    with pytest.raises(InputError) as caught:
        office.intake.receive_file(office.open(), RawFile(name="a.pdf", content=b"x"))
    assert caught.value.code == code


def test_nothing_is_acknowledged_when_the_store_fails(office, monkeypatch):
    dossier_id = office.open()

    def full(content: bytes) -> str:
        raise OSError(28, "no space")

    monkeypatch.setattr(office.originals, "put_once", full)
    with pytest.raises(OSError, match="no space"):
        office.intake.receive_file(dossier_id, RawFile(name="a.png", content=b"ab"))
    with office.records.transaction() as work:
        assert not work.pages.of_dossier(dossier_id)
        assert work.tasks.open_count(dossier_id) == 0


def test_every_refusal_has_a_sentence_in_both_languages():
    for code in InputCode:
        error = InputError(code)
        assert error.vi.endswith(".") or "ví dụ" in error.vi
        assert error.en.endswith(".")
        assert error.vi != error.en


def test_a_clock_of_another_century_is_told_as_such_and_spends_no_number(office):
    right = office.clock()
    office.clock.advance((datetime(1996, 12, 5, tzinfo=UTC) - right).total_seconds())
    with pytest.raises(ResourceError) as told:
        office.open("k")
    assert (told.value.code, told.value.retryable) == ("CLOCK_WRONG", True)
    office.clock.advance((right - office.clock()).total_seconds())
    dossier_id = office.open("k")
    with office.records.transaction() as work:
        assert work.dossiers.get(dossier_id).code.endswith("-0001")
