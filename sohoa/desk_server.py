"""Serves the desk over HTTP, in this process, until it is told to stop."""

from __future__ import annotations

import socket
from typing import Final, cast

import uvicorn
from uvicorn._types import ASGIApplication

from dossiers.errors import ConfigurationError

#: Longest wait for requests at work when the desk stops, seconds.
_DRAIN_SECONDS: Final = 5


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


def serve(app: object, listening: socket.socket) -> None:
    """Answers until SIGINT or SIGTERM.

    Args:
        app: an ASGI application.
        listening: the address taken.
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
    try:
        uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        return
