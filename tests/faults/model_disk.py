"""A disk that loses power: what was not synced may be there, be missing or be torn, in any combination.

Rules of the model, harsher than ext4 or XFS: syncing a file keeps its bytes but not its name; syncing a
directory keeps its names; a rename within or between directories happens whole or not at all. Whatever was
not synced is kept or lost at random, name by name; bytes are kept or lost in pieces of 512 B to 4 KiB, lost
ones read as zeros where the file grew over them.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

#: Sizes that a write is torn into, bytes.
_PIECES = (512, 1024, 2048, 4096)


@dataclass(frozen=True)
class Op:
    """One call that changes a disk.

    ``kind``: ``create``, ``write``, ``truncate``, ``sync``, ``rename``, ``link``, ``unlink``, ``mkdir``,
    ``rmdir`` or ``say``, which is what the program told the world.
    """

    kind: str
    path: str = ""
    target: str = ""
    offset: int = 0
    data: bytes = b""


@dataclass(eq=False)
class _File:
    safe: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)  # None: cut off at the offset

    def sync(self) -> None:
        for offset, data in self.pending:
            _apply(self.safe, offset, data)
        self.pending.clear()

    def after_crash(self, dice: random.Random) -> bytes:
        if not self.pending:
            return bytes(self.safe)
        content = bytearray(self.safe)
        for offset, data in self.pending:
            if data is None:
                if dice.random() < 0.5:
                    _apply(content, offset, None)
                continue
            piece = dice.choice(_PIECES)
            luck = dice.random()
            for start in range(0, len(data), piece):
                if dice.random() < luck:
                    _apply(content, offset + start, data[start : start + piece])
            if dice.random() < 0.3:  # the size is kept, the bytes are not
                content.extend(bytes(max(0, offset + len(data) - len(content))))
        return bytes(content)


@dataclass(eq=False)
class _Folder:
    safe: dict[str, _File | _Folder] = field(default_factory=dict)


#: A change of names: folder, name and what it stands for from then on (``None``: nothing); several belong
#: together where something was renamed.
_Change = tuple[tuple[_Folder, str, "_File | _Folder | None"], ...]


def _apply(content: bytearray, offset: int, data: bytes | None) -> None:
    if data is None:
        if offset < len(content):
            del content[offset:]
        else:
            content.extend(bytes(offset - len(content)))
        return
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


class ModelDisk:
    """Applies calls one by one; ``crash`` may be asked at any time and changes nothing.

    Args:
        present: what is on the disk already, as ``crash`` tells it, folders before what is in them.
    """

    def __init__(self, present: Mapping[str, bytes | None]) -> None:
        self._root = _Folder()
        self._now: dict[str, _File | _Folder] = {"": self._root}
        self._pending: list[_Change] = []
        for path, content in present.items():
            what = _Folder() if content is None else _File(safe=bytearray(content))
            folder, name = self._parent(path)
            self._now[path] = folder.safe[name] = what

    def apply(self, op: Op) -> None:
        """Applies a call that succeeded."""
        getattr(self, f"_{op.kind}")(op)

    def crash(self, dice: random.Random) -> dict[str, bytes | None]:
        """What is found after the power was lost: bytes of files, ``None`` for folders, by path."""
        names: dict[int, dict[str, _File | _Folder]] = {}
        luck = dice.choice((0.0, 0.2, 0.5, 0.8, 1.0))
        is_ordered = dice.random() < 0.3  # a journal: what came earlier is kept if what came later is
        kept = dice.randrange(len(self._pending) + 1)
        for number, change in enumerate(self._pending):
            if (number < kept) if is_ordered else (dice.random() < luck):
                for folder, name, what in change:
                    entries = names.setdefault(id(folder), dict(folder.safe))
                    if what is None:
                        entries.pop(name, None)
                    else:
                        entries[name] = what
        contents: dict[int, bytes] = {}
        found: dict[str, bytes | None] = {}

        def walk(folder: _Folder, path: str) -> None:
            for name, what in sorted(names.get(id(folder), folder.safe).items()):
                place = f"{path}{name}"
                if isinstance(what, _Folder):
                    found[place] = None
                    walk(what, place + "/")
                else:
                    if id(what) not in contents:
                        contents[id(what)] = what.after_crash(dice)
                    found[place] = contents[id(what)]

        walk(self._root, "")
        return found

    def _parent(self, path: str) -> tuple[_Folder, str]:
        pure = PurePosixPath(path)
        folder = self._now["" if str(pure.parent) == "." else str(pure.parent)]
        if not isinstance(folder, _Folder):
            raise TypeError(path)
        return folder, pure.name

    def _create(self, op: Op) -> None:
        if op.path not in self._now:
            self._now[op.path] = _File()
            self._pending.append(((*self._parent(op.path), self._now[op.path]),))

    def _mkdir(self, op: Op) -> None:
        self._now[op.path] = _Folder()
        self._pending.append(((*self._parent(op.path), self._now[op.path]),))

    def _file(self, path: str) -> _File:
        found = self._now[path]
        if not isinstance(found, _File):
            raise TypeError(path)
        return found

    def _write(self, op: Op) -> None:
        self._file(op.path).pending.append((op.offset, op.data))

    def _truncate(self, op: Op) -> None:
        self._file(op.path).pending.append((op.offset, None))

    def _sync(self, op: Op) -> None:
        what = self._now[op.path]
        if isinstance(what, _File):
            what.sync()
            return
        due = [change for change in self._pending if change[-1][0] is what]
        for change in due:
            for folder, name, meant in change:
                if meant is None:
                    folder.safe.pop(name, None)
                else:
                    folder.safe[name] = meant
        self._pending = [change for change in self._pending if change not in due]

    def _link(self, op: Op) -> None:
        self._now[op.target] = self._now[op.path]
        self._pending.append(((*self._parent(op.target), self._now[op.target]),))

    def _unlink(self, op: Op) -> None:
        del self._now[op.path]
        self._pending.append(((*self._parent(op.path), None),))

    _rmdir = _unlink

    def _rename(self, op: Op) -> None:
        moved = {
            path: what
            for path, what in self._now.items()
            if path == op.path or path.startswith(op.path + "/")
        }
        for path in moved:
            del self._now[path]
        self._now |= {op.target + path[len(op.path) :]: what for path, what in moved.items()}
        self._pending.append(
            ((*self._parent(op.path), None), (*self._parent(op.target), self._now[op.target]))
        )

    def _say(self, op: Op) -> None:
        """The world heard something; the disk did not."""


def taken_in(root: Path) -> dict[str, bytes | None]:
    """What is in a real folder, as ``ModelDisk`` takes it."""
    return {
        str(path.relative_to(root)): None if path.is_dir() else path.read_bytes()
        for path in sorted(root.rglob("*"))
    }


def lay_out(found: Mapping[str, bytes | None], root: Path) -> None:
    """Writes what was found after a crash into a real folder."""
    root.mkdir()
    for path, content in found.items():
        if content is None:
            (root / path).mkdir()
        else:
            (root / path).write_bytes(content)
