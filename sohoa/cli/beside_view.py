"""Shows the pages of a dossier that are kept beside its papers."""

from __future__ import annotations

from sohoa.cli.session import Session
from sohoa.report import BesideLine, DossierReport


def show_beside(session: Session, report: DossierReport) -> None:
    """Prints what was set aside and why, and what a rescan replaced; nothing where there is none."""
    say = session.messages.say
    if report.aside:
        _line(session, say("aside_pages") + ":")
    for place, line in enumerate(report.aside, start=1):
        _line(session, f"  {place}. {_file(line)}: {', '.join(_aside_remarks(session, line))}")
    if report.aside:
        _line(session, "  " + say("aside_how", code=report.dossier.code))
    if report.replaced:
        _line(session, say("replaced_pages") + ":")
    for line in report.replaced:
        told = say("replaced_line", number=line.page.number, file=_file(line))
        remarks = "; ".join(session.messages.issue(code) for code in line.flags)
        _line(session, f"  {told} ({remarks})" if remarks else f"  {told}")


def _aside_remarks(session: Session, line: BesideLine) -> list[str]:
    reason = session.messages.texts.get(f"aside_{line.reason}", line.reason)
    others = [code for code in line.flags if code != "BLANK" or line.reason != "SEPARATOR_BACK"]
    return [reason, *(session.messages.issue(code) for code in others)]


def _file(line: BesideLine) -> str:
    return f"{line.file_name}#{line.page.index + 1}"


def _line(session: Session, text: str) -> None:
    session.out.print(text, markup=False, highlight=False, soft_wrap=True)
