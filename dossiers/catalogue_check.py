"""What is missing in a catalogue, and what contradicts itself: findings, not errors.

A gap is something that no source has told yet; a contradiction is a mistake in the data that somebody must
mend. The catalogue that ships has gaps and no contradiction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Final

from dossiers.catalogue_records import CatalogueRecords, CodeReplacement
from dossiers.document_types import DOCUMENT_TYPES
from dossiers.procedures import Component, ComponentPolicy, FormRequired, Procedure
from dossiers.text_folding import fold


class FindingKind(StrEnum):
    """What was found; stable codes."""

    NAME_UNKNOWN = "NAME_UNKNOWN"
    COMPONENTS_UNKNOWN = "COMPONENTS_UNKNOWN"
    COMPONENTS_INCOMPLETE = "COMPONENTS_INCOMPLETE"
    COMPONENTS_UNVERIFIED = "COMPONENTS_UNVERIFIED"
    TIME_UNKNOWN = "TIME_UNKNOWN"
    TIME_UNVERIFIED = "TIME_UNVERIFIED"
    REPLACED_STILL_OPEN = "REPLACED_STILL_OPEN"
    PERIOD_REVERSED = "PERIOD_REVERSED"
    PERIODS_OVERLAP = "PERIODS_OVERLAP"
    TIME_REVERSED = "TIME_REVERSED"
    COMPONENT_TWICE = "COMPONENT_TWICE"
    DOCUMENT_TYPE_UNKNOWN = "DOCUMENT_TYPE_UNKNOWN"
    POLICY_AGAINST_FORM = "POLICY_AGAINST_FORM"
    SHARED_WITHOUT_SOURCE = "SHARED_WITHOUT_SOURCE"
    CODE_UNKNOWN = "CODE_UNKNOWN"
    REPLACEMENT_CYCLE = "REPLACEMENT_CYCLE"
    CLAIM_DISTRUSTED = "CLAIM_DISTRUSTED"


_GAPS: Final = frozenset(
    {
        FindingKind.NAME_UNKNOWN,
        FindingKind.COMPONENTS_UNKNOWN,
        FindingKind.COMPONENTS_INCOMPLETE,
        FindingKind.COMPONENTS_UNVERIFIED,
        FindingKind.TIME_UNKNOWN,
        FindingKind.TIME_UNVERIFIED,
        FindingKind.REPLACED_STILL_OPEN,
    }
)

#: Copies are captured but not digitized, presented papers neither (Thông tư 01/2023/TT-VPCP).
_POLICIES_AGAINST_FORM: Final = frozenset(
    {
        (FormRequired.COPY, ComponentPolicy.DIGITIZE),
        (FormRequired.PRESENT, ComponentPolicy.DIGITIZE),
        (FormRequired.PRESENT, ComponentPolicy.CAPTURE_ONLY),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One gap or contradiction.

    Attributes:
        kind: what it is.
        number: the procedure number it is about; empty for a rule about papers.
        detail: English, technical; may be empty.
    """

    kind: FindingKind
    number: str
    detail: str = ""

    @property
    def is_contradiction(self) -> bool:
        """Whether the data must be mended; otherwise something is merely not known yet."""
        return self.kind not in _GAPS


def check_records(records: CatalogueRecords) -> tuple[Finding, ...]:
    """Everything worth saying about a catalogue, in the order of its records."""
    known = frozenset(each.number for each in records.procedures)
    return tuple(
        finding
        for found in (
            *(_about_procedure(each, known) for each in records.procedures),
            _overlaps(records),
            _about_replacements(records, known),
            _cycles(records.replacements),
            _claims(records),
            _about_substitutions(records),
        )
        for finding in found
    )


def _about_procedure(procedure: Procedure, known: frozenset[str]) -> Iterator[Finding]:
    number = procedure.number
    if not procedure.name:
        yield Finding(kind=FindingKind.NAME_UNKNOWN, number=number)
    begin, end = procedure.effective_from, procedure.effective_to
    if begin is not None and end is not None and end < begin:
        yield Finding(kind=FindingKind.PERIOD_REVERSED, number=number, detail=f"{begin} to {end}")
    yield from _about_time(procedure)
    yield from _about_papers(procedure)
    for key, times in Counter(each.key for each in procedure.components).items():
        if times > 1:
            yield Finding(kind=FindingKind.COMPONENT_TWICE, number=number, detail=key)
    for component in procedure.components:
        yield from _about_component(number, component, known)


