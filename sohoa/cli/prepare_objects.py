"""``sohoa prepare-objects``: the buckets of an S3 store."""

from __future__ import annotations

import click

from dossiers.store_check import PreparedStore
from sohoa.cli.session import Session, pass_session
from sohoa.stores import open_stores


@click.command("prepare-objects")
@pass_session
def prepare_objects(session: Session) -> None:
    """Makes the buckets that the settings name, keeps versions in them and sets the lock; may be repeated.

    Files on this machine need no preparation.

    \b
    Example:
      sohoa --config servers.toml prepare-objects

    \b
    Exit codes: 0 ready, 3 a setting or key is wrong, 5 the server is away or refuses.
    """
    for kind, store in open_stores(session.settings).items():
        if isinstance(store, PreparedStore):
            store.prepare()
        session.out.print(session.messages.say("store_ready", kind=session.messages.say(f"store_{kind}")))
