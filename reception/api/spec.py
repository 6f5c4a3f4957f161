"""The description of the interface, OpenAPI 3.1, made from the handlers themselves."""

from __future__ import annotations

from importlib.metadata import version
from typing import Final

from litestar import Router
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme

_PATH: Final = "/api/v1"
_DESCRIPTION: Final = """Interface of Sohoa for programs.

Tokens are made with `sohoa account token` and sent as `Authorization: Bearer …`. Errors are
`application/problem+json` with a stable `code`. Requests that create something carry `Idempotency-Key`.
Times are UTC, days are those of Viet Nam. Dossiers of other branches answer 404."""


def openapi_config() -> OpenAPIConfig:
    """The configuration; the description is served to everybody at ``/api/v1/openapi.json``."""
    return OpenAPIConfig(
        title="Sohoa",
        version=version("sohoa"),
        description=_DESCRIPTION,
        use_handler_docstrings=True,
        security=[{"token": []}],
        components=Components(
            security_schemes={"token": SecurityScheme(type="http", scheme="bearer", description="A token.")}
        ),
        path=_PATH,
        render_plugins=[JsonRenderPlugin(path="/openapi.json")],
        openapi_router=Router(path=_PATH, route_handlers=[], opt={"public": True}, include_in_schema=False),
    )
