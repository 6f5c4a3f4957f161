"""``sohoa procedures import``."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Final

import click

from dossiers.catalogue import load_records
from dossiers.catalogue_import import ImportPlan, key_text
from sohoa.catalogue_keeping import keep_plan, refuse_bad
from sohoa.catalogue_plan import plan_file
from sohoa.cli.session import Session, pass_session

#: So many lines of each kind are told; the count is always told.
_MOST_LINES: Final = 200


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show what would change and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_session
def import_(session: Session, file: Path, dry_run: bool, as_json: bool) -> None:
    """Imports a list of procedures (CSV, XLSX, JSON) as dated data over the catalogue that ships.

    Columns and shapes are described in docs/design/catalogue.md. A list with one wrong row or a contradiction
    changes nothing.

    \b
    Examples:
      sohoa procedures import list.xlsx --dry-run
      sohoa procedures import list.csv

    \b
    Exit codes: 0 done (or nothing to do), 4 the list is not right.
    """
    data_dir = session.settings.data_dir
    plan = plan_file(load_records(data_dir), file, unsafe=session.settings.unsafe_sandbox)
    if as_json:
        session.print_json(_as_json(plan))
    else:
        _tell(session, plan)
    refuse_bad(plan)
    if dry_run or not plan.changes_anything:
        session.remark("import_nothing_done")
        return
    kept = keep_plan(data_dir, plan, file.read_bytes(), file_name=file.name, by=getpass.getuser())
    session.remark("import_done", name=kept.name)


def _tell(session: Session, plan: ImportPlan) -> None:
    say = session.messages.say
    lines = [say("import_problem", row=each.row, what=each.what) for each in plan.problems]
    lines += [
        f"{say('contradiction')}: {each.number} {each.kind.value} {each.detail}".rstrip()
        for each in plan.contradictions
    ]
    _print(session, lines)
    _print(session, [f"+ {key_text(each.key)} {each.name}" for each in plan.added])
    _print(session, [f"~ {key_text(each.after.key)}: {', '.join(each.differs)}" for each in plan.changed])
    _print(session, [f"- {key_text(each.key)} → {each.effective_to}" for each in plan.ended])
    _print(session, [f"> {each.old} → {', '.join(each.new)}" for each in plan.replacements])
    if not plan.problems:
        counts = {
            "added": len(plan.added),
            "changed": len(plan.changed),
            "ended": len(plan.ended),
            "same": plan.same,
            "replaced": len(plan.replacements),
        }
        session.out.print(say("import_counts", **counts), markup=False)


def _print(session: Session, lines: list[str]) -> None:
    for line in lines[:_MOST_LINES]:
        session.out.print(line, markup=False, soft_wrap=True, highlight=False)
    if len(lines) > _MOST_LINES:
        session.out.print(f"… {len(lines) - _MOST_LINES}", markup=False)


def _as_json(plan: ImportPlan) -> dict[str, object]:
    return {
        "good": plan.is_good,
        "problems": [{"row": each.row, "what": each.what} for each in plan.problems],
        "contradictions": [
            {"kind": each.kind.value, "number": each.number, "detail": each.detail}
            for each in plan.contradictions
        ],
        "added": [key_text(each.key) for each in plan.added],
        "changed": [
            {"entry": key_text(each.after.key), "differs": list(each.differs)} for each in plan.changed
        ],
        "ended": [key_text(each.key) for each in plan.ended],
        "replacements": [{"old": each.old, "new": list(each.new)} for each in plan.replacements],
        "same": plan.same,
    }
