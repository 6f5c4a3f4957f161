"""The people whom a document names: name, number, birth and sex, gathered from its fields by their names.

``mother_name`` and ``mother_personal_number`` speak of one person, as do ``member[2].name`` and
``member[2].birth_date``; ``person_name`` goes with ``personal_number``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dossiers.document import Document
from dossiers.reading import FieldValue

#: What the number of a person may be called behind the role, the likelier first.
_NUMBERS: Final = ("personal_number", "number")


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPerson:
    """A person as one document tells of them; ``None``: the document does not say.

    Attributes:
        document: the document.
        role: what the fields begin with, for example ``mother_``; empty for the person the paper is about.
        name: as printed.
        number: twelve digits, or nine of an old card.
        birth: day (``YYYY-MM-DD``) or year (``YYYY``) of birth.
        sex: ``Nam`` or ``Nữ``.
    """

    document: Document
    role: str
    name: FieldValue | None
    number: FieldValue | None
    birth: FieldValue | None
    sex: FieldValue | None


def people_of(document: Document) -> tuple[NamedPerson, ...]:
    """Returns everybody whose name the document gives, in the order of its fields."""
    known = {each.name: each for each in document.fields if each.value is not None}
    people = []
    for name, value in known.items():
        role = _role_of(name)
        if role is None or (not role and name != "person_name"):
            continue
        numbers = _NUMBERS if role else _NUMBERS[:1]
        number = next((known[role + each] for each in numbers if role + each in known), None)
        people.append(
            NamedPerson(
                document=document,
                role=role,
                name=value,
                number=number,
                birth=known.get(f"{role}birth_date") or known.get(f"{role}birth_year"),
                sex=known.get(f"{role}sex"),
            )
        )
    return tuple(people)


def _role_of(name: str) -> str | None:
    """The role that a name field tells; ``None`` for fields that are no person's name."""
    if name == "person_name":
        return ""
    is_name = name.endswith(("_name", ".name")) and not name.endswith(("business_name", "mrz_name"))
    return name.removesuffix("name") if is_name else None
