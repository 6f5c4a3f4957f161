"""The catalogue of procedures: what a procedure was on a day, which code follows which, search by words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from importlib import resources
from pathlib import Path

from dossiers.catalogue_check import Finding, check_records
from dossiers.catalogue_file import parse_catalogue
from dossiers.catalogue_layered import LayeredRecords
from dossiers.catalogue_layers import imported_layers
from dossiers.catalogue_records import CatalogueRecords, CodeReplacement, Substitution
from dossiers.catalogue_search import ProcedureIndex
from dossiers.codes.agency_code import AgencyCode
from dossiers.codes.procedure_code import ProcedureCode
from dossiers.errors import InputCode, InputError, RecordError
from dossiers.procedures import Procedure


class Catalogue:
    """Dated procedures. Codes are taken parsed or as text; text that is no code raises BAD_PROCEDURE_CODE."""

    def __init__(self, records: CatalogueRecords | LayeredRecords) -> None:
        self._records = LayeredRecords(records) if isinstance(records, CatalogueRecords) else records
        self._after: dict[str, list[CodeReplacement]] = {}
        self._before: dict[str, list[CodeReplacement]] = {}
        for step in self._records.rest.replacements:
            self._after.setdefault(step.old, []).append(step)
            for number in step.new:
                self._before.setdefault(number, []).append(step)
        self._index: ProcedureIndex | None = None

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """All entries of all times, in catalogue order."""
        return self._records.whole().procedures

    def find(
        self,
        code: ProcedureCode | str,
        on: date,
        agency: AgencyCode | None = None,
        variant: str | None = None,
    ) -> tuple[Procedure, ...]:
        """The entries of a code that are in force on a day.

        Args:
            code: the code; the agency written in it counts where ``agency`` is not given.
            on: the day, usually that of reception.
            agency: the competent agency. Its own entries come before those of an agency above it, and those
                before the national ones; entries of other agencies never count. Without an agency the
                national entries count, and local ones only where there is no national one.
            variant: only this variant; ``None`` for all.

        Raises:
            InputError: BAD_PROCEDURE_CODE.
        """
        asked = _parsed(code)
        agency = agency or asked.agency
        found = [
            each
            for each in self._records.of(asked.number)
            if each.is_in_force(on)
            and (variant is None or each.variant == variant)
            and (each.agency is None or agency is None or agency.is_within(each.agency))
        ]
        return _nearest(found, is_agency_known=agency is not None)

    def get(
        self,
        code: ProcedureCode | str,
        on: date,
        agency: AgencyCode | None = None,
        variant: str | None = None,
    ) -> Procedure:
        """The one entry of a code on a day; arguments as in ``find``. Without a variant the plain one wins.

        Raises:
            InputError: BAD_PROCEDURE_CODE.
            RecordError: PROCEDURE_UNKNOWN, or PROCEDURE_AMBIGUOUS where several variants or agencies remain.
        """
        found = self.find(code, on, agency, variant)
        plain = tuple(each for each in found if not each.variant)
        if len(found) == 1 or len(plain) == 1:
            return (plain or found)[0]
        raise _ambiguous(_parsed(code), found) if found else _unknown(_parsed(code))

    def successors(
        self, code: ProcedureCode | str, on: date | None = None, agency: AgencyCode | None = None
    ) -> tuple[str, ...]:
        """The numbers that stand for a code today: the ends of its chain of replacements.

        Args:
            code: the code.
            on: only replacements that count on this day; ``None`` for all.
            agency: only replacements that count there; ``None`` for all.

        Returns:
            Numbers ``d.dddddd``; the number itself where nothing has replaced it.
        """
        reached = _walk(_parsed(code).number, lambda number: self._followers(number, on, agency))
        ends = tuple(number for number in reached if not self._followers(number, on, agency))
        return ends or reached[:1]

    def predecessors(self, code: ProcedureCode | str, agency: AgencyCode | None = None) -> tuple[str, ...]:
        """All numbers that a code has replaced, directly or through others, without the number itself."""
        return _walk(_parsed(code).number, lambda number: self._forerunners(number, agency))[1:]

    def related(self, code: ProcedureCode | str, agency: AgencyCode | None = None) -> tuple[str, ...]:
        """The number, all that it replaced and all that replaced it: what an archive is searched for."""
        number = _parsed(code).number
        later = _walk(number, lambda each: self._followers(each, None, agency))
        earlier = _walk(number, lambda each: self._forerunners(each, agency))
        return tuple(dict.fromkeys((*later, *earlier)))

    def search(self, words: str, on: date | None = None) -> tuple[Procedure, ...]:
        """Entries by words (tone marks optional) or by a code with all its replacements; the best first.

        Args:
            words: a code, the beginning of one, or words of the name, field or level.
            on: only entries in force on this day; ``None`` for all.

        Raises:
            InputError: BAD_QUERY where there is no word.
        """
        if not words.strip():
            raise InputError(InputCode.BAD_QUERY)
        asked = self._asked_numbers(words)
        by_code = [each for number in asked for each in self._records.of(number)]
        if self._index is None:  # folding thousands of names takes longer than looking up a code
            self._index = ProcedureIndex(self.procedures)
        found = dict.fromkeys((*by_code, *self._index.search(words)))
        return tuple(each for each in found if on is None or each.is_in_force(on))

    def substitutions(self, type_id: str, on: date) -> tuple[Substitution, ...]:
        """The rules by which data stand in for a paper on a day."""
        rules = self._records.rest.substitutions
        return tuple(each for each in rules if type_id in each.papers and each.is_in_force(on))

    def check(self) -> tuple[Finding, ...]:
        """What is missing and what contradicts itself."""
        return check_records(self._records.whole())

    def _asked_numbers(self, words: str) -> tuple[str, ...]:
        try:
            return self.related(words)
        except InputError:
            return ()

    def _followers(self, number: str, on: date | None, agency: AgencyCode | None) -> tuple[str, ...]:
        steps = (each for each in self._after.get(number, ()) if each.applies(on, agency))
        return tuple(new for step in steps for new in step.new)

    def _forerunners(self, number: str, agency: AgencyCode | None) -> tuple[str, ...]:
        return tuple(each.old for each in self._before.get(number, ()) if each.applies(None, agency))


def load_catalogue(data_dir: Path | None = None) -> Catalogue:
    """Reads the catalogue that ships with Sohoa, and over it what the office imported, in order.

    Each call reads anew.

    Raises:
        ConfigurationError: BAD_CATALOGUE.
    """
    return Catalogue(_layered(data_dir))


def load_records(data_dir: Path | None = None) -> CatalogueRecords:
    """The records of ``load_catalogue``, all of them."""
    return _layered(data_dir).whole()


def _layered(data_dir: Path | None) -> LayeredRecords:
    text = resources.files("dossiers").joinpath("data", "procedures.toml").read_text(encoding="utf-8")
    return LayeredRecords(parse_catalogue(text), tuple(imported_layers(data_dir)))


def _parsed(code: ProcedureCode | str) -> ProcedureCode:
    return ProcedureCode.parse(code) if isinstance(code, str) else code


def _nearest(found: list[Procedure], *, is_agency_known: bool) -> tuple[Procedure, ...]:
    sizes = {len(str(each.agency or "")) for each in found}
    if not is_agency_known and 0 not in sizes:
        return tuple(found)
    wanted = max(sizes, default=0) if is_agency_known else 0
    return tuple(each for each in found if len(str(each.agency or "")) == wanted)


def _walk(start: str, neighbours: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    """Everything reachable, the start first; a cycle ends the walk and not the program."""
    reached, waiting = [start], [start]
    while waiting:
        for number in neighbours(waiting.pop(0)):
            if number not in reached:
                reached.append(number)
                waiting.append(number)
    return tuple(reached)


def _unknown(code: ProcedureCode) -> RecordError:
    return RecordError(
        "PROCEDURE_UNKNOWN",
        vi=f"Danh mục không có thủ tục {code} có hiệu lực vào ngày này.",
        en=f"the catalogue has no procedure {code} in force on this day",
        hint="look at the codes that replaced it, or search by name",
    )


def _ambiguous(code: ProcedureCode, found: Iterable[Procedure]) -> RecordError:
    cases = sorted({f"{each.agency or '-'} {each.variant}".strip() for each in found})
    return RecordError(
        "PROCEDURE_AMBIGUOUS",
        vi=f"Thủ tục {code} có nhiều trường hợp; hãy chọn cơ quan và trường hợp.",
        en=f"procedure {code} has several entries on this day",
        hint=f"choose one of: {'; '.join(cases)}",
    )
