"""Fills small disks up and looks at what the office does: ``python full_disk.py FOLDER WHERE SEED…``.

Runs in a mount name space of its own, so that it may mount disks in memory. Prints one line of JSON: what
went wrong, and which codes of refusal were seen.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from dossiers.errors import ResourceError
from scanners.driver import Side
from scanners.spool import Spool
from storage.objects.filesystem import FilesystemObjectStore
from tests.faults.office import new_office, office_in
from tests.faults.oracle import check_filed, check_received
from tests.faults.papers import paper
from tests.faults.power_writer import plan

PAPERS = 6
#: A paper that is large for the disk, bytes.
SIZE = 80_000
CODES = {"STORE_FULL", "SPOOL_FULL"}


@contextmanager
def small_disk(place: Path, kibibytes: int):
    place.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kibibytes}k", "tmpfs", str(place)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def fill(place: Path, leave: int) -> Path:
    """Leaves so many bytes free."""
    space = os.statvfs(place)
    wanted = max(0, space.f_bavail * space.f_frsize - leave)
    filler = place / "filler"
    with filler.open("wb") as file:
        file.write(bytes(wanted))
    return filler


def refusal_of(trouble: ResourceError, told: list[str], seen: set[str]) -> None:
    seen.add(trouble.code)
    if trouble.code not in CODES or not trouble.vi.strip():
        told.append(f"refused with {trouble.code}: {trouble.vi}")


def receive(folder: Path, dice: random.Random, small: str, seen: set[str]) -> list[str]:
    """Papers arrive until the disk of the store, or of the records alone, is full."""
    told: list[str] = []
    elsewhere = folder.with_name(folder.name + "-objects")
    with small_disk(folder, 8192):
        if small == "records":  # the records alone are on it
            for kind in ("originals", "derivatives", "quarantine"):
                (elsewhere / kind).mkdir(parents=True)
                (folder / kind).symlink_to(elsewhere / kind)
        acknowledged = []
        new_office(folder, folder.with_name("template"))
        with office_in(folder) as office:
            dossier_id = office.open()
            filler = fill(folder, dice.randrange(0, SIZE * PAPERS))
            for number in range(1, PAPERS + 1):
                content = paper(number, SIZE)
                try:
                    office.receive(dossier_id, number, content=content)
                except ResourceError as trouble:
                    refusal_of(trouble, told, seen)
                    break
                acknowledged.append(number)
        with office_in(folder) as office:
            told += [
                f"while full: {each}" for each in check_received(office, dossier_id, acknowledged).losses
            ]
        filler.unlink()
        with office_in(folder, later=timedelta(hours=1)) as office:
            for number in range(1, PAPERS + 1):
                office.receive(dossier_id, number, content=paper(number, SIZE))
            office.work()
            verdict = check_received(office, dossier_id, range(1, PAPERS + 1)) + check_filed(
                office, dossier_id
            )
        return told + verdict.losses + verdict.doubles


def spool(folder: Path, dice: random.Random, small: str, seen: set[str]) -> list[str]:
    """Pages arrive in the spool until its disk is full."""
    told: list[str] = []
    with small_disk(folder, 4096):
        kept = []
        with Spool(folder / "spool").start(plan()) as spooled:
            filler = fill(folder, dice.randrange(0, SIZE * PAPERS))
            for number in range(1, PAPERS + 1):
                try:
                    spooled.append(paper(number, SIZE), sheet=number, side=Side.FRONT, name="x", dpi=300)
                except ResourceError as trouble:
                    refusal_of(trouble, told, seen)
                    break
                kept.append(number)
        filler.unlink()
        with Spool(folder / "spool").open("s1") as spooled:
            for number in range(len(kept) + 1, PAPERS + 1):
                spooled.append(paper(number, SIZE), sheet=number, side=Side.FRONT, name="x", dpi=300)
            found = [spooled.content(page) for page in spooled.pages()]
            if found != [paper(number, SIZE) for number in range(1, PAPERS + 1)]:
                told.append(f"{len(found)} pages in the spool")
    return told


def scratch(folder: Path, dice: random.Random, small: str, seen: set[str]) -> list[str]:
    """The store puts objects while its disk fills up: whole or not at all."""
    told: list[str] = []
    with small_disk(folder, 4096):
        store = FilesystemObjectStore(folder / "objects")
        filler, kept = fill(folder, dice.randrange(0, SIZE * PAPERS)), []
        for number in range(1, PAPERS + 1):
            try:
                kept.append(store.put_once(paper(number, SIZE)))
            except ResourceError as trouble:
                refusal_of(trouble, told, seen)
        left = list((folder / "objects" / "incoming").glob("*")) if kept else []
        if left:
            told.append(f"{len(left)} half files are left")
        filler.unlink()
        again = FilesystemObjectStore(folder / "objects")
        for number in range(1, PAPERS + 1):
            again.get(again.put_once(paper(number, SIZE)))
        for key in kept:
            again.get(key)
    return told


def main(folder: Path, where: str, seeds: list[int]) -> None:
    told, seen = [], set()
    kinds = {"store": receive, "records": receive, "spool": spool, "objects": scratch}
    for seed in seeds:
        try:
            found = kinds[where](folder / str(seed), random.Random(seed), where, seen)
        except Exception as trouble:  # noqa: BLE001 - any trouble is a finding
            found = [repr(trouble)]
        told += [f"{where} seed {seed}: {each}" for each in found]
    sys.stdout.write(json.dumps({"told": told, "seen": sorted(seen)}) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], [int(each) for each in sys.argv[3:]])
