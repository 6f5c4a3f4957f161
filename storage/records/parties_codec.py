"""The people of a case as JSON text, exactly; a new shape gets a new format number."""

from __future__ import annotations

import json
from typing import Final, TypedDict

from dossiers.case import IdentifierKind, Parties, Party

_FORMAT: Final = 1


class _PartyJson(TypedDict):
    name: str
    kind: str
    identifier: str
    address: str
    phone: str


def parties_to_text(parties: Parties) -> str:
    """Writes the people of a case."""
    told = {
        "format": _FORMAT,
        "owner": _party_to_json(parties.owner),
        "bearer": _party_to_json(parties.bearer) if parties.bearer else None,
        "authorisation": parties.authorisation,
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def parties_from_text(text: str) -> Parties:
    """Reads the people of a case."""
    told = json.loads(text)
    return Parties(
        owner=_party_from_json(told["owner"]),
        bearer=_party_from_json(told["bearer"]) if told["bearer"] else None,
        authorisation=str(told["authorisation"]),
    )


def _party_to_json(party: Party) -> _PartyJson:
    return {
        "name": party.name,
        "kind": party.kind.value,
        "identifier": party.identifier,
        "address": party.address,
        "phone": party.phone,
    }


def _party_from_json(told: _PartyJson) -> Party:
    return Party(
        name=told["name"],
        kind=IdentifierKind(told["kind"]),
        identifier=told["identifier"],
        address=told["address"],
        phone=told["phone"],
    )
