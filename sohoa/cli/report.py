"""``sohoa report``: the weekly report, from draft to signature."""

from __future__ import annotations

from pathlib import Path

import click
from rich.table import Table

from dossiers.agencies import load_agencies
from dossiers.local_time import day_in_vietnam
from dossiers.reports.figures_json import figures_to_json
from dossiers.reports.report_week import ReportWeek
from dossiers.reports.sheet import Sheet, sheets_of
from dossiers.reports.weekly import ReportState, WeeklyReport, Written
from dossiers.reports.weekly_desk import WeeklyDesk
from pipeline.sheets.xlsx import write_xlsx
from sohoa.cli.session import Session, pass_session
from sohoa.clock import utc_now
from sohoa.reporting import make_weekly_desk

_WEEK = click.option("--week", "week_text", help="Week as 2026-W48; default the present one.")
_UNIT = click.option("--unit", help="Identifier of the receiving point; default the setting agency.")


@click.group()
def report() -> None:
    """Drafts, exports and signs the weekly report, due at 16:00 every Friday.

    \b
    Examples:
      sohoa report weekly
      sohoa report weekly --difficulties "Không" --proposals "Thêm máy quét" --xlsx tuan48.xlsx
      sohoa report sign --by "Lê Văn Chủ Nhiệm"
    """


@report.command()
@_WEEK
@_UNIT
@click.option("--by", "drafter", default="", help="Name of who drafts it; recorded with the first draft.")
@click.option("--deployment", help="Part (a): state of deployment.")
@click.option("--difficulties", help="Part (d): difficulties.")
@click.option("--proposals", help="Part (e): proposals.")
@click.option("--xlsx", type=click.Path(path_type=Path, dir_okay=False), help="Also write it as XLSX.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_session
def weekly(
    session: Session,
    week_text: str | None,
    unit: str | None,
    drafter: str,
    deployment: str | None,
    difficulties: str | None,
    proposals: str | None,
    xlsx: Path | None,
    as_json: bool,
) -> None:
    """Makes or recounts the draft of a week and shows it; a signed report is shown as it was signed.

    \b
    Examples:
      sohoa report weekly --week 2026-W48
      sohoa report weekly --difficulties "Không" --proposals "Không" --xlsx tuan48.xlsx
    """
    said = {"deployment": deployment, "difficulties": difficulties, "proposals": proposals}
    with session.open() as application:
        desk, code = make_weekly_desk(application), unit or session.settings.agency
        made = desk.draft(code, _week(week_text), drafter)
        if any(each is not None for each in said.values()):
            made = desk.write(code, made.week, _merged(made.written, said))
        _show(session, made, desk, xlsx, as_json=as_json)


@report.command()
@_WEEK
@_UNIT
@click.option("--by", "signer", required=True, help="Name of who signs; it is recorded.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_session
def sign(session: Session, week_text: str | None, unit: str | None, signer: str, as_json: bool) -> None:
    """Signs the draft of a week; from then on it never changes.

    \b
    Example:
      sohoa report sign --week 2026-W48 --by "Lê Văn Chủ Nhiệm"
    """
    with session.open() as application:
        desk = make_weekly_desk(application)
        signed = desk.sign(unit or session.settings.agency, _week(week_text), signer)
        _show(session, signed, desk, None, as_json=as_json)


def _week(text: str | None) -> ReportWeek:
    return ReportWeek.parse(text) if text else ReportWeek.at(utc_now())


def _merged(present: Written, said: dict[str, str | None]) -> Written:
    return Written(
        deployment=present.deployment if said["deployment"] is None else said["deployment"],
        difficulties=present.difficulties if said["difficulties"] is None else said["difficulties"],
        proposals=present.proposals if said["proposals"] is None else said["proposals"],
    )


def _show(
    session: Session, made: WeeklyReport, desk: WeeklyDesk, xlsx: Path | None, *, as_json: bool
) -> None:
    agencies = load_agencies(session.settings.data_dir)
    sheets = sheets_of(made, agencies.on(made.unit, day_in_vietnam(utc_now())).name)
    if xlsx is not None:
        xlsx.write_bytes(write_xlsx(sheets))
    if as_json:
        session.print_json(_as_json(made))
        return
    for sheet in sheets:
        _print(session, sheet)
    if made.state is ReportState.DRAFT:
        session.remark(
            f"report_{desk.urgency(made.week).value}", deadline=f"16:00 {made.week.friday:%d/%m/%Y}"
        )
    elif made.is_late:
        session.remark("report_late")


def _print(session: Session, sheet: Sheet) -> None:
    table = Table(title=sheet.title.replace("[", "("), title_justify="left")
    for head in sheet.heads:
        table.add_column(head, overflow="fold")
    for row in sheet.rows:
        table.add_row(*(_shown(cell).replace("[", "(") for cell in row))
    session.out.print(table)
    for note in sheet.notes:
        session.out.print(note, markup=False, highlight=False)


def _shown(cell: str | int | float | None) -> str:
    if cell is None:
        return "–"
    return f"{100 * cell:.1f} %".replace(".", ",") if isinstance(cell, float) else str(cell)


def _as_json(made: WeeklyReport) -> dict[str, object]:
    return {
        "unit": made.unit,
        "week": str(made.week),
        "revision": made.revision,
        "state": made.state.value,
        "is_late": made.is_late,
        "signed_by": made.signed_by,
        "deployment": made.written.deployment,
        "difficulties": made.written.difficulties,
        "proposals": made.written.proposals,
        "figures": figures_to_json(made.figures),
    }
