"""Shows dossier reports to people."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from rich.table import Table

from dossiers.consistency import Place
from dossiers.document import Document, DocumentState
from dossiers.document_names import document_name, type_name
from dossiers.document_types import BLANK
from dossiers.page import PageState
from dossiers.reading import FieldValue, Outcome, PageReading
from dossiers.slot import Slot
from sohoa.cli.beside_view import show_beside
from sohoa.cli.session import Session
from sohoa.report import DossierReport, PageLine

_ISO_DAY: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
#: A smaller angle is not called a correction, degrees.
_STRAIGHT: Final = 0.1
#: What the station says of a page that shows nothing.
_BLANK_FLAG: Final = "BLANK"


def show_report(session: Session, report: DossierReport, *, brief: bool) -> None:
    """Prints a dossier: its slots, other papers, values, pages and what is missing."""
    say = session.messages.say
    dossier = report.dossier
    procedure = f"{dossier.procedure_code} {report.procedure_name}".strip()
    _heading(session, say("dossier_heading", code=dossier.code), dossier.title)
    _line(session, say("procedure"), procedure if dossier.procedure_code else say("no_procedure"))
    _line(session, say("state"), say(f"state_{dossier.state.value}"))
    if not brief:
        show_slots(session, report)
        _show_evidence(session, report)
        _show_remarks(session, report)
        session.out.print(_field_table(session, report))
        session.out.print(_page_table(session, report))
        show_beside(session, report)
        _show_doubts(session, report)
        _show_marks(session, report)
    names = "; ".join(slot.rule.name for slot in report.missing)
    session.out.print(say("missing", names=names) if names else say("missing_none"), markup=False)
    for refusal in report.refusals:
        session.out.print(f"{say('refused')}: {refusal.name} – {refusal.code}", markup=False)


def show_slots(session: Session, report: DossierReport) -> None:
    """Prints the checklist, the papers that fill no slot, and why each is where it is."""
    if report.slots:
        session.out.print(_slot_table(session, report))
    if report.other_papers:
        session.out.print(_papers_table(session, report))
    _show_explanations(session, report)


def show_totals(session: Session, reports: Sequence[DossierReport], wall_seconds: float) -> None:
    """Prints what a run did in all."""
    readings = [line.reading for report in reports for line in report.pages if line.reading]
    session.out.print()
    session.out.print(
        session.messages.say(
            "totals",
            dossiers=len(reports),
            pages=sum(len(report.pages) for report in reports),
            turned=sum(reading.rotated_degrees != 0 for reading in readings),
            straightened=sum(abs(reading.skew_degrees) >= _STRAIGHT for reading in readings),
            seconds=sum(reading.seconds for reading in readings) / max(1, len(readings)),
            wall=wall_seconds,
        ),
        markup=False,
    )
    partial = any(report.is_partial for report in reports)
    session.out.print(session.messages.say("status_partial" if partial else "status_success"), markup=False)
    session.out.print(session.messages.say("kept_in", path=session.settings.data_dir), markup=False)


def _heading(session: Session, text: str, title: str) -> None:
    session.out.print()
    session.out.rule(f"{text} – {title}".replace("[", "("), align="left")


def _line(session: Session, label: str, text: str) -> None:
    session.out.print(f"{label}: {text}", markup=False, highlight=False)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _slot_table(session: Session, report: DossierReport) -> Table:
    say = session.messages.say
    table = _table(
        say("slots"), say("slot"), say("policy"), say("filled_by"), say("pages"), say("confidence")
    )
    for slot in report.slots:
        rule = slot.rule
        policy = say(f"policy_{rule.policy}")
        if slot.document_id is None:
            table.add_row(_plain(rule.name), policy, _empty_slot(session, report, slot), "", "")
        else:
            table.add_row(
                _plain(rule.name), policy, *_paper_cells(session, report, report.document(slot.document_id))
            )
    return table


def _empty_slot(session: Session, report: DossierReport, slot: Slot) -> str:
    if (origin := report.reused.get(slot.rule.key)) is not None:
        return _plain(session.messages.say("slot_reused", origin=origin))
    if slot.rule.is_required:
        return f"[bold]{session.messages.say('slot_missing')}[/bold]"
    key = "slot_present_only" if slot.rule.policy == "present_only" else "slot_optional"
    return session.messages.say(key)


def _show_explanations(session: Session, report: DossierReport) -> None:
    if report.explanations:
        session.out.print(session.messages.say("explanations"), style="bold")
    for each in report.explanations:
        told = each.vi if session.messages.language == "vi" else each.en
        session.out.print(f"  - {told}", markup=False, highlight=False)


def _show_remarks(session: Session, report: DossierReport) -> None:
    """Prints what does not fit together, with both places."""
    say = session.messages.say
    if report.remarks:
        session.out.print(say("remarks"), style="bold")
    for remark in report.remarks:
        places = " – ".join(_place(session, report, place) for place in remark.places)
        session.out.print(f"  - {say(f'remark_{remark.kind}')}: {places}", markup=False, highlight=False)


def _place(session: Session, report: DossierReport, place: Place) -> str:
    document, page = report.document(place.document_id), report.page_of(place)
    where = [f"{document.ordinal}. {document_name(document, session.messages.language)}"]
    where += [session.messages.say("page_line", number=page)] if page is not None else []
    where.append(session.messages.field(place.value.name))
    return f"{_shown(session, place.value.value or '')} ({', '.join(where)})"


def _show_evidence(session: Session, report: DossierReport) -> None:
    """Prints the line that told the type of each document and how sure it is, or that a clerk did."""
    say = session.messages.say
    lines = [
        f"{document.ordinal}. {document_name(document, session.messages.language)}: {told}"
        for document in report.documents
        if document.type_id != BLANK and (told := _evidence(session, document))
    ]
    if lines:
        session.out.print(say("evidence"), style="bold")
    for line in lines:
        session.out.print(f"  {line}", markup=False, highlight=False)


def _evidence(session: Session, document: Document) -> str:
    if document.state is DocumentState.CONFIRMED:
        return session.messages.say("evidence_clerk")
    if not document.evidence:
        return ""
    return session.messages.say(
        "evidence_line", line=document.evidence, confidence=f"{document.confidence:.2f}"
    )


def _papers_table(session: Session, report: DossierReport) -> Table:
    say = session.messages.say
    table = _table(say("other_papers"), say("filled_by"), say("pages"), say("confidence"))
    for document in report.other_papers:
        table.add_row(*_paper_cells(session, report, document))
    return table


def _paper_cells(session: Session, report: DossierReport, document: Document) -> tuple[str, str, str]:
    pages = ", ".join(str(number) for number in report.page_numbers(document))
    name = document_name(document, session.messages.language)
    told = ", ".join(session.messages.issue(code) for code in document.issues)
    issues = f" ({told})" if told else ""
    return _plain(f"{document.ordinal}. {name}{issues}"), pages, f"{document.confidence:.2f}"


def _field_table(session: Session, report: DossierReport) -> Table:
    say = session.messages.say
    table = _table(
        say("fields"), say("document"), say("field"), say("value"), say("source"), say("confidence")
    )
    for document in report.documents:
        name = f"{document.ordinal}. {document_name(document, session.messages.language)}"
        for value in document.fields:
            if value.value is not None:
                shown = (
                    session.messages.field(value.name),
                    _plain(_shown(session, value.value) + _perhaps(session, value)),
                    value.source.value,
                    f"{value.confidence:.2f}",
                )
                table.add_row(_plain(name), *shown)
                name = ""
    return table


def _perhaps(session: Session, value: FieldValue) -> str:
    """What a doubtful value may be instead, in brackets."""
    if not value.alternatives:
        return ""
    return f" ({session.messages.say('perhaps', names=_either(session, value.alternatives))})"


def _either(session: Session, names: Sequence[str]) -> str:
    return f" {session.messages.say('either')} ".join(names)


def _show_doubts(session: Session, report: DossierReport) -> None:
    """Prints the doubtful names and numbers of every page."""
    _show_by_page(session, report, "doubts", lambda reading: "; ".join(_doubts(session, reading)))


def _show_marks(session: Session, report: DossierReport) -> None:
    """Prints seals, signatures and the like of every page."""
    _show_by_page(session, report, "marks", lambda reading: _marks(session, reading))


def _show_by_page(
    session: Session, report: DossierReport, title: str, told: Callable[[PageReading], str]
) -> None:
    """Prints a title and what is told of each page; nothing where nothing is."""
    say = session.messages.say
    lines = [
        f"{say('page_line', number=line.page.number)}: {text}"
        for line in report.pages
        if line.reading is not None and (text := told(line.reading))
    ]
    if lines:
        session.out.print(say(title), markup=False)
    for line in lines:
        session.out.print(f"  {line}", markup=False, highlight=False)


def _marks(session: Session, reading: PageReading) -> str:
    """Each kind once, with how many there are and how sure the surest is."""
    kinds = dict.fromkeys(mark.kind for mark in reading.marks)
    sure = {kind: [mark.confidence for mark in reading.marks if mark.kind is kind] for kind in kinds}
    return "; ".join(
        f"{session.messages.say(f'mark_{kind.value}')}{f' ×{len(found)}' if len(found) > 1 else ''}"
        f" ({max(found):.2f})"
        for kind, found in sure.items()
    )


def _doubts(session: Session, reading: PageReading) -> list[str]:
    say = session.messages.say
    return [
        f"{doubt.text}: {say('perhaps', names=_either(session, doubt.alternatives))}"
        if doubt.alternatives
        else f"{doubt.text}: {say('unsure')}"
        for doubt in reading.doubts
    ]


def _shown(session: Session, value: str) -> str:
    """Dates as people in Viet Nam write them, dd/mm/yyyy; everything else as it is."""
    day = _ISO_DAY.fullmatch(value)
    return "/".join(reversed(day.groups())) if day and session.messages.language == "vi" else value


def _page_table(session: Session, report: DossierReport) -> Table:
    say = session.messages.say
    table = _table(
        say("pages"), say("page"), say("file"), say("kind"), say("turned"), say("skew"), say("confidence"),
        say("seconds"), say("issues"),
    )  # fmt: skip
    for line in report.pages:
        table.add_row(*_page_cells(session, line))
    return table


def _page_cells(session: Session, line: PageLine) -> tuple[str, ...]:
    say = session.messages.say
    start = (str(line.page.number), _plain(f"{line.file_name}#{line.page.index + 1}"))
    reading = line.reading
    if reading is None:
        return (
            *start,
            say("quarantined" if line.page.state is PageState.QUARANTINED else "waiting"),
            *[""] * 4,
            ", ".join(_remarks(session, line)),
        )
    type_id = reading.classification.type_id
    kind = say("outcome_blank") if type_id == BLANK else type_name(type_id, session.messages.language)
    return (
        *start,
        kind,
        f"{reading.rotated_degrees}°" if reading.rotated_degrees else "",
        f"{reading.skew_degrees:+.1f}°" if abs(reading.skew_degrees) >= _STRAIGHT else "",
        f"{reading.confidence:.2f}",
        f"{reading.seconds:.1f}",
        ", ".join(_remarks(session, line)),
    )


def _remarks(session: Session, line: PageLine) -> list[str]:
    is_for_person = line.reading is not None and line.reading.outcome is Outcome.NEEDS_PERSON
    needs = [session.messages.say("outcome_needs_person")] if is_for_person else []
    # A blank page is told as one already where its kind stands.
    told = [code for code in line.issues if code != _BLANK_FLAG or line.reading is None]
    return needs + [_plain(session.messages.issue(code)) for code in told]


def _plain(text: str) -> str:
    return text.replace("[", "\\[")