def _about_papers(procedure: Procedure) -> Iterator[Finding]:
    number = procedure.number
    if not procedure.components:
        yield Finding(kind=FindingKind.COMPONENTS_UNKNOWN, number=number)
        return
    if not procedure.components_are_complete:
        yield Finding(kind=FindingKind.COMPONENTS_INCOMPLETE, number=number)
    if unverified := [each.key for each in procedure.components if not each.evidence.is_verified]:
        yield Finding(kind=FindingKind.COMPONENTS_UNVERIFIED, number=number, detail=", ".join(unverified))


def _about_time(procedure: Procedure) -> Iterator[Finding]:
    time, number = procedure.time, procedure.number
    if not time.text:
        yield Finding(kind=FindingKind.TIME_UNKNOWN, number=number)
    elif not time.evidence.is_verified:
        yield Finding(kind=FindingKind.TIME_UNVERIFIED, number=number)
    longest = time.longest_working_days
    if longest is not None and (time.working_days is None or longest < time.working_days):
        yield Finding(kind=FindingKind.TIME_REVERSED, number=number)


def _about_component(number: str, component: Component, known: frozenset[str]) -> Iterator[Finding]:
    for type_id in component.accepts:
        if type_id not in DOCUMENT_TYPES:
            yield Finding(
                kind=FindingKind.DOCUMENT_TYPE_UNKNOWN, number=number, detail=f"{component.key}: {type_id}"
            )
    if (component.form, component.policy) in _POLICIES_AGAINST_FORM:
        yield Finding(kind=FindingKind.POLICY_AGAINST_FORM, number=number, detail=component.key)
    if component.policy is ComponentPolicy.ALREADY_SHARED and not component.replaced_by:
        yield Finding(kind=FindingKind.SHARED_WITHOUT_SOURCE, number=number, detail=component.key)
    if component.replaced_by_result and component.replaced_by_result not in known:
        yield Finding(kind=FindingKind.CODE_UNKNOWN, number=number, detail=component.replaced_by_result)


def _overlaps(records: CatalogueRecords) -> Iterator[Finding]:
    entries: dict[tuple[str, str, str], list[Procedure]] = {}
    for each in records.procedures:
        entries.setdefault((each.number, each.variant, str(each.agency or "")), []).append(each)
    for (number, _, _), same in entries.items():
        if any(_overlap(one, other) for one, other in combinations(same, 2)):
            yield Finding(kind=FindingKind.PERIODS_OVERLAP, number=number)


def _overlap(one: Procedure, other: Procedure) -> bool:
    starts = [each for each in (one.effective_from, other.effective_from) if each is not None]
    ends = [each for each in (one.effective_to, other.effective_to) if each is not None]
    return not starts or not ends or max(starts) <= min(ends)


def _about_replacements(records: CatalogueRecords, known: frozenset[str]) -> Iterator[Finding]:
    entries = _by_number(records)
    for each in records.replacements:
        for number in (each.old, *each.new):
            if number not in known:
                yield Finding(kind=FindingKind.CODE_UNKNOWN, number=number, detail="named by a replacement")
        for entry in entries.get(each.old, ()):
            if entry.agency == each.agency and entry.effective_to is None:
                yield Finding(kind=FindingKind.REPLACED_STILL_OPEN, number=each.old)


def _by_number(records: CatalogueRecords) -> dict[str, list[Procedure]]:
    entries: dict[str, list[Procedure]] = {}
    for each in records.procedures:
        entries.setdefault(each.number, []).append(each)
    return entries


def _cycles(replacements: tuple[CodeReplacement, ...]) -> Iterator[Finding]:
    following: dict[str, set[str]] = {}
    for each in replacements:
        following.setdefault(each.old, set()).update(each.new)
    for start in following:
        reached, waiting = set[str](), list(following[start])
        while waiting:
            number = waiting.pop()
            if number not in reached:
                reached.add(number)
                waiting.extend(following.get(number, ()))
        if start in reached:
            yield Finding(kind=FindingKind.REPLACEMENT_CYCLE, number=start)


def _claims(records: CatalogueRecords) -> Iterator[Finding]:
    entries = _by_number(records)
    for each in records.distrusted:
        for entry in entries.get(each.number, ()):
            if entry.name and (not each.claim or fold(entry.name) == fold(each.claim)):
                yield Finding(kind=FindingKind.CLAIM_DISTRUSTED, number=each.number, detail=each.reason)


def _about_substitutions(records: CatalogueRecords) -> Iterator[Finding]:
    for each in records.substitutions:
        for type_id in each.papers:
            if type_id not in DOCUMENT_TYPES:
                yield Finding(kind=FindingKind.DOCUMENT_TYPE_UNKNOWN, number="", detail=type_id)
