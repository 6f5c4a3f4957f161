"""Reuse is monotone, does not depend on the order of papers, and shows nothing of what it refuses."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from dossiers.citizens import NumberKind
from dossiers.confirmed import ConfirmedPaper
from dossiers.consent import Purpose
from dossiers.procedures import DataSource
from dossiers.reading import CopyKind
from dossiers.reuse import decide
from dossiers.reuse_case import HeldPaper, ReuseCase, ReuseSlot
from dossiers.reuse_file import load_book
from dossiers.reuse_outcome import Granted, SlotOutcome
from dossiers.slot import SlotRule
from sohoa.cli.outcome_view import slot_as_json

BOOK = load_book()
DAY = date(2026, 11, 27)
NOW = datetime(2026, 11, 27, 3, tzinfo=UTC)
OWN, OTHER = "own-entry", "other-entry"
TYPES = (
    "can_cuoc_front",
    "cccd_front",
    "cmnd",
    "ct07",
    "gcn_qsdd",
    "gcn_ket_hon",
    "giay_khai_sinh",
    "xn_tinh_trang_hon_nhan",
    "giay_chung_sinh",
    "ct01",
)
DAYS = st.dates(date(2005, 1, 1), date(2032, 1, 1))

papers = st.builds(
    lambda **values: HeldPaper(
        paper=ConfirmedPaper(
            holder_id="h",
            dossier_id="d",
            dossier_code="H29.119-260105-0001",
            procedure_code="1.001193",
            confirmed_at=NOW,
            **{name: value for name, value in values.items() if name != "result"},
        ),
        result_code="H29.119-260105-0001-KQ(1)" if values["result"] else "",
    ),
    paper_id=st.uuids().map(lambda each: each.hex[:20]),
    type_id=st.sampled_from(TYPES),
    page_count=st.integers(0, 5),
    copy_kind=st.sampled_from(CopyKind),
    issued_on=st.none() | DAYS,
    expires_on=st.none() | DAYS,
    is_unlimited=st.booleans(),
    born_on=st.none() | st.dates(date(1940, 1, 1), date(2020, 1, 1)),
    subject=st.sampled_from([None, OWN, OTHER]),
    claim=st.none(),
    purpose=st.sampled_from(["", "đăng ký kết hôn", "vay vốn"]),
    confirmed_by=st.sampled_from(["B", ""]),
    revoked_at=st.none() | st.just(NOW - timedelta(days=1)),
    result=st.booleans(),
)
slot_lists = st.lists(
    st.builds(
        lambda accepts, form, policy, sources: ReuseSlot(
            rule=SlotRule(key="", name="Giấy", accepts=accepts, is_required=True, policy=policy, form=form),
            sources=sources,
        ),
        accepts=st.lists(st.sampled_from(TYPES), max_size=4, unique=True).map(tuple),
        form=st.sampled_from(["", "B", "C", "X"]),
        policy=st.sampled_from(["digitize", "capture_only", "present_only", "already_shared", "forbidden"]),
        sources=st.lists(st.sampled_from(list(DataSource)), max_size=2).map(tuple),
    ),
    max_size=6,
).map(lambda slots: [replace(s, rule=replace(s.rule, key=f"s{at}")) for at, s in enumerate(slots)])
cases = st.builds(
    lambda consents: ReuseCase(
        entries=frozenset({OWN}),
        kinds=frozenset({NumberKind.PERSONAL}),
        sex="",
        consents=frozenset(consents),
        procedures=frozenset({"1.000894"}),
        branch="H29.119",
        day=DAY,
        moment=NOW,
        connected=frozenset({DataSource.POPULATION}),
    ),
    consents=st.sampled_from([(), (Purpose.KEEP,), (Purpose.KEEP, Purpose.REUSE)]),
)
unique_papers = st.lists(papers, max_size=8, unique_by=lambda held: held.paper.paper_id)


def granted(outcomes: Sequence[SlotOutcome]) -> set[str]:
    return {each.rule.key for each in outcomes if isinstance(each.outcome, Granted)}


@given(slots=slot_lists, held=unique_papers, case=cases, data=st.data())
@settings(max_examples=300, deadline=None)
def test_revoking_or_expiring_a_paper_never_grants_more(slots, held, case, data) -> None:
    before = granted(decide(slots, held, case, BOOK))
    for at, one in enumerate(held):
        how = data.draw(st.sampled_from(["revoke", "revoke the result", "expire"]))
        if how == "revoke":
            worse = replace(one, paper=replace(one.paper, revoked_at=NOW))
        elif how == "revoke the result":
            worse = replace(one, result_revoked_at=NOW)
        else:
            ended = replace(one.paper, expires_on=DAY - timedelta(days=1), is_unlimited=False)
            worse = replace(one, paper=ended)
        after = granted(decide(slots, [*held[:at], worse, *held[at + 1 :]], case, BOOK))
        assert after <= before


@given(slots=slot_lists, held=unique_papers, case=cases, more=papers)
@settings(max_examples=300, deadline=None)
def test_one_more_paper_never_takes_a_grant_away(slots, held, case, more) -> None:
    if more.paper.paper_id in {each.paper.paper_id for each in held}:
        return
    before = granted(decide(slots, held, case, BOOK))
    assert before <= granted(decide(slots, [*held, more], case, BOOK))


@given(slots=slot_lists, held=unique_papers, case=cases)
@settings(max_examples=100, deadline=None)
def test_without_consent_nothing_on_file_is_granted(slots, held, case) -> None:
    before = granted(decide(slots, held, case, BOOK))
    bare = decide(slots, held, replace(case, consents=frozenset()), BOOK)
    assert granted(bare) <= before
    assert granted(bare) == set()


@given(slots=slot_lists, held=unique_papers, case=cases, data=st.data())
@settings(max_examples=100, deadline=None)
def test_the_order_of_papers_does_not_matter(slots, held, case, data) -> None:
    shuffled = data.draw(st.permutations(held))
    assert decide(slots, shuffled, case, BOOK) == decide(slots, held, case, BOOK)


@given(slots=slot_lists, held=unique_papers, case=cases)
@settings(max_examples=200, deadline=None)
def test_a_paper_stands_in_for_one_slot_at_most(slots, held, case) -> None:
    used = [s.outcome.paper_id for s in decide(slots, held, case, BOOK) if isinstance(s.outcome, Granted)]
    assert len(used) == len(set(used))


@given(slots=slot_lists, held=unique_papers, case=cases)
@settings(max_examples=200, deadline=None)
def test_nothing_of_a_refused_papers_content_is_shown(slots, held, case) -> None:
    secret = "BÍ MẬT 987654321"
    marked = [
        replace(each, paper=replace(each.paper, purpose=f"{each.paper.purpose} {secret}", claim=secret))
        for each in held
    ]
    for slot in decide(slots, marked, case, BOOK):
        told = json.dumps(slot_as_json(slot), ensure_ascii=False)
        assert secret not in told
        shown = {slot.outcome.paper_id} if isinstance(slot.outcome, Granted) else set()
        for one in marked:
            if one.paper.paper_id not in shown and one.paper.issued_on is not None:
                until = slot.outcome.until if isinstance(slot.outcome, Granted) else None
                days = {one.paper.issued_on, one.paper.expires_on, one.paper.born_on} - {None, until}
                texts = [f"{day:%d/%m/%Y}" for day in days] + [day.isoformat() for day in days]
                assert not any(text in told for text in texts)
