"""Who is at the desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from litestar.connection import ASGIConnection
from litestar.datastructures import State

#: Any request of the application; what a foreign framework leaves open is open.
Connection = ASGIConnection[Any, Any, Any, State]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whoever sits before the screen.

    Attributes:
        account_id: the account.
        name: what colleagues call the person; shown in the top bar.
        role: key of the role.
        branch: identifier of the agency that the person works for.
        within: agencies whose dossiers the person sees, with all below them; none for every agency.
        permissions: what the person may do.
    """

    account_id: str
    name: str
    role: str
    branch: str
    within: tuple[str, ...]
    permissions: frozenset[str] = field(default_factory=frozenset)

    def may(self, permission: str) -> bool:
        """Whether the person holds a permission; the empty one is held by everyone."""
        return not permission or permission in self.permissions


def person_of(connection: Connection) -> Person | None:
    """Returns who sent a request; ``None`` where nobody has signed in."""
    user = connection.scope.get("user")
    return user if isinstance(user, Person) else None
