"""The desk over real stores in a temporary folder, asked without a network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.middleware.authentication import AbstractAuthenticationMiddleware, AuthenticationResult
from litestar.testing import TestClient

from dossiers.permissions import RIGHTS, Role
from reception.app import make_app
from reception.frame.person import Connection, Person
from reception.services import DeskServices
from sohoa.bootstrap import Application, bootstrap
from sohoa.desk_wiring import make_desk
from sohoa.office import make_office
from sohoa.settings import Settings

MAY = frozenset(each.value for each in RIGHTS[Role.CLERK])
CLERK = Person(account_id="a1", name="Trần Thị Cán Bộ", role="clerk", branch="H29.119", permissions=MAY)


class FixedPerson(AbstractAuthenticationMiddleware):
    """Everybody is the same clerk."""

    async def authenticate_request(self, connection: Connection) -> AuthenticationResult:
        return AuthenticationResult(user=CLERK, auth=None)


@pytest.fixture
def application(tmp_path: Path) -> Iterator[Application]:
    settings = Settings(data_dir=tmp_path / "data", agency="H29.119", counter="Quầy 2", workers=1)
    with bootstrap(settings) as made:
        yield made


@pytest.fixture
def services(application: Application) -> DeskServices:
    return make_desk(application, make_office(application))


@pytest.fixture
def client(services: DeskServices) -> Iterator[TestClient[Litestar]]:
    with TestClient(make_app(services, middleware=[FixedPerson]), raise_server_exceptions=False) as asked:
        yield asked
