"""Options that several dossier commands share."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Final

import click

#: Who does it, as the office names them.
by: Final = click.option(
    "--by", default=getpass.getuser, help="Who does it; default the user of this computer."
)
#: Why.
reason: Final = click.option("--reason", required=True, help="Why, in Vietnamese; it is printed.")
#: Where the form goes.
output: Final = click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write the PDF here."
)
as_json: Final = click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
dry_run: Final = click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
#: Formats of a day on the command line.
DAY: Final = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y"])
