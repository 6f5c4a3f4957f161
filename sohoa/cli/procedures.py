"""``sohoa procedures``: the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import click
from rich.table import Table

from dossiers.catalogue import Catalogue, load_catalogue
from dossiers.document_names import type_name
from dossiers.errors import ConfigurationError
from dossiers.local_time import day_in_vietnam
from dossiers.procedures import Component, Procedure
from sohoa.cli.procedures_import import import_
from sohoa.cli.session import Session, pass_session
from sohoa.clock import utc_now


class _ListFirst(click.Group):
    """A group whose first word may also be what ``list`` is asked for."""

    def parse_args(self, context: click.Context, words: list[str]) -> list[str]:
        """Puts ``list`` in front of words that name no command of the group."""
        asks_for_help = bool(words) and words[0] in ("-h", "--help")
        if not asks_for_help and (not words or words[0] not in self.commands):
            words = ["list", *words]
        return super().parse_args(context, words)


@click.group(cls=_ListFirst)
def procedures() -> None:
    """Lists procedures, shows one by its code, searches by words; checks and imports the catalogue.

    \b
    Examples:
      sohoa procedures
      sohoa procedures 1.001193
      sohoa procedures "khai sinh" --on 2026-01-01
      sohoa procedures check
      sohoa procedures import list.xlsx --dry-run
    """


@procedures.command("list")
@click.argument("query", required=False)
@click.option("--on", "day", type=click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y"]), help="As of this day.")
@click.option("--check", is_flag=True, hidden=True, help="The same as the command check.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_session
def list_(session: Session, query: str | None, day: datetime | None, check: bool, as_json: bool) -> None:
    """Lists procedures, shows one by its code, or searches by words of its name.

    \b
    Examples:
      sohoa procedures list
      sohoa procedures list 1.001193
    """
    catalogue = load_catalogue(session.settings.data_dir)
    if check:
        _check(session, catalogue)
        return
    on = day.date() if day else day_in_vietnam(utc_now())
    found = catalogue.search(query, on) if query else _in_force(catalogue, on)
    if as_json:
        session.print_json([_as_json(each) for each in found])
    elif not found:
        session.out.print(session.messages.say("none_found"))
    elif len(found) == 1:
        _show(session, found[0])
    else:
        _list(session, found)


@procedures.command("check")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_session
def check_(session: Session, as_json: bool) -> None:
    """Reports gaps and contradictions of the catalogue, imported lists included.

    \b
    Example:
      sohoa procedures check

    \b
    Exit codes: 0 no contradiction (gaps are no fault), 3 a contradiction that somebody must mend.
    """
    catalogue = load_catalogue(session.settings.data_dir)
    findings = catalogue.check()
    if as_json:
        session.print_json(
            [
                {
                    "kind": each.kind.value,
                    "number": each.number,
                    "detail": each.detail,
                    "contradiction": each.is_contradiction,
                }
                for each in findings
            ]
        )
    else:
        _check(session, catalogue)
    bad = any(each.is_contradiction for each in findings)
    raise click.exceptions.Exit(ConfigurationError.exit_code if bad else 0)


procedures.add_command(import_)


def _in_force(catalogue: Catalogue, on: date) -> tuple[Procedure, ...]:
    return tuple(each for each in catalogue.procedures if each.is_in_force(on))


def _check(session: Session, catalogue: Catalogue) -> None:
    say = session.messages.say
    findings = catalogue.check()
    for finding in findings:
        kind = say("contradiction" if finding.is_contradiction else "gap")
        told = f"{kind}: {finding.number} {finding.kind.value} {finding.detail}".rstrip()
        session.out.print(told, markup=False, soft_wrap=True)
    if not any(each.is_contradiction for each in findings):
        session.out.print(say("catalogue_good"))


def _list(session: Session, found: Sequence[Procedure]) -> None:
    say = session.messages.say
    table = Table()
    for key in ("procedure", "slots", "verified"):
        table.add_column(say(key), overflow="fold")
    for each in found:
        known = say("verified_yes" if each.evidence.is_verified else "verified_no")
        name = each.name or say("procedure_name_unknown")
        table.add_row(f"{each.number} {name}", str(len(each.components)), known)
    session.out.print(table)


def _show(session: Session, procedure: Procedure) -> None:
    say = session.messages.say
    name = procedure.name or say("procedure_name_unknown")
    session.out.print(say("procedure_heading", number=procedure.number, name=name), markup=False)
    if procedure.time.text:
        session.out.print(say("procedure_time", time=procedure.time.text), markup=False)
    table = Table()
    for key in ("component", "required", "policy", "accepts", "replaced_by", "verified"):
        table.add_column(say(key), overflow="fold")
    for component in procedure.components:
        table.add_row(*_cells(session, component))
    session.out.print(table)


def _cells(session: Session, component: Component) -> tuple[str, ...]:
    say = session.messages.say
    needed = say("yes") if component.is_main else say("conditional", condition=component.condition)
    accepted = "; ".join(type_name(each, session.messages.language) for each in component.accepts)
    known = say("verified_yes" if component.evidence.is_verified else "verified_no")
    sources = ", ".join(each.value for each in component.replaced_by)
    return component.name, needed, say(f"policy_{component.policy.value}"), accepted, sources, known


def _as_json(procedure: Procedure) -> dict[str, object]:
    return {
        "number": procedure.number,
        "variant": procedure.variant,
        "name": procedure.name,
        "field": procedure.field,
        "time": procedure.time.text,
        "verified": procedure.evidence.is_verified,
        "components": [
            {
                "key": each.key,
                "name": each.name,
                "policy": each.policy.value,
                "form": each.form.value if each.form else None,
                "accepts": list(each.accepts),
                "condition": each.condition,
                "replaced_by": [source.value for source in each.replaced_by],
                "verified": each.evidence.is_verified,
            }
            for each in procedure.components
        ],
    }
