"""Agencies, points and signers as dated data: who was called what, and which code followed which.

Rule: nothing that was issued is keyed anew. A code that was printed stays the code of its dossier; the
directory only says what it was called on a day and which codes belong together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from dossiers.catalogue_table import CatalogueTable
from dossiers.codes.agency_code import AgencyCode
from dossiers.day_span import holds_day, spans_meet
from dossiers.errors import ConfigurationError, InputError
from dossiers.identity import is_below

#: Name of the directory in the data folder.
FILE: Final = "agencies.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """What one identifier meant over a span of time.

    Attributes:
        code: identifier as issued.
        name: in Vietnamese.
        parent_name: the agency above, as printed over the name; may be empty.
        place: where papers are dated, for example ``Hà Nội``; may be empty.
        address: may be empty.
        phone: may be empty.
        effective_from: first day; ``None`` for always.
        effective_to: last day; ``None`` while it lasts.
    """

    code: str
    name: str
    parent_name: str = ""
    place: str = ""
    address: str = ""
    phone: str = ""
    effective_from: date | None = None
    effective_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """One identifier gave way to another."""

    old: str
    new: str
    since: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signs for an agency over a span of time."""

    agency: str
    name: str
    post: str
    effective_from: date | None = None
    effective_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyDirectory:
    """All that is known of agencies."""

    agencies: tuple[Agency, ...] = ()
    successions: tuple[Succession, ...] = ()
    signers: tuple[Signer, ...] = ()

    def on(self, code: str, day: date) -> Agency:
        """What an identifier meant on a day; one that is not listed bears its code as its name."""
        for each in self.agencies:
            if each.code == code and holds_day(each.effective_from, each.effective_to, day):
                return each
        return Agency(code=code, name=code)

    def signers_on(self, code: str, day: date) -> tuple[Signer, ...]:
        """Who signed for an agency on a day."""
        return tuple(
            each
            for each in self.signers
            if each.agency == code and holds_day(each.effective_from, each.effective_to, day)
        )

    def related(self, code: str) -> tuple[str, ...]:
        """The code, all that came before and all that came after it: what an archive is searched for."""
        later = _walk(code, [(each.old, each.new) for each in self.successions])
        earlier = _walk(code, [(each.new, each.old) for each in self.successions])
        return tuple(dict.fromkeys((*later, *earlier)))

    def inherited(self, code: str, day: date) -> tuple[str, ...]:
        """Agencies whose dossiers came to this one, or to one below it, by that day, and are not below it.

        A successor takes over what came before it; whoever gave way gets nothing of what came after.
        """
        steps = [(each.old, each.new) for each in self.successions if holds_day(each.since, None, day)]
        reached = [code]
        for own in reached:  # grows while it is gone through
            for old, new in steps:
                if is_below(own, (new,)) and not any(is_below(each, (old,)) for each in reached):
                    reached.append(old)
        return tuple(reached[1:])


def load_agencies(data_dir: Path | None) -> AgencyDirectory:
    """Reads the office's directory; an empty one where there is no file.

    Raises:
        ConfigurationError: BAD_AGENCIES.
    """
    path = data_dir / FILE if data_dir is not None else None
    if path is None or not path.is_file():
        return AgencyDirectory()
    try:
        return parse_agencies(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as cause:
        raise _bad_agencies("agencies", "cannot be read") from cause


def parse_agencies(text: str) -> AgencyDirectory:
    """Reads the text of a directory: tables ``[[agency]]``, ``[[succession]]`` and ``[[signer]]``.

    Raises:
        ConfigurationError: BAD_AGENCIES with the place.
    """
    top = CatalogueTable.parse(text, "agencies", _bad_agencies)
    directory = AgencyDirectory(
        agencies=tuple(_agency(each) for each in top.tables("agency")),
        successions=tuple(_succession(each) for each in top.tables("succession")),
        signers=tuple(_signer(each) for each in top.tables("signer")),
    )
    top.close()
    return directory


def check_agencies(text: str) -> None:
    """Looks at a text before it counts: what ``parse_agencies`` asks, and one meaning for a code on a day.

    Raises:
        ConfigurationError: BAD_AGENCIES.
    """
    agencies = parse_agencies(text).agencies
    for place, each in enumerate(agencies):
        span = (each.effective_from, each.effective_to)
        if not spans_meet(*span, *span):
            raise _bad_agencies(each.code, "the last day is before the first")
        for other in agencies[:place]:
            if other.code == each.code and spans_meet(*span, other.effective_from, other.effective_to):
                raise _bad_agencies(each.code, "means two agencies on the same day")


def _agency(table: CatalogueTable) -> Agency:
    agency = Agency(
        code=_code(table, "code"),
        name=table.text("name"),
        parent_name=table.text("parent_name", ""),
        place=table.text("place", ""),
        address=table.text("address", ""),
        phone=table.text("phone", ""),
        effective_from=table.day("effective_from"),
        effective_to=table.day("effective_to"),
    )
    table.close()
    return agency


def _succession(table: CatalogueTable) -> Succession:
    succession = Succession(old=_code(table, "old"), new=_code(table, "new"), since=table.day("since"))
    table.close()
    return succession


def _signer(table: CatalogueTable) -> Signer:
    signer = Signer(
        agency=_code(table, "agency"),
        name=table.text("name"),
        post=table.text("post"),
        effective_from=table.day("effective_from"),
        effective_to=table.day("effective_to"),
    )
    table.close()
    return signer


def _code(table: CatalogueTable, key: str) -> str:
    text = table.text(key)
    try:
        return str(AgencyCode.parse(text))
    except InputError as cause:
        raise table.bad(f"{text} is no agency identifier") from cause


def _walk(start: str, steps: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    known = tuple(steps)
    reached, waiting = [start], [start]
    while waiting:
        code = waiting.pop(0)
        for following in (after for before, after in known if before == code and after not in reached):
            reached.append(following)
            waiting.append(following)
    return tuple(reached)


def _bad_agencies(where: str, what: str) -> ConfigurationError:
    return ConfigurationError(
        "BAD_AGENCIES",
        vi="Tệp danh bạ cơ quan không hợp lệ.",
        en=f"the directory of agencies cannot be used: {where}: {what}",
        hint="correct agencies.toml in the data folder",
    )
