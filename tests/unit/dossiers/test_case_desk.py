"""The life of a case (domain items 3, 4, 6, 13, 14, 31, 32)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest

from dossiers.calendar_file import load_calendar
from dossiers.case import Case, Channel, Parties, Party, Places
from dossiers.case_desk import CaseDesk, CaseOpening, Doing
from dossiers.case_moves import Action, CaseMoves, ClockEffect, load_case_moves, parse_case_moves
from dossiers.catalogue import Catalogue, load_catalogue
from dossiers.catalogue_records import CatalogueRecords
from dossiers.deadline_rules import load_deadline_rules
from dossiers.deadlines import Deadlines
from dossiers.dossier import Dossier
from dossiers.errors import AgainstRule, ConfigurationError, IllegalMove, InputError, RecordError
from dossiers.local_time import VIETNAM, day_in_vietnam
from dossiers.result_desk import NewResult, ResultDesk
from dossiers.testing import FixedClock, MemoryRecordStore

CLERK = Doing(by="quầy 3", reason="Theo quy định")
HOME = Places(receiving_point="H29.119", competent_agency="H29.119")
MOTHER = Party(name="Nguyễn Thị Hoà", identifier="003190000001", address="Tổ 3")
BEARER = Party(name="Trần Văn Bê", identifier="003090000002")


@dataclass
class Office:
    """One counter with memory records."""

    records: MemoryRecordStore
    clock: FixedClock
    desk: CaseDesk
    results: ResultDesk

    def at(self, text: str) -> None:
        wanted = datetime.fromisoformat(text).replace(tzinfo=VIETNAM)
        self.clock.advance((wanted - self.clock()).total_seconds())

    def open(self, key: str = "1", **changes: object) -> tuple[Dossier, Case]:
        values: dict[str, object] = {
            "intake_key": key,
            "procedure": "1.001193",
            "variant": None,
            "channel": Channel.DIRECT,
            "places": HOME,
            "parties": Parties(owner=MOTHER),
        }
        return self.desk.open(CaseOpening(**{**values, **changes}), CLERK)  # type: ignore[arg-type]

    def case(self, dossier: Dossier) -> Case:
        with self.records.transaction() as work:
            found = work.cases.find(dossier.dossier_id)
        assert found is not None
        return found


def office_with(catalogue: Catalogue) -> Office:
    records, clock = MemoryRecordStore(), FixedClock(datetime(2026, 11, 25, 2, 0, tzinfo=UTC))
    desk = CaseDesk(
        records=records,
        catalogue=catalogue,
        deadlines=Deadlines(calendar=load_calendar(None), rules=load_deadline_rules(None)),
        moves=load_case_moves(None),
        clock=clock,
    )
    return Office(records=records, clock=clock, desk=desk, results=ResultDesk(records=records, clock=clock))


@pytest.fixture
def office() -> Office:
    return office_with(load_catalogue())


def test_item_03_the_three_agencies_are_kept_apart(office: Office) -> None:
    places = Places(receiving_point="H29.120", competent_agency="H29.119", support_point="H29.121")
    dossier, _ = office.open(places=places)

    assert dossier.code == "H29.120-261125-0001"
    assert office.case(dossier).places == places


@pytest.mark.parametrize(("is_non_geographic", "is_taken"), [(True, True), (None, True), (False, False)])
def test_item_03_any_point_receives_what_is_flagged_non_geographic(
    is_non_geographic: bool | None, is_taken: bool
) -> None:
    pattern = load_catalogue().get("1.001193", date(2026, 11, 25))
    flagged = replace(pattern, is_non_geographic=is_non_geographic)
    office = office_with(Catalogue(CatalogueRecords(procedures=(flagged,))))
    elsewhere = Places(receiving_point="H29.120", competent_agency="H29.119")

    office.open("at home")
    if is_taken:
        office.open("elsewhere", places=elsewhere)
    else:
        with pytest.raises(AgainstRule, match="NOT_RECEIVED_HERE"):
            office.open("elsewhere", places=elsewhere)


def test_item_03_an_identifier_that_is_none_is_refused(office: Office) -> None:
    with pytest.raises(InputError, match="BAD_AGENCY_CODE"):
        office.open(places=replace(HOME, support_point="quận 1"))


def test_item_04_a_dossier_keeps_the_checklist_of_its_day(office: Office) -> None:
    office.at("2025-12-30T09:00")
    old, _ = office.open("old", procedure="1.000894")
    office.at("2026-01-05T09:00")
    new, _ = office.open("new", procedure="1.000894")

    with office.records.transaction() as work:
        policies = {
            dossier.dossier_id: {
                each.rule.key: each.rule.policy for each in work.dossiers.slots(dossier.dossier_id)
            }
            for dossier in (old, new)
        }
    assert policies[old.dossier_id]["tinh_trang_hon_nhan"] == "digitize"
    assert policies[new.dossier_id]["tinh_trang_hon_nhan"] == "already_shared"


def test_item_04_a_term_is_that_of_the_day_of_opening(office: Office) -> None:
    pattern = load_catalogue().get("1.001193", date(2026, 11, 25))
    before = replace(pattern, effective_to=date(2026, 11, 25))
    after = replace(
        pattern,
        effective_from=date(2026, 11, 26),
        time=replace(pattern.time, working_days=9, longest_working_days=None),
    )
    office = office_with(Catalogue(CatalogueRecords(procedures=(before, after))))
    dossier, _ = office.open()
    office.at("2026-11-26T09:00")
    case = office.desk.move(dossier.dossier_id, Action.ACCEPT, CLERK)

    assert case.clock.due_at == datetime(2026, 11, 26, 10, 0, tzinfo=UTC)


def test_item_06_the_code_stays_through_a_supplement(office: Office) -> None:
    dossier, _ = office.open()
    office.desk.move(dossier.dossier_id, Action.ACCEPT, CLERK)
    office.desk.request_supplement(dossier.dossier_id, ["Giấy chứng sinh"], CLERK)
    office.at("2026-11-30T09:00")
    office.desk.receive_supplement(dossier.dossier_id, CLERK)

    with office.records.transaction() as work:
        assert work.dossiers.get(dossier.dossier_id).code == dossier.code
        steps = [
            (each.action, each.from_state, each.to_state) for each in work.cases.steps(dossier.dossier_id)
        ]
        (request,) = work.cases.supplements(dossier.dossier_id)
    assert steps == [
        ("open", "", "registered"),
        ("accept", "registered", "received"),
        ("request_supplement", "received", "supplement_requested"),
        ("receive_supplement", "supplement_requested", "received"),
    ]
    assert request.items == ("Giấy chứng sinh",)
    assert request.received_at == office.clock()


def test_item_06_opening_with_the_same_key_is_the_same_opening(office: Office) -> None:
    first, _ = office.open("again")
    again, case = office.open("again")
    other, _ = office.open("other")

    assert again == first
    assert case == office.case(first)
    assert other.code.endswith("-0002")


def test_item_13_the_owner_is_the_authoriser_and_never_the_bearer(office: Office) -> None:
    parties = Parties(owner=MOTHER, bearer=BEARER, authorisation="Giấy ủy quyền")
    dossier, _ = office.open(parties=parties)
    case = office.case(dossier)

    assert dossier.citizen_number == MOTHER.identifier
    assert case.parties.owner == case.parties.authoriser == MOTHER
    assert case.parties.present == BEARER
    assert Parties(owner=MOTHER).authoriser is None


def test_item_14_every_slot_of_a_case_carries_its_policy(office: Office) -> None:
    dossier, _ = office.open()
    with office.records.transaction() as work:
        slots = work.dossiers.slots(dossier.dossier_id)

    assert {each.rule.policy for each in slots} == {"digitize", "present_only", "already_shared"}


def test_item_32_the_supplement_restarts_the_term(office: Office) -> None:
    dossier, _ = office.open(procedure="1.004194")  # three working days
    accepted = office.desk.move(dossier.dossier_id, Action.ACCEPT, CLERK)
    assert accepted.clock.due_at == datetime(2026, 11, 30, 10, 0, tzinfo=UTC)

    waiting = office.desk.request_supplement(dossier.dossier_id, ["CT01"], CLERK)
    assert waiting.clock.stopped_at == office.clock()
    office.at("2026-12-02T15:30")
    restarted = office.desk.receive_supplement(dossier.dossier_id, CLERK)

    assert restarted.clock.stopped_at is None
    assert restarted.clock.counts_from == date(2026, 12, 3)
    assert restarted.clock.due_at == datetime(2026, 12, 8, 10, 0, tzinfo=UTC)


def test_item_32_papers_are_asked_for_once(office: Office) -> None:
    dossier, _ = office.open()
    with pytest.raises(AgainstRule, match="NOTHING_ASKED"):
        office.desk.request_supplement(dossier.dossier_id, [" "], CLERK)
    office.desk.request_supplement(dossier.dossier_id, ["Giấy chứng sinh"], CLERK)
    office.desk.receive_supplement(dossier.dossier_id, CLERK)
    before = office.case(dossier)
    with pytest.raises(AgainstRule, match="SUPPLEMENT_ASKED_BEFORE"):
        office.desk.request_supplement(dossier.dossier_id, ["Ảnh"], CLERK)

    assert office.case(dossier) == before


def test_item_32_the_return_is_put_off_once_to_a_later_working_day(office: Office) -> None:
    dossier, _ = office.open()
    office.desk.move(dossier.dossier_id, Action.ACCEPT, CLERK)
    for wrong in (date(2026, 11, 25), date(2026, 11, 28), date(2026, 11, 24)):
        with pytest.raises(AgainstRule, match="BAD_NEW_DAY"):
            office.desk.reappoint(dossier.dossier_id, wrong, CLERK)
    case = office.desk.reappoint(dossier.dossier_id, date(2026, 11, 30), CLERK)
    with pytest.raises(AgainstRule, match="REAPPOINTED_BEFORE"):
        office.desk.reappoint(dossier.dossier_id, date(2026, 12, 1), CLERK)

    assert case.state == "received"
    assert case.clock.due_at == datetime(2026, 11, 30, 10, 0, tzinfo=UTC)


def test_item_32_the_clock_stands_still_while_payment_is_awaited(office: Office) -> None:
    dossier, _ = office.open(procedure="1.004194")
    office.desk.move(dossier.dossier_id, Action.ACCEPT, CLERK)
    office.desk.move(dossier.dossier_id, Action.REQUEST_PAYMENT, CLERK)
    office.at("2026-11-27T09:00")
    case = office.desk.move(dossier.dossier_id, Action.RECEIVE_PAYMENT, CLERK)

    assert case.state == "processing"
    assert case.clock.due_at == datetime(2026, 12, 2, 10, 0, tzinfo=UTC)


def test_a_case_that_ended_says_when(office: Office) -> None:
    dossier, _ = office.open()
    office.desk.move(dossier.dossier_id, Action.ACCEPT, CLERK)
    office.desk.move(dossier.dossier_id, Action.FINISH, CLERK)
    office.clock.advance(60)
    case = office.desk.move(dossier.dossier_id, Action.RETURN, CLERK)

    assert case.state == "returned"
    assert case.ended_at == datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize("action", [Action.FINISH, Action.RETURN, Action.CONTINUE, Action.RECEIVE_SUPPLEMENT])
def test_an_illegal_move_changes_nothing(office: Office, action: Action) -> None:
    dossier, case = office.open()
    with pytest.raises(IllegalMove):
        office.desk.move(dossier.dossier_id, action, CLERK)

    assert office.case(dossier) == case


def test_a_dossier_without_a_case_says_so(office: Office) -> None:
    with pytest.raises(RecordError, match="NO_CASE"):
        office.desk.move("nowhere", Action.ACCEPT, CLERK)


def test_item_31_results_are_numbered_within_their_dossier(office: Office) -> None:
    dossier, _ = office.open()
    new = NewResult(name="Giấy khai sinh", issued_on=date(2026, 11, 25), type_id="giay_khai_sinh")
    codes = [office.results.record(dossier.dossier_id, new, "quầy 3").code for _ in range(2)]

    assert codes == ["H29.119-261125-0001-KQ(1)", "H29.119-261125-0001-KQ(2)"]


def test_item_31_revoking_blocks_from_that_moment_and_keeps_the_result(office: Office) -> None:
    dossier, _ = office.open()
    new = NewResult(name="Giấy khai sinh", issued_on=date(2026, 11, 25))
    code = office.results.record(dossier.dossier_id, new, "quầy 3").code
    before = office.clock()
    office.clock.advance(1)
    office.results.revoke("h29.119-261125-0001-kq1", by="Chủ tịch", reason="Cấp sai")
    found = office.results.find(code)

    assert not found.is_revoked(before)
    assert found.is_revoked(office.clock())
    assert found.name == "Giấy khai sinh"
    with pytest.raises(RecordError, match="RESULT_REVOKED"):
        office.results.revoke(code, by="Chủ tịch", reason="Lần nữa")


def test_item_31_a_result_says_when_its_validity_ends(office: Office) -> None:
    dossier, _ = office.open()
    issued = date(2026, 11, 25)
    with pytest.raises(InputError):
        office.results.record(
            dossier.dossier_id,
            NewResult(name="x", issued_on=issued, valid_until=date(2026, 11, 24)),
            "quầy 3",
        )
    result = office.results.record(
        dossier.dossier_id, NewResult(name="x", issued_on=issued, valid_until=issued), "quầy 3"
    )

    assert not result.is_expired(issued)
    assert result.is_expired(date(2026, 11, 26))


def test_no_event_of_a_case_names_a_person(office: Office) -> None:
    dossier, _ = office.open()
    office.desk.move(dossier.dossier_id, Action.ACCEPT, CLERK)
    with office.records.transaction() as work:
        told = str(work.events.of_dossier(dossier.dossier_id))

    assert "case_moved" in told
    assert "003190000001" not in told
    assert "Hoà" not in told


@pytest.fixture(scope="module")
def moves() -> CaseMoves:
    return load_case_moves(None)


def test_the_list_of_states_is_data_and_marked_unverified(moves: CaseMoves) -> None:
    assert not moves.evidence.is_verified
    assert len(moves.states) == 10
    assert moves.state("done").vi == "Đã xử lý xong"
    assert moves.state("gone").vi == "gone"


def test_every_state_but_the_first_is_reached_and_every_action_has_a_move(moves: CaseMoves) -> None:
    reached = {moves.first, *(each.to_state for each in moves.moves if each.to_state)}

    assert reached == {each.key for each in moves.states}
    assert {each.action for each in moves.moves} == set(Action)


def test_nothing_leaves_a_case_that_ended_but_the_return_of_its_result(moves: CaseMoves) -> None:
    ended = {each.to_state for each in moves.moves if each.clock is ClockEffect.END}
    leaving = {each.action for each in moves.moves if ended & set(each.from_states)}

    assert leaving == {Action.RETURN}


@pytest.mark.parametrize(
    "broken",
    [
        "x",
        "first = 'a'\nevidence = { kind = 'memory' }",
        "first = 'a'\nevidence = { kind = 'memory' }\n[[state]]\nkey = 'a'\nvi = 'A'\nen = 'A'\n"
        "[[move]]\naction = 'accept'\nfrom = ['b']\nclock = 'keep'",
        "first = 'a'\nevidence = { kind = 'memory' }\n[[state]]\nkey = 'a'\nvi = 'A'\nen = 'A'\n"
        "[[move]]\naction = 'eat'\nfrom = ['a']\nclock = 'keep'",
    ],
)
def test_a_list_of_states_that_makes_no_sense_is_refused(broken: str) -> None:
    with pytest.raises(ConfigurationError, match="BAD_STATES"):
        parse_case_moves(broken)


def test_days_of_a_case_are_those_of_viet_nam(office: Office) -> None:
    office.at("2026-11-26T00:10")
    dossier, _ = office.open()

    assert dossier.code == "H29.119-261126-0001"
    assert day_in_vietnam(dossier.opened_at) == date(2026, 11, 26)
