"""How often documents are put into the right slot: ``python -m benchmarks.slots [--dossiers N] [--seed S]``.

Dossiers are made from the shipped catalogue: for each described procedure papers that its components accept,
of invented people, fed in any order, some components left out, and surplus papers beside them (a relative's
card, an older card, a copy beside an original, papers that no component takes). Types are the true ones, of
which a share is then misread: taken for another type, or for one that nobody can tell. Beside it in the same
run: slots filled one after the other by the first paper that fits.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from benchmarks.tables import table
from dossiers.catalogue import load_catalogue
from dossiers.document import Document
from dossiers.document_types import BLANK, DOCUMENT_TYPES, UNKNOWN
from dossiers.procedures import Procedure
from dossiers.reading import CopyKind, FieldValue, Source
from dossiers.slot import Slot, SlotRule
from dossiers.slot_filling import fill_slots

#: Shares of misread types that are measured; of these, half are called unknown and half another type.
ERROR_SHARES: Final = (0.0, 0.02, 0.05)
#: Day for which the catalogue is asked.
_DAY: Final = date(2026, 10, 1)
Filler = Callable[[Sequence[SlotRule], Sequence[Document], str], tuple[Slot, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotCase:
    """One dossier with the answer: the slot of each document, ``None`` for surplus papers."""

    rules: tuple[SlotRule, ...]
    documents: tuple[Document, ...]
    owner: str
    truth: dict[str, str | None]


@dataclass(slots=True)
class SlotScore:
    """Counts over all dossiers."""

    documents: int = 0
    right: int = 0
    dossiers: int = 0
    whole: int = 0
    missing_right: int = 0
    cpu_seconds: float = 0.0


class SlotCases:
    """Makes dossiers; the same seed makes the same ones."""

    def __init__(self, seed: int) -> None:
        self._rng = random.Random(f"slots/{seed}")
        entries = load_catalogue().procedures
        self._procedures = [each for each in entries if each.components and each.is_in_force(_DAY)]
        self._types = sorted(set(DOCUMENT_TYPES) - {BLANK, UNKNOWN})

    def make(self, number: int) -> SlotCase:
        """Makes one; procedures take turns."""
        procedure = self._procedures[number % len(self._procedures)]
        owner = self._number(self._rng.choice(("Nam", "Nữ")))
        papers = [*self._asked_for(procedure, owner), *self._surplus(procedure, owner)]
        self._rng.shuffle(papers)
        documents, truth = [], {}
        for ordinal, (paper, key) in enumerate(papers, start=1):
            document = replace(
                paper, document_id=f"d{ordinal}", ordinal=ordinal, page_ids=(f"p{ordinal}a", f"p{ordinal}b")
            )
            documents.append(document)
            truth[document.document_id] = key
        rules = procedure.slot_rules
        return SlotCase(rules=rules, documents=tuple(documents), owner=owner, truth=truth)

    def _asked_for(self, procedure: Procedure, owner: str) -> list[tuple[Document, str | None]]:
        """A paper for most components: the preferred type mostly, each type for one component only."""
        papers: list[tuple[Document, str | None]] = []
        used: set[str] = set()
        for component in procedure.components:
            free = [each for each in component.accepts if each not in used or component.holder_sex]
            is_there = self._rng.random() < (0.9 if component.is_main else 0.4)
            if not free or not is_there:
                continue
            type_id = free[0] if self._rng.random() < 0.7 else self._rng.choice(free)
            used |= set(component.accepts)
            number = self._number(component.holder_sex) if component.holder_sex else owner
            form = component.form.value if component.form else ""
            papers.append((self._paper(type_id, number, form), component.key))
        return papers

    def _surplus(self, procedure: Procedure, owner: str) -> list[tuple[Document, str | None]]:
        papers: list[tuple[Document, str | None]] = []
        takes = {each for component in procedure.components for each in component.accepts}
        is_shared = any(component.holder_sex for component in procedure.components)
        if self._rng.random() < 0.35 and not is_shared and "cccd_front" in takes:
            papers.append((self._paper("cccd_front", self._number("Nam"), "X"), None))
        others = [each for each in self._types if each not in takes]
        papers += [
            (self._paper(self._rng.choice(others), owner, "X"), None) for _ in range(self._rng.randint(0, 2))
        ]
        return papers

    def _paper(self, type_id: str, number: str, form: str) -> Document:
        is_identity = DOCUMENT_TYPES[type_id].is_identity
        value = FieldValue(
            name="personal_number", raw=number, value=number, box=None, confidence=1.0, source=Source.QR
        )
        kinds = {"B": CopyKind.ORIGINAL, "C": CopyKind.CERTIFIED_COPY}
        return Document(
            document_id="",
            dossier_id="d",
            ordinal=0,
            type_id=type_id,
            page_ids=(),
            confidence=self._rng.uniform(0.7, 1.0),
            evidence="",
            copy_kind=kinds.get(form, CopyKind.UNKNOWN) if self._rng.random() < 0.5 else CopyKind.UNKNOWN,
            # Some cards are read without their number: nothing then tells whose they are.
            fields=(value,) if is_identity and self._rng.random() < 0.95 else (),
            issues=(),
        )

    def _number(self, sex: str) -> str:
        year = self._rng.randint(60, 99)
        return f"003{'1' if sex == 'Nữ' else '0'}{year}{self._rng.randrange(10**6):06d}"

    def misread(self, case: SlotCase, share: float) -> SlotCase:
        """The same dossier with a share of its types misread."""
        return replace(case, documents=tuple(self._misread(each, share) for each in case.documents))

    def _misread(self, document: Document, share: float) -> Document:
        if self._rng.random() >= share:
            return document
        if self._rng.random() < 0.5:
            return replace(document, type_id=UNKNOWN)
        return replace(document, type_id=self._rng.choice(self._types))


def best(rules: Sequence[SlotRule], documents: Sequence[Document], owner: str) -> tuple[Slot, ...]:
    """What Sohoa does."""
    return fill_slots(rules, documents, owner_number=owner)


def in_turn(rules: Sequence[SlotRule], documents: Sequence[Document], owner: str) -> tuple[Slot, ...]:
    """The plain way: one slot after the other takes the first paper of its most preferred type."""
    del owner
    free = [each for each in documents if not each.needs_clerk]
    slots = []
    for rule in rules:
        fitting = [each for each in free if each.type_id in rule.accepts]
        chosen = min(fitting, key=lambda each, rule=rule: rule.accepts.index(each.type_id), default=None)  # type: ignore[misc]
        free = [each for each in free if each is not chosen]
        slots.append(Slot(rule=rule, document_id=chosen.document_id if chosen else None))
    return tuple(slots)


def judge(case: SlotCase, fill: Filler, score: SlotScore) -> None:
    """Counts one dossier; surplus papers count like the others."""
    started = time.process_time()
    slots = fill(case.rules, case.documents, case.owner)
    score.cpu_seconds += time.process_time() - started
    found = {slot.document_id: slot.rule.key for slot in slots if slot.document_id}
    right = sum(found.get(document_id) == key for document_id, key in case.truth.items())
    filled = set(case.truth.values())
    lacking = {slot.rule.key for slot in slots if slot.rule.is_required and slot.document_id is None}
    score.documents += len(case.truth)
    score.right += right
    score.dossiers += 1
    score.whole += right == len(case.truth)
    score.missing_right += lacking == {r.key for r in case.rules if r.is_required and r.key not in filled}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the measurement and prints a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.slots", description=__doc__)
    parser.add_argument("--dossiers", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    rows = []
    for share in ERROR_SHARES:
        cases = SlotCases(options.seed)
        made = [cases.misread(cases.make(number), share) for number in range(options.dossiers)]
        for name, fill in (("best assignment", best), ("one after the other", in_turn)):
            score = SlotScore()
            for case in made:
                judge(case, fill, score)
            rows.append(_row(share, name, score))
    heads = ("types misread", "slots filled by", "documents", "in the right slot", "whole dossiers",
             "missing list right", "CPU ms a dossier")  # fmt: skip
    print(table(heads, rows))
    return 0


def _row(share: float, name: str, score: SlotScore) -> tuple[str, ...]:
    return (
        f"{100 * share:.0f} %",
        name,
        str(score.documents),
        f"{100 * score.right / score.documents:.2f} %",
        f"{100 * score.whole / score.dossiers:.1f} %",
        f"{100 * score.missing_right / score.dossiers:.1f} %",
        f"{1000 * score.cpu_seconds / score.dossiers:.2f}",
    )


if __name__ == "__main__":
    sys.exit(main())
