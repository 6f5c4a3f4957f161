"""``sohoa batch --folder`` that is killed by itself: ``python folder_child.py WHERE DATA_DIR``.

``accept``: when all pages are durable and the file is about to leave its place; a number: when so many parts
of the file were handed on.
"""

from __future__ import annotations

import os
import signal
import sys

from scanners.drivers.hot_folder.hot_folder import HotFolder
from sohoa.cli.main import main
from sohoa.scanning import LocalCentre


def _die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _die_after(count: int) -> None:
    receive, done = LocalCentre.receive_file, []

    def receive_and_die(self: LocalCentre, dossier_id: str, raw: object) -> object:
        receipt = receive(self, dossier_id, raw)
        done.append(receipt)
        if len(done) == count:
            _die()
        return receipt

    LocalCentre.receive_file = receive_and_die


if __name__ == "__main__":
    where, data_dir = sys.argv[1:]
    if where == "accept":
        HotFolder.accept = _die
    else:
        _die_after(int(where))
    sys.argv = ["sohoa", "--data-dir", data_dir, "batch", "--folder", "mot-cua", "--no-read"]
    main()
