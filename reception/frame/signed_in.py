"""Who is asking, where somebody must."""

from __future__ import annotations

from litestar.exceptions import NotAuthorizedException

from reception.frame.person import Connection, Person, person_of


def signed_in(connection: Connection) -> Person:
    """Returns who sent a request; answers 401 where nobody has signed in."""
    person = person_of(connection)
    if person is None:
        raise NotAuthorizedException
    return person
