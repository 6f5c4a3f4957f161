"""Counters of the office: which there are, at which agency, with which scanner and profile of their own.

Rule: dated data like agencies; at one agency a name means one counter on a day. What the settings of a
computer say itself goes before what is said of its counter here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from dossiers.catalogue_table import CatalogueTable
from dossiers.codes.agency_code import AgencyCode
from dossiers.day_span import holds_day, spans_meet
from dossiers.errors import ConfigurationError, InputError

#: Name of the file in the data folder.
FILE: Final = "counters.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """One counter over a span of time.

    Attributes:
        agency: identifier of the receiving point that it belongs to.
        name: as tickets, screens and ``counter`` in the settings call it.
        scanner: key of its own scanner, ``<driver>:<device>``; empty: the only one found.
        profile: name of its usual scanning profile; empty: that of the settings.
        effective_from: first day; ``None`` for always.
        effective_to: last day; ``None`` while it lasts.
    """

    agency: str
    name: str
    scanner: str = ""
    profile: str = ""
    effective_from: date | None = None
    effective_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterDirectory:
    """All counters that are listed; an office need not list any."""

    counters: tuple[Counter, ...] = ()

    def at(self, agency: str, day: date) -> tuple[Counter, ...]:
        """Counters of an agency that are in use on a day, in the order of the file."""
        return tuple(
            each
            for each in self.counters
            if each.agency == agency and holds_day(each.effective_from, each.effective_to, day)
        )

    def find(self, agency: str, name: str, day: date) -> Counter | None:
        """The counter of a name on a day; ``None`` where it is not listed."""
        return next((each for each in self.at(agency, day) if each.name == name), None)


def load_counters(data_dir: Path) -> CounterDirectory:
    """Reads the office's counters; none where there is no file.

    Raises:
        ConfigurationError: BAD_COUNTERS.
    """
    path = data_dir / FILE
    if not path.is_file():
        return CounterDirectory()
    try:
        return parse_counters(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as cause:
        raise _bad_counters("counters", "cannot be read") from cause


def parse_counters(text: str) -> CounterDirectory:
    """Reads the text of a directory: tables ``[[counter]]``.

    Raises:
        ConfigurationError: BAD_COUNTERS with the place.
    """
    top = CatalogueTable.parse(text, "counters", _bad_counters)
    counters: list[Counter] = []
    for table in top.tables("counter"):
        counter = _counter(table)
        if any(_same_place(each, counter) for each in counters):
            raise table.bad(f"two counters {counter.name} of {counter.agency} on the same day")
        counters.append(counter)
    top.close()
    return CounterDirectory(counters=tuple(counters))


def _counter(table: CatalogueTable) -> Counter:
    text = table.text("agency")
    try:
        agency = str(AgencyCode.parse(text))
    except InputError as cause:
        raise table.bad(f"{text} is no agency identifier") from cause
    counter = Counter(
        agency=agency,
        name=table.text("name"),
        scanner=table.text("scanner", ""),
        profile=table.text("profile", ""),
        effective_from=table.day("effective_from"),
        effective_to=table.day("effective_to"),
    )
    table.close()
    if not counter.name.strip() or not counter.name.isprintable():
        raise table.bad("a counter has a name of one line")
    if not spans_meet(*_span(counter), *_span(counter)):
        raise table.bad("the last day is before the first")
    return counter


def _same_place(one: Counter, other: Counter) -> bool:
    is_same = (one.agency, one.name) == (other.agency, other.name)
    return is_same and spans_meet(*_span(one), *_span(other))


def _span(counter: Counter) -> tuple[date | None, date | None]:
    return counter.effective_from, counter.effective_to


def _bad_counters(where: str, what: str) -> ConfigurationError:
    return ConfigurationError(
        "BAD_COUNTERS",
        vi="Danh sách quầy không hợp lệ.",
        en=f"the list of counters cannot be used: {where}: {what}",
        hint="correct counters.toml in the data folder",
    )
