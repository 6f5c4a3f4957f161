"""Scripts and styles: held in memory, named by the hash of all of them, kept by the browser for a year.

One hash for all, so that a module may import its neighbour by a relative name.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

#: Media types of what may be served; a file with another ending is not.
MEDIA_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
#: Marks what anybody may ask for, signed in or not.
PUBLIC: Final = {"public": True}
#: Endings of what is packed.
_PACKED: Final = (".css", ".js", ".svg")
#: A file under its hash never changes.
_FOREVER: Final = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticFile:
    """One file: its type, its bytes, and the same packed; empty where packing is of no use."""

    media_type: str
    content: bytes
    packed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticFiles:
    """All files under one hash."""

    digest: str
    by_name: Mapping[str, StaticFile]

    def url(self, name: str) -> str:
        """Returns the address of a file.

        Raises:
            KeyError: there is no such file: a mistake in a template.
        """
        if name not in self.by_name:
            raise KeyError(name)
        return f"/static/{self.digest}/{name}"


def load_static_files() -> StaticFiles:
    """Reads every file of ``reception/static``."""
    found = dict(sorted(_walk(files("reception").joinpath("static"), "")))
    whole = hashlib.sha256()
    for name, file in found.items():
        whole.update(name.encode() + b"\0" + hashlib.sha256(file.content).digest())
    return StaticFiles(digest=whole.hexdigest()[:16], by_name=found)


@get("/static/{digest:str}/{name:path}", opt=PUBLIC, include_in_schema=False)
async def static_file(
    digest: FromPath[str], name: FromPath[str], request: Request[object, object, State]
) -> Response[bytes]:
    """Sends a file; one asked for under an old hash is gone."""
    known: StaticFiles = request.app.state.static_files
    file = known.by_name.get(name.removeprefix("/"))
    if file is None or digest != known.digest:
        raise NotFoundException
    headers = {"Cache-Control": _FOREVER, "Vary": "Accept-Encoding"}
    if file.packed and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(
            file.packed, media_type=file.media_type, headers=headers | {"Content-Encoding": "gzip"}
        )
    return Response(file.content, media_type=file.media_type, headers=headers)


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, StaticFile]]:
    for each in folder.iterdir():
        if each.is_dir():
            yield from _walk(each, f"{prefix}{each.name}/")
            continue
        ending = each.name[each.name.rfind(".") :]
        if ending in MEDIA_TYPES:
            content = each.read_bytes()
            packed = gzip.compress(content, mtime=0) if ending in _PACKED else b""
            yield (
                prefix + each.name,
                StaticFile(media_type=MEDIA_TYPES[ending], content=content, packed=packed),
            )
