"""The calls that a program made on a folder, from strace, as operations of the model disk."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.faults.model_disk import Op

REPOSITORY = Path(__file__).parents[2]
_CALLS = (
    "open,openat,creat,close,write,writev,pwrite64,pwritev,fsync,fdatasync,sync_file_range,ftruncate,truncate,"
    "rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,rmdir,lseek,dup,dup2,dup3,fallocate"
)
_LINE = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+)")
_PATH = re.compile(r'(?:AT_FDCWD(?:<[^>]*>)?|(\d+)(?:<([^>]*)>)?)?(?:, )?"((?:\\x[0-9a-f]{2})*)"')
_DESCRIPTOR = re.compile(r"^(\d+)")
_BYTES = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
#: A program tells the world by writing lines that begin so to its standard output.
SAID = b"SAID "


def record(strace: str, script: Path, root: Path, *arguments: str) -> list[Op]:
    """Runs ``script root …`` and returns what it did below the root, with what it said in between."""
    log = root.with_name(root.name + ".strace")
    command = [strace, "-f", "-qq", "-y", "-xx", "-s", "200000", f"--trace={_CALLS}", f"--output={log}"]
    subprocess.run(
        [*command, sys.executable, "-B", str(script), str(root), *arguments],
        check=True,
        capture_output=True,
        cwd=REPOSITORY,
        timeout=120,
    )
    return list(_parsed(log.read_text(encoding="ascii").splitlines(), str(root)))


def _parsed(lines: Sequence[str], root: str) -> Iterator[Op]:
    reader = _Reader(root)
    for line in lines:
        if "unfinished" in line or "resumed" in line:
            raise ValueError("the program has threads: its calls have no order")
        match = _LINE.match(line)
        if match and int(match[3]) >= 0:
            yield from reader.read(match[1], match[2], int(match[3]))


class _Reader:
    """Keeps what descriptors stand for, and where in a file they are."""

    def __init__(self, root: str) -> None:
        self._root = root.rstrip("/") + "/"
        self._open: dict[int, str] = {}
        self._at: dict[int, int] = {}

    def read(self, call: str, told: str, result: int) -> Iterator[Op]:
        base = call.removesuffix("at2").removesuffix("at")
        if call in ("open", "openat", "creat"):
            yield from self._opened(told, result)
        elif base in ("rename", "link"):
            old, new = self._paths(told)
            if old is not None and new is not None:
                yield Op(base, old, new)
        elif base in ("unlink", "mkdir", "rmdir"):
            (path,) = self._paths(told)
            if path is not None:
                yield Op("rmdir" if "AT_REMOVEDIR" in told else base, path)
        elif call not in ("truncate",):
            yield from self._on_descriptor(call, told, result)

    def _opened(self, told: str, descriptor: int) -> Iterator[Op]:
        self._open.pop(descriptor, None)
        (path,) = self._paths(told)
        if path is None:
            return
        self._open[descriptor], self._at[descriptor] = path, 0
        if "O_CREAT" in told:
            yield Op("create", path)
        if "O_TRUNC" in told:
            yield Op("truncate", path, offset=0)

    def _on_descriptor(self, call: str, told: str, result: int) -> Iterator[Op]:
        match = _DESCRIPTOR.match(told)
        descriptor = int(match[1]) if match else -1
        if call == "write" and descriptor == 1:
            data = _bytes(told)
            if data.startswith(SAID):
                yield Op("say", data=data[len(SAID) :].strip())
            return
        path = self._open.get(descriptor)
        if path is None:
            return
        if call == "close":
            del self._open[descriptor]
        elif call == "write":
            yield Op("write", path, offset=self._at[descriptor], data=_bytes(told)[:result])
            self._at[descriptor] += result
        elif call == "pwrite64":
            yield Op("write", path, offset=int(told.rpartition(", ")[2]), data=_bytes(told)[:result])
        elif call in ("fsync", "fdatasync"):
            yield Op("sync", path)
        elif call == "ftruncate":
            yield Op("truncate", path, offset=int(told.rpartition(", ")[2]))
        elif call == "lseek":
            self._at[descriptor] = result
        else:
            raise ValueError(f"{call} is not modelled")

    def _paths(self, told: str) -> tuple[str | None, ...]:
        return tuple(self._below(folder, name) for _, folder, name in _PATH.findall(told))

    def _below(self, folder: str, name: str) -> str | None:
        path = _text(name)
        if not path.startswith("/"):
            path = f"{_text(folder)}/{path}"
        if path + "/" == self._root:
            return ""
        return path[len(self._root) :] if path.startswith(self._root) else None


def _text(told: str) -> str:
    return bytes.fromhex(told.replace("\\x", "")).decode()


def _bytes(told: str) -> bytes:
    match = _BYTES.search(told)
    if match is None or match[2]:
        raise ValueError("bytes are missing in the recording")
    return bytes.fromhex(match[1].replace("\\x", ""))
