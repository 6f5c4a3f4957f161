"""The interface to a national database over HTTP: messages as the shipped OpenAPI description has them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from importlib import resources
from typing import Final

from dossiers.citizens import HolderNumber, NumberKind
from dossiers.national import NationalAnswer, NationalQuestion, NationalStatus
from dossiers.procedures import DataSource

#: Where a question is put: ``POST``, so that no number stands in an address or an access log.
PATH: Final = "/v1/{source}/look-ups"
#: Where a server shows its description.
DESCRIPTION_PATH: Final = "/openapi.json"
#: Largest answer that is read, bytes.
MAX_BYTES: Final = 65_536

_STATUSES: Final = frozenset({NationalStatus.FOUND, NationalStatus.NOT_FOUND, NationalStatus.STALE})


def description() -> bytes:
    """The OpenAPI 3.1 description, JSON."""
    return resources.files("storage.national").joinpath("openapi.json").read_bytes()


def question_to_json(question: NationalQuestion) -> dict[str, object]:
    """The body of a question."""
    return {
        "number": {"kind": question.number.kind.value, "text": question.number.text},
        "papers": list(question.papers),
        "procedure": question.procedure,
        "requestId": question.request_id,
    }


def question_from_json(source: DataSource, content: bytes) -> NationalQuestion:
    """Reads the body of a question.

    Raises:
        ValueError: it is none.
    """
    data = _table(content)
    number = data.get("number")
    papers = data.get("papers")
    if not isinstance(number, dict) or not isinstance(papers, list):
        raise TypeError("a question has a number and papers")
    return NationalQuestion(
        source=source,
        number=HolderNumber(kind=NumberKind(str(number["kind"])), text=str(number["text"])),
        papers=tuple(str(each) for each in papers),
        procedure=str(data["procedure"]),
        request_id=str(data["requestId"]),
    )


def answer_to_json(answer: NationalAnswer) -> dict[str, object]:
    """The body of an answer; what is not known is left out."""
    told: dict[str, object] = {"status": answer.status.value}
    if answer.status is NationalStatus.FOUND:
        told |= {"paper": answer.paper, "reference": answer.reference}
    told |= {name: day.isoformat() for name, day in (("asOf", answer.as_of), ("until", answer.until)) if day}
    return told | ({"facts": dict(answer.facts)} if answer.facts else {})


def answer_from_json(source: DataSource, content: bytes, adapter: str) -> NationalAnswer:
    """Reads the body of an answer.

    Raises:
        ValueError: it is none; in particular one that is found must name paper and reference.
    """
    data = _table(content)
    status = NationalStatus(str(data["status"]))
    paper, reference = str(data.get("paper", "")), str(data.get("reference", ""))
    facts = data.get("facts", {})
    is_whole = status is not NationalStatus.FOUND or (paper and reference)
    if status not in _STATUSES or not is_whole or not isinstance(facts, dict):
        raise ValueError("no answer")
    return NationalAnswer(
        source=source,
        status=status,
        adapter=adapter,
        paper=paper,
        reference=reference,
        as_of=_day(data.get("asOf")),
        until=_day(data.get("until")),
        facts=tuple((str(name), str(value)) for name, value in facts.items()),
    )


def _table(content: bytes) -> Mapping[str, object]:
    data = json.loads(content)
    if not isinstance(data, dict):
        raise TypeError("no object")
    return data


def _day(value: object) -> date | None:
    return None if value is None else date.fromisoformat(str(value))
