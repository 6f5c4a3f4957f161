"""``sohoa desk``: the reception desk in a browser."""

from __future__ import annotations

from contextlib import ExitStack

import click

from dossiers.steward import Steward
from reception.auth.protection import make_protected_app
from sohoa.calling import courier_ticker
from sohoa.cli.session import Session, pass_session
from sohoa.desk_server import address_of, bind, serve
from sohoa.desk_wiring import make_desk
from sohoa.office import make_office
from sohoa.settings import UNCONFIGURED_AGENCY


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option(
    "--port", default=8600, show_default=True, type=click.IntRange(0, 65535), help="Port; 0: any free one."
)
@click.option("--no-worker", is_flag=True, help="Leave reading to the workers of another command.")
@pass_session
def desk(session: Session, host: str, port: int, no_worker: bool) -> None:
    """Serves the reception desk, with everything it needs in this process, until Ctrl-C.

    It opens no window: it prints the address to be typed into a browser.

    \b
    Examples:
      sohoa desk
      sohoa desk --port 0 --no-worker
    """
    with session.open() as application, bind(host, port) as listening, ExitStack() as closing:
        services = make_desk(application, make_office(application))
        app = make_protected_app(services)
        if not services.accounts.all(Steward.of_computer("")):
            session.remark("desk_without_accounts")
        if session.settings.agency == UNCONFIGURED_AGENCY:
            session.remark("agency_unconfigured", agency=UNCONFIGURED_AGENCY)
        if not no_worker:
            application.readers.probe()
            application.workers.start()
            calls = courier_ticker(application)
            if calls is not None:
                calls.start()
                closing.callback(calls.stop)
        try:
            session.out.print(session.messages.say("desk_open", address=address_of(listening)), markup=False)
            serve(app, listening, application.check_stores)
        except KeyboardInterrupt:  # before the server took over the signals
            pass
        finally:
            if not no_worker:
                application.workers.stop()
    session.remark("desk_closed")
