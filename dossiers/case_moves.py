"""States of a case and the moves between them, as data: the list of states is unverified.

A small interpreter: an action is legal from the states that the data name, leads to one state, and does one
thing to the clock. Nothing here knows a state by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from pathlib import Path
from typing import Final

from dossiers.catalogue_table import CatalogueTable
from dossiers.errors import ConfigurationError, IllegalMove
from dossiers.evidence_table import evidence_in
from dossiers.procedures import Evidence

#: Name of the office's own list in the data folder.
FILE: Final = "states.toml"


class Action(StrEnum):
    """What can be done to a case; the words of use cases and commands."""

    ACCEPT = "accept"
    PROCESS = "process"
    REQUEST_SUPPLEMENT = "request_supplement"
    RECEIVE_SUPPLEMENT = "receive_supplement"
    REQUEST_PAYMENT = "request_payment"
    RECEIVE_PAYMENT = "receive_payment"
    REAPPOINT = "reappoint"
    REFUSE = "refuse"
    STOP = "stop"
    CONTINUE = "continue"
    WITHDRAW = "withdraw"
    FINISH = "finish"
    RETURN = "return"


class ClockEffect(StrEnum):
    """What a move does to the term."""

    KEEP = "keep"
    START = "start"
    RESTART = "restart"
    STOP = "stop"
    RESUME = "resume"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseState:
    """One state with its names."""

    key: str
    vi: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One legal move; ``to_state`` is empty where the state stays."""

    action: Action
    from_states: tuple[str, ...]
    to_state: str
    clock: ClockEffect


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMoves:
    """All states and moves; ``first`` is the state of a case that was just opened."""

    first: str
    states: tuple[CaseState, ...]
    moves: tuple[Move, ...]
    evidence: Evidence

    def state(self, key: str) -> CaseState:
        """The state with a key; one that the data no longer name bears its key as its name."""
        found = (each for each in self.states if each.key == key)
        return next(found, CaseState(key=key, vi=key, en=key))

    def find(self, state: str, action: Action) -> Move | None:
        """The move that an action makes from a state; ``None`` where it is not legal."""
        legal = (each for each in self.moves if each.action is action and state in each.from_states)
        return next(legal, None)

    def move(self, dossier_id: str, state: str, action: Action) -> Move:
        """The move that an action makes from a state.

        Raises:
            IllegalMove: it makes none.
        """
        found = self.find(state, action)
        if found is None:
            raise IllegalMove(f"case of dossier {dossier_id}", state, action)
        return found


def load_case_moves(data_dir: Path | None) -> CaseMoves:
    """Reads the office's list of states, or the one that ships with Sohoa.

    Raises:
        ConfigurationError: BAD_STATES.
    """
    own = data_dir / FILE if data_dir is not None else None
    try:
        if own is not None and own.is_file():
            text = own.read_text("utf-8")
        else:
            text = resources.files("dossiers").joinpath("data", "dossier_states.toml").read_text("utf-8")
    except (OSError, UnicodeDecodeError) as cause:
        raise _bad_states("states", "cannot be read") from cause
    return parse_case_moves(text)


def parse_case_moves(text: str) -> CaseMoves:
    """Reads the text of a list of states.

    Raises:
        ConfigurationError: BAD_STATES with the place.
    """
    top = CatalogueTable.parse(text, "states", _bad_states)
    states = tuple(_state(each) for each in top.tables("state"))
    keys = frozenset(each.key for each in states)
    moves = CaseMoves(
        first=top.text("first"),
        states=states,
        moves=tuple(_move(each, keys) for each in top.tables("move")),
        evidence=evidence_in(top, "evidence"),
    )
    if moves.first not in keys or len(keys) != len(states):
        raise top.bad("first must be a state, and every key stands once")
    top.close()
    return moves


def _state(table: CatalogueTable) -> CaseState:
    state = CaseState(key=table.text("key"), vi=table.text("vi"), en=table.text("en"))
    table.close()
    return state


def _move(table: CatalogueTable, keys: frozenset[str]) -> Move:
    action, clock = table.choice("action", Action), table.choice("clock", ClockEffect)
    move_from, move_to = table.texts("from"), table.text("to", "")
    table.close()
    if action is None or clock is None or not move_from:
        raise table.bad("action, from and clock are needed")
    if unknown := {*move_from, *([move_to] if move_to else [])} - keys:
        raise table.bad(f"no such state: {', '.join(sorted(unknown))}")
    return Move(action=action, from_states=move_from, to_state=move_to, clock=clock)


def _bad_states(where: str, what: str) -> ConfigurationError:
    return ConfigurationError(
        "BAD_STATES",
        vi="Tệp trạng thái hồ sơ không hợp lệ.",
        en=f"the list of states cannot be used: {where}: {what}",
        hint="correct states.toml in the data folder, or remove it to use the one that ships",
    )
