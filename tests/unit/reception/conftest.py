"""The desk over real stores in a temporary folder, asked without a network."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from httpx import Response
from litestar import Litestar
from litestar.testing import TestClient

from dossiers.account_desk import AccountDesk, NewAccount
from dossiers.batch_desk import BatchDesk
from dossiers.permissions import Permission, Role
from dossiers.retrying import Retrying
from dossiers.sign_in import SignIn
from dossiers.steward import Steward
from dossiers.testing import FixedClock, MemoryRecordStore, ScryptHasher
from reception.services import DeskServices
from sohoa.bootstrap import Application, bootstrap
from sohoa.desk_wiring import make_desk
from sohoa.office import make_office
from sohoa.settings import Settings

from .shared_desk import SharedApp

computer = Steward.of_computer


@pytest.fixture
def application(tmp_path: Path) -> Iterator[Application]:
    settings = Settings(data_dir=tmp_path / "data", agency="H29.119", counter="Quầy 2", workers=1)
    with bootstrap(settings) as made:
        yield made


@pytest.fixture
def services(application: Application) -> DeskServices:
    return make_desk(application, make_office(application))


@pytest.fixture(scope="session")
def open_app(idle_services: DeskServices) -> SharedApp:
    """The application without a door: a test says who asks."""
    return SharedApp(idle_services, is_protected=False)


@pytest.fixture(scope="session")
def protected_app(idle_services: DeskServices) -> SharedApp:
    """The application as it is served."""
    return SharedApp(idle_services, is_protected=True)


@pytest.fixture
def client(open_app: SharedApp, services: DeskServices) -> Iterator[TestClient[Litestar]]:
    """Everybody is the same clerk."""
    with open_app.client(services) as asked:
        yield asked


PASSWORD = "con mèo ngủ trên mái nhà"


@dataclass(frozen=True)
class Visitor:
    """A browser before the desk as it is served, door and all."""

    client: TestClient[Litestar]

    def sign_in(self, name: str, password: str = PASSWORD, back: str = "") -> Response:
        token = self.token("/sign-in")
        form = {"_csrf_token": token, "name": name, "password": password, "back": back}
        return self.client.post("/sign-in", data=form, follow_redirects=False)

    def token(self, path: str = "/confirm-again") -> str:
        found = re.search(r'name="csrf-token" content="([^"]*)"', self.client.get(path).text)
        return found[1] if found else ""

    def post(self, path: str, form: dict[str, str] | None = None) -> Response:
        return self.client.post(
            path, data=form or {}, headers={"X-CSRF-Token": self.token()}, follow_redirects=False
        )


@dataclass(frozen=True)
class GuardedDesk:
    """The desk behind its door, with a clock that can be moved and accounts that are quickly made.

    ``put`` changes the desk behind the door that all its visitors stand before.
    """

    services: DeskServices
    clock: FixedClock
    visitor: Visitor
    put: Callable[[DeskServices], None]

    def another_visitor(self) -> Visitor:
        app = self.visitor.client.app
        return Visitor(TestClient(app, raise_server_exceptions=False))

    def add(self, name: str, role: Role, *grants: Permission, branch: str = "H29.119") -> None:
        new = NewAccount(
            name=name, shown_name=f"Người {name}", role=role, branch=branch, grants=frozenset(grants)
        )
        self.services.accounts.create(new, PASSWORD, by=computer("test"))

    def token(self, name: str, *scopes: Permission) -> dict[str, str]:
        """Headers of a program that acts for an account."""
        _, secret = self.services.accounts.make_token(
            name, "test", scopes or tuple(Permission), by=computer("test")
        )
        return {"Authorization": f"Bearer {secret}"}


@pytest.fixture(scope="session")
def idle_services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskServices]:
    """Use cases made once: for tests that bring records of their own."""
    data = tmp_path_factory.mktemp("desk")
    with bootstrap(
        Settings(data_dir=data, agency="H29.119", workers=1, webhook_hosts=("nghe.example.vn",))
    ) as made:
        yield make_desk(made, make_office(made))


@pytest.fixture
def guarded(idle_services: DeskServices, protected_app: SharedApp) -> Iterator[GuardedDesk]:
    """A desk whose door is real; accounts and dossiers are in memory."""
    clock, hasher, records = FixedClock(datetime.now(UTC)), ScryptHasher(), MemoryRecordStore()
    parts = {"records": records, "passwords": hasher, "clock": clock}
    desk = replace(
        idle_services,
        records=records,
        clock=clock,
        sign_in=SignIn(**parts),
        accounts=AccountDesk(**parts),
        batches=BatchDesk(records=records, clock=clock),
        webhooks=replace(idle_services.webhooks, records=records, clock=clock),
        retrying=Retrying(records=records, clock=clock),
    )
    with protected_app.client(desk) as client:
        yield GuardedDesk(desk, clock, Visitor(client), protected_app.put)


@pytest.fixture(scope="session")
def open_office(idle_services: DeskServices) -> Iterator[GuardedDesk]:
    """A desk over real stores, made once: clerks ``hoa`` and ``other`` of two branches, ``an``."""
    clock = FixedClock(datetime.now(UTC))
    parts = {"records": idle_services.records, "passwords": ScryptHasher(), "clock": clock}
    desk = replace(idle_services, clock=clock, sign_in=SignIn(**parts), accounts=AccountDesk(**parts))
    app = SharedApp(desk, is_protected=True)
    with app.client(desk) as client:
        office = GuardedDesk(desk, clock, Visitor(client), app.put)
        office.add("hoa", Role.CLERK)
        office.add("other", Role.CLERK, Permission.ORIGINAL_READ, branch="H26.7")
        office.add("chief", Role.CLERK, Permission.ALL_BRANCHES, branch="H26.7")
        office.add("an", Role.ADMINISTRATOR)
        yield office


@pytest.fixture
def office(open_office: GuardedDesk) -> GuardedDesk:
    open_office.clock.advance(60)  # rates fill again
    return open_office
