"""The client in ``docs/api.md`` works as it stands there, over a real connection."""

from __future__ import annotations

import hashlib
import importlib.util
import re
import struct
import threading
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvicorn

from dossiers.permissions import Permission
from reception.auth.protection import make_protected_app
from sohoa.desk_server import address_of, bind
from workers.courier import signed

if TYPE_CHECKING:
    from conftest import GuardedDesk

DOCS = Path(__file__).parents[3] / "docs"


def test_the_example_opens_a_dossier_and_sends_a_file_in_pieces(office: GuardedDesk, tmp_path: Path) -> None:
    client = _client(tmp_path)
    token = office.token("hoa", Permission.DOSSIER_READ, Permission.DOSSIER_WRITE)
    secret = token["Authorization"].removeprefix("Bearer ")
    content = _png(32)
    with bind("127.0.0.1", 0) as listening:
        server = uvicorn.Server(uvicorn.Config(make_protected_app(office.services), log_config=None))  # type: ignore[arg-type]
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            told = client.example(address_of(listening), secret, content)
        finally:
            server.should_exit = True
            thread.join()
    assert len(content) > 100  # more than one piece
    assert [each["sha256"] for each in told["files"]] == [hashlib.sha256(content).hexdigest()]


def _png(side: int) -> bytes:
    """A square of stripes."""
    rows = b"".join(b"\x00" + bytes((x * y) % 251 for x in range(side)) for y in range(side))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def _client(tmp_path: Path) -> Any:
    """Everything that the page shows in Python, as one module; pieces are small here."""
    shown = re.findall(r"```python\n(.*?)```", (DOCS / "api.md").read_text(encoding="utf-8"), re.S)
    written = "\n\n".join(shown).replace("4_000_000", "50")
    (tmp_path / "client.py").write_text(written, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("client", tmp_path / "client.py")
    assert spec is not None
    assert spec.loader is not None
    client = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(client)
    return client


def test_a_program_tells_our_calls_from_others(tmp_path: Path) -> None:
    is_genuine = _client(tmp_path).is_genuine
    body, now = b'{"id":"1-a"}', datetime.now(UTC)
    header = signed("secret", body, now, "1-a")["Sohoa-Signature"]
    assert is_genuine("secret", header, body)
    assert not is_genuine("other", header, body)
    assert not is_genuine("secret", header, body + b" ")
    old = signed("secret", body, now - timedelta(minutes=6), "1-a")["Sohoa-Signature"]
    assert not is_genuine("secret", old, body)
