"""Figures and weekly reports."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Final

import msgspec
from litestar import Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from dossiers.codes.agency_code import AgencyCode
from dossiers.errors import InputCode, InputError, StaleVersion
from dossiers.identity import Identity, not_allowed
from dossiers.local_time import VIETNAM
from dossiers.permissions import Permission
from dossiers.rate import Rate
from dossiers.reports.figures import Figures
from dossiers.reports.report_week import ReportWeek
from dossiers.reports.weekly import MOST_TEXT, WeeklyReport, Written
from reception.api.once import IdempotencyKey, answer_once
from reception.auth.door import identity_of
from reception.frame.pages import DeskRequest
from reception.reports.sheet_file import XLSX, xlsx_of
from reception.services import DeskServices

_READ: Final = {"permission": Permission.REPORT_READ}
_SIGN: Final = {"permission": Permission.REPORT_SIGN}
#: Longest period that is counted at once, days.
_MOST_DAYS: Final = 366
#: Weeks that are looked through, ten years.
_MOST_WEEKS: Final = 530
Part = Annotated[str, msgspec.Meta(max_length=MOST_TEXT)]


@dataclass(frozen=True, slots=True, kw_only=True)
class RateView:
    """A rate; ``percent`` is null where the denominator is 0: unknown, not zero."""

    numerator: int
    denominator: int
    percent: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresView:
    """What was counted: ``counts`` by the names of docs/design/reports.md, rates, procedures."""

    unit: str
    counts: dict[str, int]
    waiting: dict[str, int | None]
    rates: dict[str, RateView]
    procedures: list[dict[str, str | int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyView:
    """The newest revision of the report of a week; ``version`` is what a change must be based on."""

    week: str
    deadline: datetime
    urgency: str
    revision: int
    state: str
    version: int
    deployment: str
    difficulties: str
    proposals: str
    signed_by: str
    signed_at: datetime | None
    late: bool
    figures: FiguresView


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenParts:
    """The parts that people write; ``version`` is the one that was read before."""

    version: int
    deployment: Part = ""
    difficulties: Part = ""
    proposals: Part = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """``version`` is the one that was read before."""

    version: int


@get("/reports/figures", opt=_READ, sync_to_thread=True)
def figures(
    request: DeskRequest,
    first: FromQuery[date],
    last: FromQuery[date],
    desk: NamedDependency[DeskServices],
    branch: FromQuery[str] = "",
) -> FiguresView:
    """Counts the days from ``first`` to ``last`` (Viet Nam), of the own branch or one below it."""
    unit = _unit(identity_of(request), branch)
    if not 0 <= (last - first).days < _MOST_DAYS:
        raise InputError(InputCode.BAD_VALUE, f"1 to {_MOST_DAYS} days")
    start = datetime.combine(first, datetime.min.time(), VIETNAM)
    end = datetime.combine(last + timedelta(days=1), datetime.min.time(), VIETNAM)
    return _figures_view(unit, desk.weekly.figures(unit, start, end))


@get("/reports/weekly/{week:str}", opt=_READ, sync_to_thread=True)
def weekly_report(
    request: DeskRequest,
    week: FromPath[str],
    desk: NamedDependency[DeskServices],
    branch: FromQuery[str] = "",
) -> WeeklyView:
    """The report of a week, ``2026-W48``; without one, what its draft would be. Looking writes nothing."""
    identity, asked = identity_of(request), ReportWeek.parse(week)
    unit = _unit(identity, branch)
    return _view(desk, desk.weekly.preview(unit, asked, identity.account.shown_name))


@post("/reports/weekly/{week:str}", opt=_SIGN, sync_to_thread=True, status_code=201)
def draft_weekly(
    request: DeskRequest,
    week: FromPath[str],
    idempotency_key: IdempotencyKey,
    desk: NamedDependency[DeskServices],
) -> Response[WeeklyView]:
    """Makes the draft of the own branch, or counts an unsigned one anew."""
    identity, asked = identity_of(request), ReportWeek.parse(week)
    by = identity.account.shown_name

    def act() -> WeeklyView:
        return _view(desk, desk.weekly.draft(identity.account.branch, asked, by))

    return answer_once(desk, identity, idempotency_key, ["weekly", str(asked)], act)


@put("/reports/weekly/{week:str}", opt=_SIGN, sync_to_thread=True)
def write_weekly(
    request: DeskRequest,
    week: FromPath[str],
    data: JSONBody[WrittenParts],
    desk: NamedDependency[DeskServices],
) -> WeeklyView:
    """Keeps the written parts of the own draft; 409 where somebody wrote since. People sign."""
    identity, asked = identity_of(request), ReportWeek.parse(week)
    written = Written(deployment=data.deployment, difficulties=data.difficulties, proposals=data.proposals)
    return _view(desk, desk.weekly.write(identity.account.branch, asked, written, data.version))


@get("/reports/weekly", opt=_READ, sync_to_thread=True)
def weekly_reports(
    request: DeskRequest,
    desk: NamedDependency[DeskServices],
    branch: FromQuery[str] = "",
    before: FromQuery[str] = "",
    limit: Annotated[int, QueryParameter(ge=1, le=53)] = 12,
) -> list[WeeklyView]:
    """Lists the newest revision of each week, the latest week first; ``before`` a week of the last answer."""
    unit = _unit(identity_of(request), branch)
    end = str(ReportWeek.parse(before)) if before else ""
    found = desk.weekly.recent(unit, _MOST_WEEKS)
    return [_view(desk, each) for each in found if not end or str(each.week) < end][:limit]


@get(
    "/reports/weekly/{week:str}/xlsx",
    opt={**_READ, "answers": XLSX},
    sync_to_thread=True,
)
def weekly_xlsx(
    request: DeskRequest,
    week: FromPath[str],
    desk: NamedDependency[DeskServices],
    branch: FromQuery[str] = "",
) -> Response[bytes]:
    """The report as a file for spreadsheet programs."""
    identity, asked = identity_of(request), ReportWeek.parse(week)
    report = desk.weekly.preview(_unit(identity, branch), asked, identity.account.shown_name)
    return xlsx_of(desk, report)


@post("/reports/weekly/{week:str}/signature", opt=_SIGN, sync_to_thread=True, status_code=201)
def sign_weekly(
    request: DeskRequest,
    week: FromPath[str],
    data: JSONBody[Signing],
    idempotency_key: IdempotencyKey,
    desk: NamedDependency[DeskServices],
) -> Response[WeeklyView]:
    """Signs the own draft, as it was read; a person does, with a session: tokens of programs sign nothing.

    409 where somebody wrote since, where parts are empty, or where it is signed.
    """
    identity, asked = identity_of(request), ReportWeek.parse(week)
    if identity.is_program:
        raise not_allowed(Permission.REPORT_SIGN)
    unit, by = identity.account.branch, identity.account.shown_name

    def act() -> WeeklyView:
        report = desk.weekly.find(unit, asked)
        if report is not None and report.version != data.version:
            raise StaleVersion(f"report of {asked}")
        return _view(desk, desk.weekly.sign(unit, asked, by))

    return answer_once(desk, identity, idempotency_key, ["sign", str(asked), data], act)


@post("/reports/weekly/{week:str}/revisions", opt=_SIGN, sync_to_thread=True, status_code=201)
def revise_weekly(
    request: DeskRequest,
    week: FromPath[str],
    idempotency_key: IdempotencyKey,
    desk: NamedDependency[DeskServices],
) -> Response[WeeklyView]:
    """Begins a correction of a signed report; the signed one stays as it is."""
    identity, asked = identity_of(request), ReportWeek.parse(week)

    def act() -> WeeklyView:
        revised = desk.weekly.revise(identity.account.branch, asked, identity.account.shown_name)
        return _view(desk, revised)

    return answer_once(desk, identity, idempotency_key, ["revise", str(asked)], act)


def _unit(identity: Identity, branch: str) -> str:
    if not branch:
        return identity.account.branch
    unit = str(AgencyCode.parse(branch))
    if not identity.sees_branch([unit]):
        raise InputError(InputCode.BAD_AGENCY_CODE, "not a branch of this account")
    return unit


def _view(desk: DeskServices, report: WeeklyReport) -> WeeklyView:
    return WeeklyView(
        week=str(report.week),
        deadline=report.week.deadline,
        urgency=desk.weekly.urgency(report.week).value,
        revision=report.revision,
        state=report.state.value,
        version=report.version,
        deployment=report.written.deployment,
        difficulties=report.written.difficulties,
        proposals=report.written.proposals,
        signed_by=report.signed_by,
        signed_at=report.signed_at,
        late=report.is_late,
        figures=_figures_view(report.unit, report.figures),
    )


def _figures_view(unit: str, figures: Figures) -> FiguresView:
    told: dict[str, Any] = asdict(figures)
    counts = {name: value for name, value in told.items() if isinstance(value, int)}
    return FiguresView(
        unit=unit,
        counts={**counts, "not_digitized": figures.not_digitized},
        waiting=told["waiting"],
        rates={
            "reuse": _rate(figures.reuse_rate),
            "digitized": _rate(figures.digitized_rate),
            "on_time": _rate(figures.on_time_rate),
            "results": _rate(figures.result_rate),
        },
        procedures=list(told["procedures"]),
    )


def _rate(rate: Rate) -> RateView:
    known = rate.numerator / rate.denominator if rate.denominator else None
    percent = None if known is None else round(100 * known, 2)
    return RateView(numerator=rate.numerator, denominator=rate.denominator, percent=percent)
