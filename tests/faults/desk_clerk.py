"""A clerk and a program at a desk that is killed: what they ask for, what they are told, and asking again."""

from __future__ import annotations

import hashlib
import itertools
import random
import re
import threading
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.faults.desk_life import TRAY
from tests.faults.papers import paper

PASSWORD = "con mèo ngủ trên mái nhà"
#: Papers in the feeder at a time.
SHEETS = 3
#: Papers of a dossier before another one is opened.
_MOST = 6
_API = "/api/v1"


@dataclass
class Folder:
    """A dossier as they know it.

    Attributes:
        code: its code.
        told: numbers of the papers that were told to be received, in order.
        scanned: numbers of the papers that were put into the feeder, in order.
        arrived: how many of those the spool kept when the desk was killed.
    """

    code: str
    told: list[int] = field(default_factory=list)
    scanned: list[int] = field(default_factory=list)
    arrived: int = 0


class Clerk:
    """Works until the desk is gone, and goes on with the next one where it was cut off.

    Args:
        data_dir: of the desk, for the feeder.
        port: where the desk is.
        secret: token of the program.
        dice: draw what is done.
    """

    def __init__(self, data_dir: Path, port: int, secret: str, dice: random.Random) -> None:
        self._data_dir = data_dir
        self._dice = dice
        self._program = {"Authorization": f"Bearer {secret}"}
        self._http = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60)
        self._token = ""
        self._papers = 0
        self._cut_off: tuple[str, int] | None = None
        self.folders: list[Folder] = []
        self.confirmed: set[str] = set()
        #: Answers since the desk began.
        self.answers = 0
        self.answered = threading.Condition()

    def work(self, acts: int) -> None:
        """Does so many acts, fewer if the desk is gone before; sees to what was cut off first."""
        self.answers = 0
        try:
            if self._cut_off is not None:
                self._send(*self._cut_off)
            for _ in range(acts):
                self._act(self._dice.random())
        except httpx.TransportError:
            return

    def ended_scans(self) -> bool:
        """Has no more papers for any scan, also one that a kill cut off and the desk took up; always true.

        The desk takes such scans up in the background: who asks too early asks again.
        """
        for folder in self.folders:
            if folder.scanned:
                self._sign_in()
                self._post(f"/intake/{folder.code}/scan/end", {}, (200,))
        return True

    def close(self) -> None:
        self._http.close()

    def _act(self, drawn: float) -> None:
        folder = self.folders[-1] if self.folders else None
        if folder is None or len(folder.told) + len(folder.scanned) >= _MOST:
            self._open()
        elif drawn < 0.7:
            self._papers += 1
            self._send("file" if drawn < 0.4 else "upload", self._papers)
        elif drawn < 0.85:
            self._confirm()
        elif not folder.scanned:
            self._scan(folder)

    def _open(self) -> None:
        """The key is the same until there was an answer."""
        key = {"Idempotency-Key": f"dossier-{len(self.folders)}"}
        body = {"procedure": "1.001193", "owner_name": "Nguyễn Thị Hoà"}
        told = self._ask("POST", f"{_API}/dossiers", json=body, headers=self._program | key)
        self.folders.append(Folder(code=told.json()["code"]))

    def _send(self, way: str, number: int) -> None:
        self._cut_off = (way, number)
        folder = self.folders[-1]
        if way == "file":
            key = {"Idempotency-Key": f"paper-{number:08d}"}
            where = f"{_API}/dossiers/{folder.code}/files"
            more = {"params": {"name": f"{number}.png"}, "content": paper(number)}
            self._ask("POST", where, headers=self._program | key, **more)
        else:
            self._upload(folder, number)
        folder.told.append(number)
        self._cut_off = None

    def _upload(self, folder: Folder, number: int) -> None:
        """In two pieces; what was cut off goes on where the desk says, or from the beginning."""
        content = paper(number)
        about = {
            "name": f"{number}.png",
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        place = f"{_API}/dossiers/{folder.code}/uploads"
        for attempt in itertools.count():  # where it was received and the answer was cut off, it is gone
            key = {"Idempotency-Key": f"upload-{number:08d}-{attempt}"}
            begun = self._ask("POST", place, json=about, headers=self._program | key).json()
            where = f"{_API}/uploads/{begun['upload_id']}"
            state = self._ask("GET", where, headers=self._program, fine=(200, 404))
            if state.status_code == 200:
                break
        told = state.json()
        while told["file"] is None:
            offset = told["offset"]
            piece = content[offset : offset + len(content) // 2 + 1]
            more = {"params": {"offset": offset}, "content": piece}
            told = self._ask("PUT", where, headers=self._program, **more).json()

    def _scan(self, folder: Folder) -> None:
        """Papers are in the feeder from the moment at which the scan is asked for."""
        self._sign_in()
        numbers = [self._papers + each for each in range(1, SHEETS + 1)]
        self._papers += SHEETS
        (self._data_dir / TRAY).write_text(" ".join(map(str, numbers)))
        folder.scanned = numbers
        self._post(f"/intake/{folder.code}/scan", {"sheets": str(SHEETS)}, (200, 503))

    def _confirm(self) -> None:
        """Confirms what waits longest, if anything waits."""
        self._sign_in()
        where = self._ask("GET", "/review/next", fine=(302, 303, 307)).headers["location"]
        found = re.match(r"/review/document/(\w+)", where)
        if found and self._ask("GET", where, fine=(200, 404)).status_code == 200:
            form = {"type_id": "ct01", "copy_kind": "original"}
            told = self._post(f"/review/document/{found[1]}/confirm", form, (303, 404, 409))
            if told.status_code == 303 and "done=confirmed" in told.headers["location"]:
                self.confirmed.add(found[1])

    def _sign_in(self) -> None:
        """Once: a session outlives the desk."""
        if self._token:
            return
        form = {"name": "hoa", "password": PASSWORD, "back": "", "_csrf_token": self._csrf("/sign-in")}
        self._ask("POST", "/sign-in", data=form, fine=(303,))
        self._token = self._csrf("/review")

    def _csrf(self, path: str) -> str:
        found = re.search(r'name="csrf-token" content="([^"]*)"', self._ask("GET", path).text)
        assert found, path
        return found[1]

    def _post(self, path: str, form: dict[str, str], fine: tuple[int, ...]) -> httpx.Response:
        return self._ask("POST", path, data=form, headers={"X-CSRF-Token": self._token}, fine=fine)

    def _ask(
        self, method: str, path: str, fine: tuple[int, ...] = (200, 201), **more: object
    ) -> httpx.Response:
        told = self._http.request(method, path, **more)
        if told.status_code not in fine:
            raise AssertionError(f"{method} {path}: {told.status_code} {told.text[-2000:]}")
        with self.answered:
            self.answers += 1
            self.answered.notify_all()
        return told
