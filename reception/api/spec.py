"""The description of the interface, OpenAPI 3.1, made from the handlers themselves.

What the framework cannot know is added when the description is asked for: the scope of every route, bodies
that are files (``takes`` and ``answers`` of a route name their media type), and that every refusal is
problem+json. An operation is called like its handler.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any, Final

from litestar import Request, Router
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme

_PATH: Final = "/api/v1"
_DESCRIPTION: Final = """Interface of Sohoa for programs.

Tokens are made with `sohoa account token` and sent as `Authorization: Bearer …`; the scope that a request
needs stands beside it. Errors are `application/problem+json` with a stable `code`. Requests that create
something carry `Idempotency-Key`. Times are UTC, days are those of Viet Nam. Dossiers of other branches
answer 404."""
_PROBLEM: Final[dict[str, Any]] = {
    "type": "object",
    "title": "Problem",
    "description": "Why a request was refused (RFC 9457).",
    "properties": {
        "type": {"type": "string", "description": "urn:sohoa:problem: and the code"},
        "title": {"type": "string", "description": "One sentence, in the language of the office"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "code": {"type": "string", "description": "Stable"},
    },
    "required": ["type", "title", "status", "code"],
}
_REFUSED: Final[dict[str, Any]] = {
    "description": "Refused",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


class Description(JsonRenderPlugin):
    """Serves the description with scopes and refusals."""

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """The description as JSON."""
        said = _said(request)
        paths = {
            path: {method: _described(each, said[path, method]) for method, each in item.items()}
            for path, item in openapi_schema["paths"].items()
        }
        parts = openapi_schema["components"]
        schemas = {**parts["schemas"], "Problem": _PROBLEM}
        told = {**openapi_schema, "paths": paths, "components": {**parts, "schemas": schemas}}
        return super().render(request, told)


def openapi_config() -> OpenAPIConfig:
    """The configuration; the description is served to everybody at ``/api/v1/openapi.json``."""
    return OpenAPIConfig(
        title="Sohoa",
        version=version("sohoa"),
        description=_DESCRIPTION,
        use_handler_docstrings=True,
        operation_id_creator=lambda handler, _method, _path: handler.handler_name,
        security=[{"token": []}],
        components=Components(
            security_schemes={"token": SecurityScheme(type="http", scheme="bearer", description="A token.")}
        ),
        path=_PATH,
        render_plugins=[Description(path="/openapi.json")],
        openapi_router=Router(path=_PATH, route_handlers=[], opt={"public": True}, include_in_schema=False),
    )


def _said(request: Request[Any, Any, Any]) -> dict[tuple[str, str], Mapping[str, Any]]:
    """What each route says of itself, by path and method as the description names them."""
    return {
        (route.path_format, method.lower()): handler.opt
        for route in request.app.routes
        for handler in getattr(route, "route_handlers", ())
        for method in handler.http_methods
    }


def _described(operation: dict[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    good = {status: each for status, each in operation["responses"].items() if not status.startswith("4")}
    if "answers" in said:
        good = {status: {**each, "content": _file(said["answers"])} for status, each in good.items()}
    body = {"requestBody": {"required": True, "content": _file(said["takes"])}} if "takes" in said else {}
    security = [{"token": [str(said.get("permission", ""))]}]
    return {**operation, **body, "security": security, "responses": {**good, "default": _REFUSED}}


def _file(media_type: str) -> dict[str, Any]:
    """Bytes, as OpenAPI 3.1 describes them: a media type without a schema."""
    return {media_type: {}}
