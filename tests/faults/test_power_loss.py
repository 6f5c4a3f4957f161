"""F3: the power fails at every call of station, store and records; what was acknowledged is there afterwards.

The real code's calls are recorded once and applied to a model disk that loses, tears and reorders whatever
was not synced. The real code then recovers what was found.
"""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from dossiers.errors import SohoaError
from scanners.judgement.note import kept_judgement
from scanners.spool import Sent, Spool
from storage.objects.filesystem import FilesystemObjectStore
from tests.faults.model_disk import Op, taken_in
from tests.faults.office import office_in
from tests.faults.oracle import check_received
from tests.faults.papers import code_of, paper
from tests.faults.power_cut import cut_everywhere
from tests.faults.power_writer import PAGES
from tests.faults.recording import record
from tests.faults.trials import first_seed, trials_of
from tests.faults.verdict import Verdict

WRITER = Path(__file__).with_name("power_writer.py")
Said = Sequence[tuple[str, ...]]


@pytest.fixture(scope="module")
def memory_disk() -> Iterator[Path]:
    """A folder in memory where there is one: what was found is laid out thousands of times."""
    shared = Path("/dev/shm")
    with tempfile.TemporaryDirectory(
        prefix="sohoa-power-", dir=shared if shared.is_dir() else None
    ) as folder:
        yield Path(folder)


def _recorded(strace: str, folder: Path, what: str) -> tuple[dict[str, bytes | None], list[Op]]:
    """What was on the disk before, and what the program did."""
    root = folder / what
    root.mkdir()
    if what == "receive":  # an office that is there: its schema is made once in its life (F1 kills that)
        with office_in(root):
            pass
    present = taken_in(root)
    return present, record(strace, WRITER, root, what)


def judge_spool(root: Path, said: Said) -> Verdict:
    """Kept pages are in the spool or in the store; the next start delivers all of them, in order."""
    verdict = Verdict()
    kept = [int(words[1]) for words in said if words[0] == "kept"]
    stored = [int(words[1]) for words in said if words[0] == "stored"]
    store, spool = FilesystemObjectStore(root / "objects"), Spool(root / "spool")
    for path in (root / "objects").glob("??/??/*"):
        if hashlib.sha256(path.read_bytes()).hexdigest() != path.name:
            verdict.losses.append(f"object {path.name[:8]} is not itself")
    for number in stored:
        if not _has(store, paper(number)):
            verdict.losses.append(f"stored page {number} is gone")
    try:
        delivered = _deliver_rest(spool, store)
    except (SohoaError, ValueError) as trouble:
        verdict.losses.append(f"the spool cannot be recovered: {trouble!r}")
        return verdict
    if delivered != sorted(delivered) or len(set(delivered)) != len(delivered):
        verdict.doubles.append(f"delivered {delivered}")
    verdict.losses += [f"kept page {number} is gone" for number in kept if not _has(store, paper(number))]
    return verdict


def _has(store: FilesystemObjectStore, content: bytes) -> bool:
    try:
        return store.get(hashlib.sha256(content).hexdigest()) == content
    except SohoaError:
        return False


def _deliver_rest(spool: Spool, store: FilesystemObjectStore) -> list[int]:
    """What the station does when it is started again."""
    delivered = []
    for session_id in spool.session_ids():
        with spool.open(session_id) as spooled:
            for page in spooled.pages():
                kept_judgement(spooled.noted(page))
                if spooled.sent(page) is None:
                    delivered.append(int(code_of(spooled.content(page)).partition("-")[2]))
                    store.put_once(spooled.content(page))
                    spooled.mark_sent(page, Sent(dossier_id="d1"))
            spooled.mark_ended()
            spooled.remove()
    return delivered


def judge_receive(root: Path, said: Said) -> Verdict:
    """Every receipt that was given stands on record with its bytes; what was not acknowledged comes again."""
    received = [int(words[1]) for words in said if words[0] == "received"]
    dossier_ids = [words[1] for words in said if words[0] == "opened"]
    with office_in(root) as office:
        verdict = check_received(office, dossier_ids[0], received) if dossier_ids else Verdict()
        dossier_id = office.open()
        if dossier_ids and dossier_id != dossier_ids[0]:
            verdict.losses.append("the dossier was opened a second time")
        for number in range(1, PAGES + 1):
            office.receive(dossier_id, number)
        return verdict + check_received(office, dossier_id, range(1, PAGES + 1))


CHUNKS = 2


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_kept_pages_survive_a_power_cut_anywhere(strace, tmp_path, memory_disk, fault_log, chunk):
    _cut(strace, tmp_path, memory_disk, fault_log, "spool", chunk, 0.98 / CHUNKS)


@pytest.mark.slow
def test_receipts_survive_a_power_cut_anywhere(strace, tmp_path, memory_disk, fault_log):
    _cut(strace, tmp_path, memory_disk, fault_log, "receive", CHUNKS, 0.02)


def _cut(strace, tmp_path, memory_disk, fault_log, what: str, chunk: int, share: float) -> None:
    started = time.monotonic()
    trials = trials_of("F3", share)
    seeds = range(first_seed() + chunk * 10**7, first_seed() + chunk * 10**7 + trials)
    folder = memory_disk / f"{what}-{chunk}"
    folder.mkdir()
    judge = judge_spool if what == "spool" else judge_receive
    verdict = cut_everywhere(*_recorded(strace, tmp_path, what), seeds, folder, judge)
    fault_log.note(
        "F3",
        {"spool": "spool and object store", "receive": "receiving with SQLite"}[what],
        trials=trials,
        losses=len(verdict.losses),
        doubles=len(verdict.doubles),
        seeds=f"{seeds[0]}-{seeds[-1]}",
        seconds=time.monotonic() - started,
    )
    assert verdict, (verdict.losses + verdict.doubles)[:5]


def test_a_forgotten_sync_is_found_out(strace, tmp_path, memory_disk):
    """Guards the trials: without any one kind of sync, pages must get lost."""
    present, ops = _recorded(strace, tmp_path, "spool")
    for forgotten in (".page.part", "spool/s1"):
        careless = [op for op in ops if op.kind != "sync" or not op.path.endswith(forgotten)]
        folder = memory_disk / f"careless-{forgotten.strip('.').replace('/', '-')}"
        folder.mkdir()
        assert cut_everywhere(present, careless, range(300), folder, judge_spool).losses
