"""The desk behind its door."""

from __future__ import annotations

from litestar import Litestar

from reception.app import make_app
from reception.auth.door import Door
from reception.auth.guards import require_branch, require_person
from reception.auth.rates import Rates
from reception.services import DeskServices


def make_protected_app(desk: DeskServices, rates: Rates | None = None) -> Litestar:
    """Makes the application as it is served: nobody passes without signing in.

    Args:
        desk: what screens stand on.
        rates: counts requests; one of its own where none is given.
    """
    door = Door(desk.sign_in, rates or Rates(desk.clock))
    return make_app(desk, middleware=[door], guards=[require_person, require_branch])
