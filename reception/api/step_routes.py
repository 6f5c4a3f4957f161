"""Steps of a dossier that were given up: what they are, and doing them once more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from dossiers.given_up import given_up
from dossiers.permissions import Permission
from dossiers.ports import UnitOfWork
from reception.api.dossier_routes import find_dossier
from reception.auth.door import identity_of
from reception.frame.pages import DeskRequest
from reception.services import DeskServices

_READ: Final = {"permission": Permission.DOSSIER_READ}
_WRITE: Final = {"permission": Permission.DOSSIER_WRITE}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """A step: ``subject`` names it, the dossier or a document of it; ``reason`` is a stable code."""

    subject: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepToRetry:
    """The subject of a step that was given up."""

    subject: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


@get("/dossiers/{code:str}/stuck-steps", opt=_READ, sync_to_thread=True)
def stuck_steps(code: FromPath[str], desk: NamedDependency[DeskServices]) -> list[StepView]:
    """Lists the steps of a dossier that were given up; its pages are read, its papers are not ready."""
    with desk.records.transaction() as work:
        return _steps(work, find_dossier(work, code).dossier_id)


@post("/dossiers/{code:str}/stuck-steps/retry", opt=_WRITE, sync_to_thread=True, status_code=200)
def retry_step(
    request: DeskRequest,
    code: FromPath[str],
    data: JSONBody[StepToRetry],
    desk: NamedDependency[DeskServices],
) -> list[StepView]:
    """Does a step once more and tells what else is given up; 404 where it is not given up any more."""
    with desk.records.transaction() as work:
        found = find_dossier(work, code)
    desk.retrying.retry_step(found.dossier_id, data.subject, identity_of(request).account.account_id)
    with desk.records.transaction() as work:
        return _steps(work, found.dossier_id)


def _steps(work: UnitOfWork, dossier_id: str) -> list[StepView]:
    return [StepView(subject=each.subject_id, reason=each.reason) for each in given_up(work, dossier_id)]
