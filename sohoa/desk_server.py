"""Serves the desk over HTTP, in this process, until it is told to stop."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from typing import Final, cast

import uvicorn
from uvicorn._types import ASGIApplication

from dossiers.errors import ConfigurationError, StoreInDoubt
from workers.ticker import Ticker

#: Longest wait for requests at work when the desk stops, seconds.
_DRAIN_SECONDS: Final = 5
#: How often it is looked whether the stores can be used, seconds.
_CHECK_SECONDS: Final = 0.5

_log = logging.getLogger(__name__)


def bind(host: str, port: int) -> socket.socket:
    """Takes the address; browsers may connect from now on and are answered once the desk serves.

    Args:
        host: name or address of this machine.
        port: 0 for any free one.

    Raises:
        ConfigurationError: ``ADDRESS_TAKEN``.
    """
    try:
        return socket.create_server((host, port), backlog=128)
    except OSError as error:
        raise ConfigurationError(
            "ADDRESS_TAKEN",
            vi="Không mở được địa chỉ của quầy; có thể cổng đang bận, hãy chọn cổng khác bằng --port.",
            en="the address of the desk cannot be taken; choose another port with --port",
            hint=f"{host}:{port}: {error.strerror}",
        ) from error


def address_of(listening: socket.socket) -> str:
    """What people type into the browser."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


class _Doubt:
    """Ends a server once its stores are in doubt."""

    def __init__(self, server: uvicorn.Server, check: Callable[[], None]) -> None:
        self._server = server
        self._check = check
        self.trouble: StoreInDoubt | None = None

    def look(self) -> None:
        try:
            self._check()
        except StoreInDoubt as trouble:
            if self.trouble is None:
                _log.error("the desk ends: %s", trouble.code)
            self.trouble = trouble
            self._server.should_exit = True


def serve(app: object, listening: socket.socket, check: Callable[[], None]) -> None:
    """Answers until SIGINT or SIGTERM, or until the stores are in doubt.

    Args:
        app: an ASGI application.
        listening: the address taken.
        check: raises ``StoreInDoubt`` once this process can store nothing any more.

    Raises:
        StoreInDoubt: it ended because of that; whoever supervises it starts it anew (C7).
    """
    config = uvicorn.Config(
        cast("ASGIApplication", app),
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=True,
        timeout_graceful_shutdown=_DRAIN_SECONDS,
        lifespan="on",
    )
    server = uvicorn.Server(config)
    doubt = _Doubt(server, check)
    looks = Ticker("stores", doubt.look, _CHECK_SECONDS)
    looks.start()
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        return
    finally:
        looks.stop()
    if doubt.trouble is not None:
        raise doubt.trouble
