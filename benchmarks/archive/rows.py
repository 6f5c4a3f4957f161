"""The rows of an invented office, dossier by dossier, as the columns of ``storage.records`` want them."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from benchmarks.archive.paper import Paper, PaperMill, fields_text, reading_text
from benchmarks.archive.people import person
from benchmarks.archive.size import ArchiveSize
from dossiers.case import Parties, Party
from dossiers.citizens import NumberIndex
from dossiers.local_time import day_in_vietnam
from dossiers.search_words import words_of
from storage.records.number_entries import entry_of
from storage.records.parties_codec import parties_to_text
from storage.records.word_match import padded

#: One row: column by column, without those that may be empty and are.
Row = dict[str, object]
#: Of the newest dossiers so many have readings, which screens of one dossier show.
_WITH_READINGS: Final = 30_000
#: Of a hundred papers so many wait for a clerk.
_UNCONFIRMED: Final = 5
_PAGES: Final = 2


class ArchiveRows:
    """Draws the office; the same seed draws the same one.

    Args:
        size: how large.
        procedures: codes and names; the first are the most used.
        numbers: the blind index of the data folder.
        original: key of the picture that every page shows.
        artefact: key of the full result that every reading names.
    """

    def __init__(
        self,
        size: ArchiveSize,
        procedures: Sequence[tuple[str, str]],
        numbers: NumberIndex,
        original: str,
        artefact: str,
    ) -> None:
        self._size = size
        self._numbers = numbers
        self._keys = {"original_key": original, "artefact_key": artefact}
        self._random = random.Random(8)
        self._mill = PaperMill(self._random, size.words)
        weights = [1 / place for place in range(1, len(procedures) + 1)]
        self._drawn = self._random.choices(procedures, weights, k=4096)
        self._people = [(*person(self._random),) for _ in range(max(100, size.dossiers * 2 // 5))]
        self._in_day: defaultdict[tuple[str, str], int] = defaultdict(int)
        self._seq: defaultdict[str, int] = defaultdict(int)

    def skip(self, times: int) -> None:
        """Goes on counting behind what was written, and that repeated so many times."""
        for table in self._seq:
            self._seq[table] *= times + 1

    def batch(self, first: int, after: int) -> dict[str, list[Row]]:
        """Rows of the dossiers with these numbers, by table, parents before children."""
        rows: dict[str, list[Row]] = {}
        for number in range(first, after):
            for table, row in self._dossier(number):
                rows.setdefault(table, []).append(row)
        return rows

    def _dossier(self, number: int) -> Iterator[tuple[str, Row]]:
        size, at = self._size, self._size.opened_at(number)
        branch, day = size.branch(number), day_in_vietnam(self._size.opened_at(number)).strftime("%y%m%d")
        self._in_day[branch, day] += 1
        place = self._in_day[branch, day]
        # What is repeated has a place in its code for the turn.
        code = f"{branch}-{day}-{place:03}00" if number < size.block else f"{branch}-{day}-{place:04}"
        procedure, title = self._drawn[self._random.randrange(4096)]
        name, citizen = self._people[self._random.randrange(len(self._people))]
        is_new = number >= size.dossiers - size.dossiers // size.days * 2
        dossier_id = self._id("d", number)
        own: Row = {"dossier_id": dossier_id}
        placed = self._row("dossiers")
        yield (
            "dossiers",
            placed
            | own
            | {
                "code": code,
                "intake_key": self._id("k", number),
                "procedure_code": procedure,
                "citizen_number": citizen,
                "citizen_entry": entry_of(citizen, self._numbers),
                "title": title,
                "opened_at": at,
                "state": ("receiving" if number % 10 == 0 else "needs_clerk") if is_new else "complete",
                "version": 3,
            },
        )
        yield (
            "dossier_agencies",
            {"dossier_seq": placed["seq"], "agency": branch, "procedure_code": procedure, "opened_at": at},
        )
        yield from self._case(own, branch, name, citizen, at, is_done=not is_new)
        yield from self._papers(own, number, at, name, citizen, is_new=is_new)
        yield from self._around(own, number, branch, at, place)

    def _case(
        self, own: Row, branch: str, name: str, citizen: str, at: datetime, *, is_done: bool
    ) -> Iterator[tuple[str, Row]]:
        parties = parties_to_text(Parties(owner=Party(name=name, identifier=citizen)))
        ended = at + timedelta(days=3) if is_done and at + timedelta(days=3) < self._size.until else None
        yield (
            "cases",
            own
            | {
                "variant": "",
                "channel": "direct",
                "receiving_point": branch,
                "competent_agency": branch,
                "support_point": "",
                "parties": parties,
                "state": "returned" if ended else "processing",
                "received_at": at,
                "counts_from": at.date().isoformat(),
                "due_at": at + timedelta(days=5),
                "stopped_at": None,
                "supplement_requests": 0,
                "reappointments": 0,
                "ended_at": ended,
                "version": 2,
            },
        )
        for action, moment in (("accept", at), ("finish", ended), ("return", ended)):
            if moment is not None:
                yield (
                    "case_steps",
                    self._row("case_steps")
                    | own
                    | {
                        "action": action,
                        "from_state": "new",
                        "to_state": "processing",
                        "at": moment,
                        "by": "Trần Thị Cán Bộ",
                        "reason": "",
                        "due_at": None,
                    },
                )

    def _papers(
        self, own: Row, number: int, at: datetime, name: str, citizen: str, *, is_new: bool
    ) -> Iterator[tuple[str, Row]]:
        yield (
            "files",
            self._row("files")
            | own
            | {
                "file_id": self._id("f", number),
                "receipt_key": "r",
                "name": "giay.jpg",
                "original_key": self._keys["original_key"],
                "media_type": "image/jpeg",
                "byte_count": 300_000,
                "page_count": _PAGES,
                "flags": "[]",
                "received_at": at,
            },
        )
        document_id = self._id("c", number)
        paper = self._mill.paper(self._mill.type_id(), name, number)
        is_waiting = is_new or self._random.randrange(100) < _UNCONFIRMED
        yield (
            "documents",
            self._row("documents")
            | own
            | {
                "document_id": document_id,
                "ordinal": 1,
                "type_id": paper.type_id,
                "confidence": 0.9,
                "evidence": paper.text[:16],
                "copy_kind": "original",
                "fields": fields_text(name, citizen, is_doubtful=number % 3 == 0),
                "issues": "[]",
                "state": "proposed" if is_waiting else "confirmed",
                "pdf_key": None,
            },
        )
        for index in range(_PAGES):
            page = paper if index == 0 else self._mill.paper(paper.type_id, name, number * 2 + 1)
            state = "in_review" if is_waiting else "filed"
            if number % 4000 == 0 and index:
                state = "quarantined"
            yield from self._page(own, number, index, page, state, document_id, name, citizen)
        yield from self._values(document_id, name, citizen)
        if not is_waiting:
            yield from self._confirmed(own, document_id, number, name, at)
        yield from _slots(own, paper.type_id, document_id)

    def _page(
        self,
        own: Row,
        number: int,
        index: int,
        paper: Paper,
        state: str,
        document_id: str,
        name: str,
        citizen: str,
    ) -> Iterator[tuple[str, Row]]:
        page: Row = {"page_id": self._id("p", number, index)}
        placed = self._row("pages")
        yield (
            "pages",
            placed
            | page
            | own
            | {
                "file_id": self._id("f", number),
                "original_key": self._keys["original_key"],
                "index_in_file": index,
                "number": index + 1,
                "state": state,
                "document_id": document_id,
                "version": 2,
                "revision": 0,
                "region": None,
                "named_type": "",
                "opens_document": False,
                "place": 0.0,
                "turned": 0,
            },
        )
        yield "page_texts", page | {"text": paper.text}
        yield "page_index", {"rowid": placed["seq"], "folded": paper.folded, "toned": paper.toned}
        yield "document_pages", {"document_id": document_id, "position": index} | page
        if number >= self._size.dossiers - _WITH_READINGS:
            yield (
                "readings",
                self._row("readings")
                | page
                | {
                    "effect_key": "e",
                    "reading": reading_text(paper, name, citizen),
                    "artefact_key": self._keys["artefact_key"],
                },
            )

    def _values(self, document_id: str, name: str, citizen: str) -> Iterator[tuple[str, Row]]:
        folded, toned = words_of(name), words_of(name, exact_tones=True)
        placed = self._row("field_values")
        yield (
            "field_values",
            placed
            | {
                "document_id": document_id,
                "name": "person_name",
                "value": name,
                "folded": padded(folded),
                "toned": padded(toned),
                "entry": None,
            },
        )
        yield "name_index", {"rowid": placed["seq"], "folded": " ".join(folded), "toned": " ".join(toned)}
        yield (
            "field_values",
            self._row("field_values")
            | {
                "document_id": document_id,
                "name": "personal_number",
                "value": citizen,
                "folded": None,
                "toned": None,
                "entry": entry_of(citizen, self._numbers),
            },
        )

    def _confirmed(
        self, own: Row, document_id: str, number: int, name: str, at: datetime
    ) -> Iterator[tuple[str, Row]]:
        yield (
            "confirmed_papers",
            self._row("confirmed_papers")
            | own
            | {
                "paper_id": document_id,
                "holder_id": f"h{number * 3 % max(1, self._size.dossiers * 2 // 5):08}",
                "dossier_code": "",
                "procedure_code": None,
                "type_id": "giay_khai_sinh",
                "page_count": _PAGES,
                "copy_kind": "original",
                "issued_on": "2020-01-02",
                "expires_on": None,
                "is_unlimited": True,
                "born_on": "1990-02-01",
                "subject": None,
                "claim": None,
                "purpose": "",
                "confirmed_by": "Trần Thị Cán Bộ",
                "confirmed_at": at,
                "revoked_at": None,
            },
        )
        yield (
            "confirmed_facts",
            {
                "paper_id": document_id,
                "position": 0,
                "name": "person_name",
                "value": name,
                "proposed": name,
                "raw": name,
                "page_id": None,
                "box": None,
                "confidence": 0.9,
                "source": "ocr",
                "checks": "[]",
            },
        )

    def _around(
        self, own: Row, number: int, branch: str, at: datetime, place: int
    ) -> Iterator[tuple[str, Row]]:
        waiting = number >= self._size.dossiers - 200
        for kind, subject in (("read_page", self._id("p", number)), ("file_dossier", self._id("d", number))):
            yield (
                "tasks",
                self._row("tasks")
                | own
                | {
                    "task_id": self._id(kind[0], number),
                    "kind": kind,
                    "subject_id": subject,
                    "priority": "counter",
                    "branch": branch,
                    "turn": number,
                    "due_at": at,
                    "rung_at": None,
                    "owner": None,
                    "lease_until": None,
                    "fence": 1,
                    "starts": 1,
                    "interruptions": 0,
                    "is_finished": not waiting,
                },
            )
        for kind in ("dossier_opened", "file_received", "page_read", "dossier_filed"):
            yield (
                "events",
                self._row("events")
                | own
                | {
                    "kind": kind,
                    "subject_id": own["dossier_id"],
                    "at": at,
                    "detail": "",
                },
            )
        yield from self._ticket(own, number, branch, at, place)

    def _ticket(
        self, own: Row, number: int, branch: str, at: datetime, place: int
    ) -> Iterator[tuple[str, Row]]:
        waiting = number >= self._size.dossiers - 200
        yield (
            "tickets",
            {
                "ticket_id": self._id("t", number),
                "branch": branch,
                "number": place,
                "taken_at": at - timedelta(minutes=9),
                "called_at": None if waiting else at,
                "counter": "" if waiting else "Quầy 2",
                "served_at": None if waiting else at + timedelta(minutes=4),
                "left_at": None,
                "dossier_id": None,
                "version": 2,
            },
        )
        if number % 4 == 0:
            yield (
                "reuse_decisions",
                self._row("reuse_decisions")
                | own
                | {
                    "slot_key": "s1",
                    "holder_id": f"h{number:08}",
                    "procedure_code": "1.001193",
                    "branch": branch,
                    "verdict": "accepted",
                    "source": "dan_cu",
                    "origin": "",
                    "paper_id": None,
                    "type_id": "giay_khai_sinh",
                    "page_count": 1,
                    "rule": "",
                    "clerk": "Trần Thị Cán Bộ",
                    "reason": "",
                    "at": at,
                    "is_latest": True,
                },
            )

    def _id(self, letter: str, number: int, index: int = 0) -> str:
        """A letter, the block, the number in it: what ``bulk`` repeats it knows by the block."""
        block, place = divmod(number, self._size.block)
        return f"{letter}{block:02}{place * _PAGES + index:06}"

    def _row(self, table: str) -> Row:
        self._seq[table] += 1
        return {"seq": self._seq[table]}


def _slots(own: Row, type_id: str, document_id: str) -> Iterator[tuple[str, Row]]:
    for position, policy in enumerate(("digitize", "digitize", "present_only")):
        yield (
            "slots",
            own
            | {
                "position": position,
                "key": f"s{position}",
                "name": "Giấy tờ theo thành phần hồ sơ",
                "accepts": json.dumps([type_id]),
                "is_required": position == 0,
                "policy": policy,
                "document_id": document_id if position == 0 else None,
                "form": "",
                "holder_sex": "",
                "is_pinned": False,
            },
        )
