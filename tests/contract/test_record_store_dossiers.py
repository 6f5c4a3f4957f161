"""What every record store promises about dossiers, files, refusals, slots and audit facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from dossiers.dossier import DigitizationState
from dossiers.errors import RecordError, StaleVersion
from dossiers.events import Event, EventKind
from dossiers.page import Refusal
from dossiers.ports import RecordStore
from dossiers.slot import Slot, SlotRule

if TYPE_CHECKING:
    from conftest import Samples


def test_a_dossier_is_got_back_as_it_was_added(records: RecordStore, samples: Samples) -> None:
    for dossier in (
        samples.dossier("d1"),
        samples.dossier("d2", procedure_code=None, citizen_number=None, title=""),
        samples.dossier("d3", state=DigitizationState.COMPLETE, version=7),
    ):
        with records.transaction() as work:
            work.dossiers.add(dossier)
        with records.transaction() as work:
            assert work.dossiers.get(dossier.dossier_id) == dossier
            assert work.dossiers.by_code(dossier.code) == dossier
            assert work.dossiers.by_intake_key(dossier.intake_key) == dossier


def test_a_moment_keeps_its_microseconds_and_its_place_in_time(
    records: RecordStore, samples: Samples
) -> None:
    in_vietnam = datetime(2025, 7, 1, 23, 59, 59, 999_999, timezone(timedelta(hours=7)))
    with records.transaction() as work:
        work.dossiers.add(samples.dossier(opened_at=in_vietnam))
    with records.transaction() as work:
        kept = work.dossiers.get("d1").opened_at
    assert kept == in_vietnam
    assert kept.utcoffset() is not None


@pytest.mark.parametrize("same", ["dossier_id", "code", "intake_key"])
def test_id_code_and_intake_key_are_taken_once(records: RecordStore, samples: Samples, same: str) -> None:
    first = samples.dossier("d1")
    second = replace(samples.dossier("d2"), **{same: getattr(first, same)})
    with records.transaction() as work:
        work.dossiers.add(first)
    with pytest.raises(RecordError) as refusal, records.transaction() as work:
        work.dossiers.add(second)
    assert refusal.value.code == "DUPLICATE"


def test_a_duplicate_may_be_passed_over_within_the_transaction(
    records: RecordStore, samples: Samples
) -> None:
    with records.transaction() as work:
        work.dossiers.add(samples.dossier("d1"))
        with pytest.raises(RecordError):
            work.dossiers.add(samples.dossier("d1"))
        work.dossiers.add(samples.dossier("d2"))
    with records.transaction() as work:
        assert work.dossiers.get("d1")
        assert work.dossiers.get("d2")


def test_what_is_not_there_is_not_found(records: RecordStore) -> None:
    with records.transaction() as work:
        with pytest.raises(RecordError) as refusal:
            work.dossiers.get("d1")
        assert refusal.value.code == "NOT_FOUND"
        assert work.dossiers.by_code("H29") is None
        assert work.dossiers.by_intake_key("key") is None
        assert work.dossiers.file_by_receipt("d1", "r1") is None
        assert not work.dossiers.files("d1")
        assert not work.dossiers.refusals("d1")
        assert not work.dossiers.slots("d1")


def test_saving_counts_the_version_up(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        work.dossiers.add(samples.dossier())
        work.dossiers.save(work.dossiers.get("d1").moved(DigitizationState.NEEDS_CLERK))
        work.dossiers.save(replace(work.dossiers.get("d1"), title="Cấp lại"))
    with records.transaction() as work:
        saved = work.dossiers.get("d1")
    assert (saved.state, saved.title, saved.version) == (DigitizationState.NEEDS_CLERK, "Cấp lại", 2)


def test_saving_an_old_version_is_refused_and_changes_nothing(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        work.dossiers.add(samples.dossier())
        old = work.dossiers.get("d1")
        work.dossiers.save(replace(old, title="first"))
    with pytest.raises(StaleVersion), records.transaction() as work:
        work.dossiers.save(replace(old, title="second"))
    with records.transaction() as work:
        assert work.dossiers.get("d1").title == "first"


def test_saving_a_dossier_that_is_not_there_is_not_found(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work, pytest.raises(RecordError) as refusal:
        work.dossiers.save(samples.dossier())
    assert refusal.value.code == "NOT_FOUND"


def test_the_code_of_a_dossier_never_changes(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        work.dossiers.add(samples.dossier())
        work.dossiers.save(samples.dossier(code="H29.119-250701-9999", intake_key="other"))
        kept = work.dossiers.get("d1")
    assert (kept.code, kept.intake_key) == (samples.dossier().code, samples.dossier().intake_key)


def test_numbers_count_up_within_agency_and_day(records: RecordStore) -> None:
    with records.transaction() as work:
        assert [work.dossiers.next_number("H29.119", "250701") for _ in range(3)] == [1, 2, 3]
        assert work.dossiers.next_number("H29.119", "250702") == 1
        assert work.dossiers.next_number("H29.120", "250701") == 1
    with records.transaction() as work:
        assert work.dossiers.next_number("H29.119", "250701") == 4


def test_files_come_back_whole_and_in_the_order_of_receipt(records: RecordStore, samples: Samples) -> None:
    expected = [samples.file(receipt_key=key) for key in ("r9", "r1", "r5")]
    with records.transaction() as work:
        work.dossiers.add(samples.dossier("d1"))
        work.dossiers.add(samples.dossier("d2"))
        for file in expected:
            work.dossiers.add_file(file)
        work.dossiers.add_file(samples.file("d2"))
    with records.transaction() as work:
        assert list(work.dossiers.files("d1")) == expected
        assert work.dossiers.file_by_receipt("d1", "r5") == expected[2]
        assert work.dossiers.file_by_receipt("d2", "r5") is None


def test_the_same_receipt_is_a_duplicate_within_its_dossier_only(
    records: RecordStore, samples: Samples
) -> None:
    with records.transaction() as work:
        work.dossiers.add(samples.dossier("d1"))
        work.dossiers.add(samples.dossier("d2"))
        work.dossiers.add_file(samples.file("d1"))
        work.dossiers.add_file(samples.file("d2"))
        with pytest.raises(RecordError) as refusal:
            work.dossiers.add_file(samples.file("d1", file_id="another id"))
    assert refusal.value.code == "DUPLICATE"


def test_nothing_is_kept_for_a_dossier_that_is_not_there(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        for add in (
            lambda: work.dossiers.add_file(samples.file()),
            lambda: work.dossiers.set_slots("d1", ()),
            lambda: work.documents.replace_proposed("d1", ()),
            lambda: work.dossiers.add_refusal(_refusal(samples)),
            lambda: work.pages.add(samples.page()),
        ):
            with pytest.raises(RecordError) as refusal:
                add()
            assert refusal.value.code == "NOT_FOUND"


def test_a_refusal_is_noted_once(records: RecordStore, samples: Samples) -> None:
    first = _refusal(samples)
    other = replace(first, receipt_key="r2", object_key=None, name="ảnh.gif")
    with records.transaction() as work:
        work.dossiers.add(samples.dossier())
        work.dossiers.add_refusal(first)
        work.dossiers.add_refusal(other)
        work.dossiers.add_refusal(replace(first, refused_at=samples.later(60), code="DAMAGED"))
    with records.transaction() as work:
        assert list(work.dossiers.refusals("d1")) == [first, other]


def test_text_that_cannot_be_kept_is_refused_and_not_mangled(records: RecordStore, samples: Samples) -> None:
    """Half a character comes from file names in old encodings; whoever receives the file cleans its name."""
    half = "tệp\udce9.pdf"
    with records.transaction() as work:
        samples.receive(work)
        for keep in (
            lambda: work.dossiers.add(samples.dossier("d2", title=half)),
            lambda: work.dossiers.add_file(samples.file(receipt_key="r2", name=half)),
            lambda: work.dossiers.add_refusal(replace(_refusal(samples), name=half)),
            lambda: work.pages.add_reading("p-d1-1", "effect", samples.reading(half), "key"),
            lambda: work.search.index_page(samples.page(1), half),
        ):
            with pytest.raises(RecordError) as refusal:
                keep()
            assert refusal.value.code == "BAD_TEXT"
    with records.transaction() as work:
        assert len(work.dossiers.files("d1")) == 1
        assert work.pages.reading("p-d1-1") is None


def test_slots_are_replaced_as_a_whole_and_keep_their_order(records: RecordStore, samples: Samples) -> None:
    own = _slot("d", "doc2")
    pinned = replace(own, rule=replace(own.rule, form="B", holder_sex="Nữ"), is_pinned=True)
    slots = [_slot("b", "doc1"), _slot("a", None), _slot("c", None, accepts=()), pinned]
    with records.transaction() as work:
        work.dossiers.add(samples.dossier())
        work.dossiers.set_slots("d1", [_slot("old", None)] * 5)
        work.dossiers.set_slots("d1", slots)
    with records.transaction() as work:
        assert list(work.dossiers.slots("d1")) == slots


def test_slots_of_a_period_are_those_of_the_dossiers_opened_in_it(
    records: RecordStore, samples: Samples
) -> None:
    slots = [_slot("b", "doc1"), _slot("a", None)]
    with records.transaction() as work:
        for number, opened_at in (("d1", samples.now), ("d2", samples.later(5)), ("d3", samples.later(9))):
            work.dossiers.add(samples.dossier(number, opened_at=opened_at))
        work.dossiers.set_slots("d1", slots)
        work.dossiers.set_slots("d3", slots[::-1])
    with records.transaction() as work:
        found = work.dossiers.slots_between(samples.now, samples.later(9))
        assert {each: list(own) for each, own in found.items()} == {"d1": slots}
        later = work.dossiers.slots_between(samples.later(5), samples.later(10))
        assert {each: list(own) for each, own in later.items()} == {"d3": slots[::-1]}


def test_audit_facts_keep_the_order_of_appending_whatever_the_clock_says(
    records: RecordStore, samples: Samples
) -> None:
    facts = [
        Event(kind=kind, dossier_id="d1", subject_id="s", at=samples.later(-number), detail=f"{number}")
        for number, kind in enumerate(EventKind)
    ]
    with records.transaction() as work:
        for fact in facts:
            work.events.append(fact)
        work.events.append(replace(facts[0], dossier_id="d2"))
    with records.transaction() as work:
        assert list(work.events.of_dossier("d1")) == facts
        assert len(work.events.of_dossier("d2")) == 1


def _refusal(samples: Samples) -> Refusal:
    return Refusal(
        dossier_id="d1",
        receipt_key="r1",
        name="tệp.exe",
        code="UNSUPPORTED_TYPE",
        object_key="cd" * 32,
        refused_at=samples.now,
    )


def _slot(key: str, document_id: str | None, accepts: tuple[str, ...] = ("birth_form", "other")) -> Slot:
    rule = SlotRule(key=key, name="Tờ khai", accepts=accepts, is_required=key == "a", policy="digitize")
    return Slot(rule=rule, document_id=document_id)


def test_dossiers_are_counted_by_procedure_from_a_moment_on(records: RecordStore, samples: Samples) -> None:
    early, late = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
    with records.transaction() as work:
        for name, code, opened in (
            ("d1", "1.001193", late),
            ("d2", "1.001193", late),
            ("d3", "1.004222", early),
            ("d4", None, late),
        ):
            work.dossiers.add(samples.dossier(name, procedure_code=code, opened_at=opened))
    with records.transaction() as work:
        assert work.dossiers.procedures_used(late) == {"1.001193": 2}
        assert work.dossiers.procedures_used(early) == {"1.001193": 2, "1.004222": 1}
