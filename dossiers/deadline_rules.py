"""The amounts that terms are computed with, as dated law leaves them: data with a source each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from importlib import resources
from pathlib import Path
from typing import Final

from dossiers.case import Channel
from dossiers.catalogue_table import CatalogueTable
from dossiers.codes.procedure_code import ProcedureCode
from dossiers.errors import ConfigurationError, InputError
from dossiers.evidence_table import evidence_in

#: Name of the office's own rules in the data folder.
FILE: Final = "deadlines.toml"


class TermUnit(StrEnum):
    """What a term is counted in."""

    WORKING_DAYS = "working_days"
    WORKING_HOURS = "working_hours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A length of working time; 0 working days is the same day."""

    amount: int
    unit: TermUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRule:
    """By when the person is told whether the papers suffice; ``procedure`` is empty for every one."""

    channel: Channel
    procedure: str
    term: Term


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRules:
    """The amounts.

    Attributes:
        cutoff: papers received later than this count from the next working day, local time.
        notices: terms of the first answer; a rule for the procedure goes before one for all.
        return_working_days: papers found unqualified go back within so many working days.
        apology_working_days_before: an apology goes out so many working days before the term ends.
        most_reappointments: how often the return may be put off.
        most_supplement_requests: how often papers may be asked for.
    """

    cutoff: time
    notices: tuple[NoticeRule, ...]
    return_working_days: int
    apology_working_days_before: int
    most_reappointments: int
    most_supplement_requests: int

    def notice_term(self, channel: Channel, procedure: str) -> Term | None:
        """The term of the first answer; ``None`` where no rule says."""
        for wanted in (procedure, ""):
            for rule in self.notices:
                if rule.channel is channel and rule.procedure == wanted:
                    return rule.term
        return None


def load_deadline_rules(data_dir: Path | None) -> DeadlineRules:
    """Reads the office's rules, or those that ship with Sohoa.

    Raises:
        ConfigurationError: BAD_DEADLINES.
    """
    own = data_dir / FILE if data_dir is not None else None
    try:
        if own is not None and own.is_file():
            text = own.read_text("utf-8")
        else:
            text = resources.files("dossiers").joinpath("data", "deadline_rules.toml").read_text("utf-8")
    except (OSError, UnicodeDecodeError) as cause:
        raise _bad_deadlines("rules", "cannot be read") from cause
    return parse_deadline_rules(text)


def parse_deadline_rules(text: str) -> DeadlineRules:
    """Reads the text of a file of rules.

    Raises:
        ConfigurationError: BAD_DEADLINES with the place.
    """
    top = CatalogueTable.parse(text, "rules", _bad_deadlines)
    rules = DeadlineRules(
        cutoff=_clock(top, "cutoff"),
        notices=tuple(_notice(each) for each in top.tables("notice")),
        return_working_days=_amount(top, "return_unqualified"),
        apology_working_days_before=_amount(top, "apology_before"),
        most_reappointments=_amount(top, "reappointments"),
        most_supplement_requests=_amount(top, "supplement_requests"),
    )
    top.close()
    return rules


def _clock(top: CatalogueTable, key: str) -> time:
    table = _required(top, key)
    clock = table.clock_time("at")
    evidence_in(table, "evidence")
    table.close()
    return clock


def _amount(top: CatalogueTable, key: str) -> int:
    table = _required(top, key)
    amount = _number(table)
    evidence_in(table, "evidence")
    table.close()
    return amount


def _notice(table: CatalogueTable) -> NoticeRule:
    channel, unit = table.choice("channel", Channel), table.choice("unit", TermUnit)
    procedure = table.text("procedure", "")
    amount = _number(table)
    evidence_in(table, "evidence")
    table.close()
    if channel is None or unit is None:
        raise table.bad("channel and unit are missing")
    if unit is TermUnit.WORKING_HOURS and amount == 0:
        raise table.bad("working hours start at 1")
    try:
        number = ProcedureCode.parse(procedure).number if procedure else ""
    except InputError as cause:
        raise table.bad(f"{procedure} is no procedure code") from cause
    return NoticeRule(channel=channel, procedure=number, term=Term(amount=amount, unit=unit))


def _number(table: CatalogueTable) -> int:
    amount = table.number("amount")
    if amount is None:
        raise table.bad("amount is missing")
    return amount


def _required(top: CatalogueTable, key: str) -> CatalogueTable:
    table = top.table(key)
    if table is None:
        raise top.bad(f"{key} is missing")
    return table


def _bad_deadlines(where: str, what: str) -> ConfigurationError:
    return ConfigurationError(
        "BAD_DEADLINES",
        vi="Tệp quy tắc thời hạn không hợp lệ.",
        en=f"the rules of terms cannot be used: {where}: {what}",
        hint="correct deadlines.toml in the data folder, or remove it to use the one that ships",
    )
