"""``sohoa train``: a new model of page types out of what clerks confirmed."""

from __future__ import annotations

from pathlib import Path

import click
from rich.table import Table

from classifiers.statistical.shelf import Shelf
from classifiers.training.session import Trained
from dossiers.codes.personal_number import PersonalNumber
from sohoa.cli.lookup import find_dossier
from sohoa.cli.session import Session, pass_session
from sohoa.training import export_examples, make_learning, retrain


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--list", "show_list", is_flag=True, help="List the models and which one is live.")
@click.option("--use", "version", help="Make this model live, older ones too.")
@click.option(
    "--export",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the clerks' examples here.",
)
@click.option("--erase-dossier", "code", help="Erase the examples of the dossier with this code.")
@click.option("--erase-person", "number", help="Erase the examples of every dossier of this personal number.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_session
def train(
    session: Session,
    folder: Path | None,
    show_list: bool,
    version: str | None,
    target: Path | None,
    code: str | None,
    number: str | None,
    as_json: bool,
) -> None:
    """Trains the model of page types anew; it goes live only if no type falls.

    Learns from the examples delivered with Sohoa, from the types that clerks confirmed, and from FOLDER if
    given: dossier folders, each with a truth.json that names the type of every page.

    \b
    Examples:
      sohoa train
      sohoa train labelled-dossiers/
      sohoa train --list
      sohoa train --use 812-53ed3f7286
      sohoa train --export examples.jsonl
      sohoa train --erase-person 003090123456
    """
    if show_list:
        _list(session, as_json=as_json)
    elif version:
        Shelf(session.settings.data_dir).use(version)
        session.remark("model_live", version=version)
    elif target is not None:
        with session.open() as application:
            session.remark("examples_exported", count=export_examples(application, target), path=target)
    elif code or number:
        _erase(session, code, number)
    else:
        with session.open() as application:
            _tell(session, retrain(application, folder), as_json=as_json)


def _erase(session: Session, code: str | None, number: str | None) -> None:
    with session.open() as application:
        learning = make_learning(application)
        count = learning.erase_person(PersonalNumber.parse(number).digits) if number else 0
        if code:
            count += learning.erase_dossier(find_dossier(application.records, code).dossier_id)
    session.remark("examples_erased", count=count)


def _list(session: Session, *, as_json: bool) -> None:
    entries = Shelf(session.settings.data_dir).entries()
    if as_json:
        session.print_json(
            [{"version": e.version, "live": e.is_live, "delivered": e.is_delivered} for e in entries]
        )
        return
    say = session.messages.say
    table = Table()
    for key in ("model_version", "model_state"):
        table.add_column(say(key), overflow="fold")
    for each in entries:
        states = [say("model_is_live")] * each.is_live + [say("model_is_delivered")] * each.is_delivered
        table.add_row(each.version, ", ".join(states))
    session.out.print(table)


def _tell(session: Session, trained: Trained, *, as_json: bool) -> None:
    new, live = trained.judgement.new, trained.judgement.live
    if as_json:
        session.print_json(
            {
                "version": trained.trial.model.version,
                "live": trained.went_live,
                "card": str(trained.card),
                "accuracy": round(new.accuracy, 4),
                "abstained": round(new.abstention, 4),
                "calibration_error": round(new.calibration_error, 4),
                "live_accuracy": round(live.accuracy, 4),
                "falls": [
                    {"type": f.type_id, "before": f.before, "now": f.now, "pages": f.pages}
                    for f in trained.judgement.falls
                ],
            }
        )
        return
    session.remark(
        "model_trained",
        version=trained.trial.model.version,
        pages=new.pages,
        accuracy=f"{100 * new.accuracy:.1f} %",
        abstained=f"{100 * new.abstention:.1f} %",
        card=trained.card,
    )
    for fall in trained.judgement.falls:
        session.remark("model_falls", type=fall.type_id, before=fall.before, now=fall.now, pages=fall.pages)
    session.remark(
        "model_went_live" if trained.went_live else "model_stays_back", version=trained.trial.model.version
    )
