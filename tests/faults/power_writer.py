"""What a station and a store do to the disk, to be recorded: ``power_writer.py ROOT spool|receive``."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from dossiers.opening import Opening
from scanners.driver import Side
from scanners.judgement.finding import PageJudgement
from scanners.judgement.note import judgement_to_text
from scanners.session import ScanSession
from scanners.settings import ScanSettings
from scanners.spool import Sent, Spool
from storage.objects.filesystem import FilesystemObjectStore
from tests.faults.papers import paper

PAGES = 5
SESSION = "s1"


def plan() -> ScanSession:
    opening = Opening(agency="H29.119", intake_key="k", procedure_code=None, citizen_number=None, title="t")
    return ScanSession(
        session_id=SESSION, device="m:x", profile="p", settings=ScanSettings(), opening=opening
    )


def say(*words: object) -> None:
    sys.stdout.write("SAID " + " ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def spool_and_store(root: Path) -> None:
    """Pages arrive in the spool; as soon as the store has them, the spool lets go of them."""
    store = FilesystemObjectStore(root / "objects")
    with Spool(root / "spool").start(plan()) as spooled:
        for number in range(1, PAGES + 1):
            page = spooled.append(paper(number), sheet=number, side=Side.FRONT, name=f"{number}.png", dpi=300)
            say("kept", number)
            spooled.note(page, judgement_to_text(PageJudgement()))
            if number > 1:  # one page behind, as a station at work is
                deliver(spooled, store, spooled.pages()[number - 2])
        deliver(spooled, store, spooled.pages()[-1])
        spooled.mark_ended()
        spooled.remove()


def deliver(spooled, store, page) -> None:
    store.put_once(spooled.content(page))
    say("stored", page.sequence)
    spooled.mark_sent(page, Sent(dossier_id="d1"))


def receive(root: Path) -> None:
    """Files are received: object first, then the rows."""
    from tests.faults.office import office_in

    with office_in(root) as office:
        dossier_id = office.open()
        say("opened", dossier_id)
        for number in range(1, PAGES + 1):
            office.receive(dossier_id, number)
            say("received", number)


if __name__ == "__main__":
    {"spool": spool_and_store, "receive": receive}[sys.argv[2]](Path(sys.argv[1]))
