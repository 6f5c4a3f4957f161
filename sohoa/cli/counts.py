"""``sohoa counts``: what was not asked for, and the rates."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import click
from rich.table import Table

from dossiers.counting import Counts, count
from dossiers.coverage import Coverage
from dossiers.file_flags import flags_of, reuse_values
from dossiers.local_time import day_in_vietnam
from dossiers.rate import Rate
from sohoa.bootstrap import Application
from sohoa.cli.lookup import find_dossier
from sohoa.cli.session import Session, pass_session
from sohoa.clock import utc_now
from sohoa.reporting import replaceable_in

_DAY = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y"])


@click.command()
@click.option("--from", "first", type=_DAY, help="First day; default Monday of this week.")
@click.option("--to", "last", type=_DAY, help="Last day; default today.")
@click.option("--dossier", help="Instead: the flags that the national portal wants of this dossier's files.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_session
def counts(
    session: Session, first: datetime | None, last: datetime | None, dossier: str | None, as_json: bool
) -> None:
    """Counts papers and pages that people were not asked for, by procedure, point and week.

    \b
    Examples:
      sohoa counts
      sohoa counts --from 01/11/2026 --to 30/11/2026
      sohoa counts --dossier H29.119-261127-0002
    """
    today = day_in_vietnam(utc_now())
    end = last.date() if last else today
    start = first.date() if first else end - timedelta(days=end.weekday())
    with session.open() as application:
        if dossier:
            _flags(session, application, dossier)
            return
        figures = _count(application, start, end)
    if as_json:
        session.print_json(_as_json(figures))
    else:
        _show(session, figures)


def _count(application: Application, first: date, last: date) -> Counts:
    return count(application.records, first, last, replaceable_in(application))


def _flags(session: Session, application: Application, code: str) -> None:
    dossier_id = find_dossier(application.records, code).dossier_id
    with application.records.transaction() as work:
        flags = flags_of(work, dossier_id)
    values = reuse_values()
    session.print_json([each.to_portal(values) for each in flags])


def _show(session: Session, figures: Counts) -> None:
    say = session.messages.say
    table = Table(
        title=say("counts_title", first=f"{figures.first:%d/%m/%Y}", last=f"{figures.last:%d/%m/%Y}")
    )
    for key in ("procedure", "branch", "week", "counts_dossiers", "counts_papers", "counts_pages"):
        table.add_column(say(key), overflow="fold")
    for each in figures.saved:
        table.add_row(
            each.procedure_code, each.branch, each.week, str(each.dossiers), str(each.papers), str(each.pages)
        )
    session.out.print(table)
    for key, rate in (("reuse", figures.reuse), ("cut", figures.cut), ("digitized", figures.digitized)):
        session.out.print(say(f"rate_{key}", rate=_shown(session, rate)), markup=False, highlight=False)
    session.out.print(
        say("counts_total", papers=figures.papers, pages=figures.pages, overruled=figures.overruled),
        markup=False,
        highlight=False,
    )
    _show_coverage(session, figures.coverage)


def _show_coverage(session: Session, coverage: Coverage) -> None:
    say = session.messages.say
    rate = Rate(numerator=coverage.captured, denominator=coverage.due)
    session.out.print(say("rate_captured", rate=_shown(session, rate)), markup=False, highlight=False)
    if not coverage.exceptions:
        return
    table = Table(title=say("uncaptured_title"))
    for key in ("procedure", "component", "policy", "uncaptured_why", "counts_dossiers"):
        table.add_column(say(key), overflow="fold")
    for each in coverage.exceptions:
        policy, why = say(f"policy_{each.policy}"), say(f"uncaptured_{each.why.value}")
        name = each.component.replace("[", "\\[")
        table.add_row(each.procedure_code, name, policy, why, str(each.dossiers))
    session.out.print(table)


def _shown(session: Session, rate: Rate) -> str:
    if rate.value is None:
        return session.messages.say("rate_unknown")
    share = f"{100 * rate.value:.1f}"
    if session.messages.language == "vi":
        share = share.replace(".", ",")
    return f"{share} % ({rate.numerator}/{rate.denominator})"


def _as_json(figures: Counts) -> dict[str, object]:
    return {
        "from": figures.first.isoformat(),
        "to": figures.last.isoformat(),
        "papers": figures.papers,
        "pages": figures.pages,
        "overruled": figures.overruled,
        "saved": [
            {
                "procedure": each.procedure_code,
                "branch": each.branch,
                "week": each.week,
                "dossiers": each.dossiers,
                "papers": each.papers,
                "pages": each.pages,
            }
            for each in figures.saved
        ],
        "exceptions": [
            {
                "procedure": each.procedure_code,
                "component": each.component,
                "policy": each.policy,
                "why": each.why.value,
                "dossiers": each.dossiers,
            }
            for each in figures.coverage.exceptions
        ],
        "rates": {
            name: {"numerator": rate.numerator, "denominator": rate.denominator, "value": rate.value}
            for name, rate in (
                ("reuse", figures.reuse),
                ("cut", figures.cut),
                ("digitized", figures.digitized),
                ("captured", Rate(numerator=figures.coverage.captured, denominator=figures.coverage.due)),
            )
        },
    }
