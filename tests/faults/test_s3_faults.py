"""F10: everything that can go wrong between us and an S3 server, in front of a real one.

Each trial puts one page. The faults of a trial are drawn from its seed: which one, and how often before the
way is good again, or for ever. The oracle asks the real server, past the faults: whatever was acknowledged is
there, bit by bit; whatever was not ended in an error with the right code.
"""

from __future__ import annotations

import hashlib
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from minio import Minio

from dossiers.errors import SohoaError
from storage.objects.s3.store import S3ObjectStore
from tests.faults.trials import FaultLog, seeds_of
from tests.servers.faulty_http import Fault, FaultyHttp
from tests.servers.s3_servers import S3Server, fresh_prefix

#: Trials at the same time: most of them wait.
_SIDE_BY_SIDE = 8
_FOR_EVER = 1_000_000
#: Patience of the store in these trials, seconds.
_PATIENCE = {"deadline_seconds": "1.2", "io_timeout_seconds": "0.4", "slowest_bytes_per_second": "1000000"}


@dataclass
class Trial:
    """One page, and what goes wrong on its way."""

    seed: int
    content: bytes
    method: str
    fault: Fault
    left: int
    met: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def drawn(cls, seed: int) -> Trial:
        dice = random.Random(seed)
        return cls(
            seed=seed,
            content=b"page %d " % seed + dice.randbytes(dice.randrange(2_000, 60_000)),
            method=dice.choice(("PUT", "PUT", "GET")),
            fault=dice.choice(list(Fault)),
            left=dice.choice((1, 2, _FOR_EVER)),
        )

    @property
    def key(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    def next(self, method: str) -> Fault | None:
        with self.lock:
            if method != self.method or not self.left:
                return None
            self.left -= 1
            self.met += 1
            return self.fault

    @property
    def may_end_in(self) -> set[str]:
        """Codes of the errors that are right; what passes by itself may also end well."""
        if self.fault is Fault.FULL:
            return {"STORE_FULL"}
        if self.fault is Fault.FLIPPED:
            return {"OBJECT_DAMAGED"}
        return {"STORE_UNAVAILABLE"}

    @property
    def must_fail(self) -> bool:
        # A GET that is dropped is none; a put whose answer is lost is found done at the next try.
        is_harmless = (self.method, self.fault) in {("GET", Fault.DROPPED), ("PUT", Fault.LOST_ANSWER)}
        if self.fault is Fault.FLIPPED:
            return self.method == "PUT"
        return self.fault is Fault.FULL or (self.left > _FOR_EVER // 2 and not is_harmless)


@pytest.fixture(scope="module")
def trials() -> dict[str, Trial]:
    drawn = [Trial.drawn(seed) for seed in seeds_of("F10")]
    return {trial.key: trial for trial in drawn}


@pytest.fixture(scope="module")
def prefix(rgw_server: S3Server) -> str:
    made = fresh_prefix()
    rgw_server.store(prefix=made).put_once(b"the first put makes the server's pools, which takes seconds")
    return made


@pytest.fixture(scope="module")
def faulty(rgw_server: S3Server, trials: dict[str, Trial], prefix: str) -> Iterator[S3ObjectStore]:
    access, secret = rgw_server.key_file.read_text().split()
    direct = Minio(rgw_server.address, access_key=access, secret_key=secret, secure=False, region="us-east-1")

    def spoil(name: str, content: bytes) -> None:
        direct._put_object(f"{prefix}-originals", name, content, headers={})

    way = FaultyHttp(rgw_server.address, lambda method, name: trials[name].next(method), spoil)
    with way.running() as address:
        there = S3Server("faulty", address, rgw_server.key_file)
        yield S3ObjectStore(there.options(prefix=prefix, **_PATIENCE))


@pytest.mark.slow
def test_whatever_was_acknowledged_is_there_and_the_rest_says_why(
    faulty: S3ObjectStore, rgw_server: S3Server, trials: dict[str, Trial], prefix: str, fault_log: FaultLog
) -> None:
    started = time.monotonic()
    must_fail = {key: trial.must_fail for key, trial in trials.items()}
    with ThreadPoolExecutor(_SIDE_BY_SIDE) as threads:
        ended = dict(threads.map(lambda trial: (trial.key, _put(faulty, trial)), trials.values()))
    kept = S3ObjectStore(rgw_server.options(prefix=prefix))
    wrong = [key for key, code in ended.items() if not code and not _is_there(kept, trials[key])]
    counted = Counter(f"{trial.method} {trial.fault}" for trial in trials.values())
    fault_log.note(
        "F10",
        "S3 store behind a faulty way",
        trials=len(trials),
        losses=len(wrong),
        seeds=f"{seeds_of('F10').start}-{seeds_of('F10').stop - 1}",
        seconds=time.monotonic() - started,
        note=f"{sum(not code for code in ended.values())} acknowledged",
    )
    assert wrong == []
    # On a busy machine the way itself may be too slow before the fault is met: an error, and rare.
    assert sum(trial.met > 0 for trial in trials.values()) > 0.9 * len(trials)
    if len(trials) >= 200:  # the count of the plan; a part of it need not draw every fault
        assert len(counted) == 2 * len(Fault)
    for key, code in ended.items():
        trial = trials[key]
        assert not code or code in trial.may_end_in, f"seed {trial.seed}: {trial.fault} ended in {code}"
        assert code or not must_fail[key], f"seed {trial.seed}: {trial.fault} for ever was not noticed"


@pytest.mark.slow
def test_what_was_refused_can_be_put_once_the_way_is_good_again(
    rgw_server: S3Server, trials: dict[str, Trial], prefix: str
) -> None:
    """All but what a rotten store holds under the key: that is told, until a person mends it."""
    good = S3ObjectStore(rgw_server.options(prefix=prefix))
    for trial in list(trials.values())[:40]:
        if trial.fault is Fault.FLIPPED and trial.method == "PUT":
            with pytest.raises(SohoaError) as damage:
                good.put_once(trial.content)
            assert damage.value.code == "OBJECT_DAMAGED"
        else:
            assert good.put_once(trial.content) == trial.key
            assert good.get(trial.key) == trial.content


def _put(store: S3ObjectStore, trial: Trial) -> str:
    """Returns the code of the error, or nothing."""
    try:
        assert store.put_once(trial.content) == trial.key
    except SohoaError as trouble:
        return trouble.code
    return ""


def _is_there(store: S3ObjectStore, trial: Trial) -> bool:
    try:
        return store.get(trial.key) == trial.content
    except SohoaError:
        return False
