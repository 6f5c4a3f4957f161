from __future__ import annotations

import json
from dataclasses import asdict, replace

from dossiers.errors import EngineError
from pipeline.frames import Frame
from scanners.id_card.glass import NOT_FOUND, UNSURE, CardGlass, glass_of
from scanners.id_card.side import CardSide, Facing
from scanners.session import session_from_text, session_to_text
from scanners.settings import ScanSettings, Source

FRONT = CardSide(
    corners=((1.0, 1.0), (90.0, 1.0), (90.0, 60.0), (1.0, 60.0)),
    facing=Facing.FRONT, is_upright=True, confidence=0.9,
)  # fmt: skip
BACK = replace(FRONT, facing=Facing.BACK, corners=((1.0, 101.0), (90.0, 101.0), (90.0, 160.0), (1.0, 160.0)))


class Child:
    def __init__(self, answer: Frame | EngineError) -> None:
        self.answer = answer

    def ask(self, request: Frame) -> Frame:
        if isinstance(self.answer, EngineError):
            raise self.answer
        return self.answer


def test_each_side_is_a_page_in_the_order_in_which_it_is_told() -> None:
    sides = json.dumps([asdict(FRONT), asdict(BACK)])
    glass = CardGlass(Child(Frame(head={"sides": sides}))).look(b"x")
    assert (glass.regions, glass.flags) == ((FRONT.corners, BACK.corners), ())


def test_without_a_card_the_picture_stays_one_page_and_says_so() -> None:
    assert glass_of(()).flags == (NOT_FOUND,)
    assert CardGlass(Child(EngineError("TIMEOUT", "x"))).look(b"x").flags == (NOT_FOUND,)
    assert CardGlass(Child(Frame(head={"sides": "?"}))).look(b"x").regions == ()


def test_a_guess_is_told() -> None:
    assert glass_of((replace(FRONT, confidence=0.4), BACK)).flags == (UNSURE,)


def test_a_session_of_cards_is_one_after_a_crash(counter) -> None:
    plan = counter.plan(is_card=True)
    assert session_from_text(session_to_text(plan)) == plan


def test_the_station_hands_on_the_sides_and_a_card_scanned_anew_replaces_both(counter, stack) -> None:
    sides = json.dumps([asdict(FRONT), asdict(BACK)])
    counter.cards = CardGlass(Child(Frame(head={"sides": sides})))
    plan = counter.plan(is_card=True, settings=ScanSettings(source=Source.FLATBED))
    with counter.spool.start(plan) as spooled:
        station = counter.station(spooled)
        station.run(stack(1))
        again = stack(1)
        again.content = lambda sheet, side: b"again"
        station.run(again, only_sheet=1)
        assert station.finish()
    assert counter.told.refusals == []
    with counter.records.transaction() as work:
        dossier = work.dossiers.by_intake_key("scan:s1")
        assert dossier is not None
        pages = work.pages.of_dossier(dossier.dossier_id)
        replaced = work.pages.replaced(dossier.dossier_id)
    assert [(p.number, p.revision, p.region) for p in pages] == [(1, 1, FRONT.corners), (2, 1, BACK.corners)]
    assert {counter.originals.get(page.original_key) for page in pages} == {b"again"}
    assert [page.number for page in replaced] == [1, 2]


def test_other_sessions_do_not_look_for_cards(counter, stack) -> None:
    counter.cards = CardGlass(Child(EngineError("NEVER", "x")))
    with counter.spool.start(counter.plan()) as spooled:
        station = counter.station(spooled)
        station.run(stack(1))
        assert station.finish()
    assert len(counter.contents()) == 2
