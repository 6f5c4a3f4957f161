"""One application of the desk for many tests: making it takes a second, another desk behind it nothing.

The application, its door and its templates are those that are served.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, cast

from litestar import Litestar
from litestar.middleware.authentication import AbstractAuthenticationMiddleware, AuthenticationResult
from litestar.testing import TestClient

from dossiers.permissions import RIGHTS, Role
from dossiers.sign_in import SignIn
from reception.app import make_app
from reception.auth.protection import make_protected_app
from reception.auth.rates import Rate, Rates
from reception.frame.person import Connection, Person
from reception.services import DeskServices

CLERK = Person(
    account_id="a1",
    name="Trần Thị Cán Bộ",
    role="clerk",
    branch="H29.119",
    within=("H29.119",),
    permissions=frozenset(each.value for each in RIGHTS[Role.CLERK]),
)


class _SignIn:
    """Who signs in is asked of the present desk."""

    def __init__(self) -> None:
        self.present: SignIn

    def __getattr__(self, name: str) -> Any:
        if name == "present":
            raise AttributeError("no test has put a desk behind the application")
        return getattr(self.present, name)


class _Rates(Rates):
    """Counts anew for every desk."""

    def __init__(self) -> None:
        self.present: Rates

    def count(self, key: str, rate: Rate) -> None:
        self.present.count(key, rate)


class SharedApp:
    """An application with a desk that can be changed.

    Args:
        desk: any; the first one.
        is_protected: whether its door stands before it; else everybody is the person that was put.
    """

    def __init__(self, desk: DeskServices, *, is_protected: bool) -> None:
        self.person = CLERK
        self._sign_in, self._rates = _SignIn(), _Rates()
        if is_protected:
            guarded = replace(desk, sign_in=cast("SignIn", self._sign_in))
            self._app = make_protected_app(guarded, self._rates)
        else:
            self._app = make_app(desk, middleware=[_everybody(self)])

    def put(self, desk: DeskServices, person: Person = CLERK) -> None:
        """Another desk stands behind the application from now on; what it remembered is forgotten."""
        state = self._app.state
        state["desk"], state["pages"] = desk, replace(state["pages"], desk=desk)
        state.pop("reuse_answers", None)
        self.person, self._sign_in.present, self._rates.present = person, desk.sign_in, Rates(desk.clock)

    @contextmanager
    def client(self, desk: DeskServices, person: Person = CLERK) -> Iterator[TestClient[Litestar]]:
        """A browser before a desk."""
        self.put(desk, person)
        with TestClient(self._app, raise_server_exceptions=False) as asked:
            yield asked


def _everybody(shared: SharedApp) -> type[AbstractAuthenticationMiddleware]:
    """Everybody is the person that the desk was told of."""

    class Everybody(AbstractAuthenticationMiddleware):
        async def authenticate_request(self, connection: Connection) -> AuthenticationResult:
            return AuthenticationResult(user=shared.person, auth=None)

    return Everybody
