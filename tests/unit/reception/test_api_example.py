"""The client made from the description works as ``docs/api.md`` shows it, over a real connection."""

from __future__ import annotations

import hashlib
import importlib.util
import re
import struct
import sys
import threading
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn

from docs.make_client import client_code
from docs.make_client import main as make_client
from dossiers.permissions import Permission
from reception.auth.protection import make_protected_app
from sohoa.desk_server import address_of, bind
from workers.courier import signed

if TYPE_CHECKING:
    from conftest import GuardedDesk

DOCS = Path(__file__).parents[3] / "docs"


def test_the_example_opens_a_dossier_and_sends_a_file_in_pieces(
    office: GuardedDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    token = office.token("hoa", Permission.DOSSIER_READ, Permission.DOSSIER_WRITE)
    secret = token["Authorization"].removeprefix("Bearer ")
    content = _png(32)
    with bind("127.0.0.1", 0) as listening:
        server = uvicorn.Server(uvicorn.Config(make_protected_app(office.services), log_config=None))  # type: ignore[arg-type]
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            assert make_client([address_of(listening)]) == 0
            (tmp_path / "sohoa_client.py").write_text(capsys.readouterr().out, encoding="utf-8")
            monkeypatch.syspath_prepend(tmp_path)
            client = _shown(tmp_path, "def example")
            told = client.example(address_of(listening), secret, content)
            made = sys.modules.pop("sohoa_client")
            program = made.Client(address_of(listening), secret)
            with pytest.raises(made.Problem, match="NOT_ALLOWED") as refused:
                program.accounts()
            archive = program.dossier_zip(told["code"])
        finally:
            server.should_exit = True
            thread.join()
    assert refused.value.status == 403
    assert archive[:2] == b"PK"
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


def _shown(tmp_path: Path, wanted: str) -> Any:
    """What the page shows in Python with these words, as a module; pieces are small here."""
    blocks = re.findall(r"```python\n(.*?)```", (DOCS / "api.md").read_text(encoding="utf-8"), re.S)
    (shown,) = (each for each in blocks if wanted in each)
    written = shown.replace("4_000_000", "50")
    (tmp_path / "client.py").write_text(written, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("client", tmp_path / "client.py")
    assert spec is not None
    assert spec.loader is not None
    client = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(client)
    return client


def test_a_program_tells_our_calls_from_others(tmp_path: Path) -> None:
    is_genuine = _shown(tmp_path, "def is_genuine").is_genuine
    body, now = b'{"id":"1-a"}', datetime.now(UTC)
    header = signed("secret", body, now, "1-a")["Sohoa-Signature"]
    assert is_genuine("secret", header, body)
    assert not is_genuine("other", header, body)
    assert not is_genuine("secret", header, body + b" ")
    old = signed("secret", body, now - timedelta(minutes=6), "1-a")["Sohoa-Signature"]
    assert not is_genuine("secret", old, body)


@pytest.mark.parametrize("where", ["path", "schema", "operation"])
def test_nothing_but_names_becomes_code(where: str) -> None:
    wrong = 'x"); import os; ("'
    description = {
        "info": {"title": "Sohoa", "version": "1"},
        "components": {"schemas": {wrong if where == "schema" else "X": {"type": "string"}}},
        "paths": {
            wrong if where == "path" else "/x": {
                "get": {"operationId": wrong if where == "operation" else "x", "responses": {}}
            }
        },
    }
    with pytest.raises(ValueError, match="no names"):
        client_code(description)
