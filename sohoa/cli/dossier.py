"""``sohoa dossier``: the counter, from opening a dossier to returning its result."""

from __future__ import annotations

import click

from sohoa.cli.dossier_forms import (
    apology,
    declaration,
    label,
    receipt,
    refuse,
    register,
    slip,
    stop,
    supplement,
)
from sohoa.cli.dossier_moves import move, status, undo
from sohoa.cli.dossier_open import open_
from sohoa.cli.dossier_papers import add, slots
from sohoa.cli.dossier_results import result, revoke


@click.group()
def dossier() -> None:
    """Opens dossiers (hồ sơ), takes in their papers, prints their forms and records their results.

    \b
    Examples:
      sohoa dossier open --procedure 1.001193 --name "Nguyễn Thị Hoà" --citizen 003190000001
      sohoa dossier add H29.119-261125-0001 scans/
      sohoa dossier receipt H29.119-261125-0001 -o receipt.pdf
    """


for _command in (
    open_,
    add,
    slots,
    receipt,
    supplement,
    refuse,
    apology,
    stop,
    slip,
    label,
    declaration,
    register,
    move,
    undo,
    status,
    result,
    revoke,
):
    dossier.add_command(_command)
