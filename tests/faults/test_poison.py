"""F14: a page that kills whatever decodes it is started three times at most; the others go on."""

from __future__ import annotations

import random
import signal
import sys
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.frames import Frame
from pipeline.sandbox import Sandbox
from pipeline.sandbox_limits import SandboxLimits
from tests.faults.office import CodeReader, new_office, office_in
from tests.faults.oracle import check_filed, check_received
from tests.faults.papers import paper
from tests.faults.trials import seeds_of

#: A child that dies of some papers, each time in the way that the paper says.
CHILD = """
import os, time
from pipeline.child import serve
from pipeline.frames import Frame

def read(request):
    way = request.head["way"]
    if way:
        os.kill(os.getpid(), way)
    return Frame(head={})

serve({"read": read})
"""
WAYS = (signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS)


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("child") / "child.py"
    path.write_text(CHILD)
    return path


@pytest.mark.slow
def test_poison_is_quarantined_after_three_starts_and_the_others_are_filed(tmp_path, script, fault_log):
    started, failures = time.monotonic(), []
    for seed in seeds_of("F14"):
        folder = new_office(tmp_path / str(seed), tmp_path / "template")
        failures += _trial(folder, script, random.Random(seed))
    fault_log.note(
        "F14",
        "pages that kill their process",
        trials=len(seeds_of("F14")),
        losses=len(failures),
        seeds=f"{seeds_of('F14')[0]}-{seeds_of('F14')[-1]}",
        seconds=time.monotonic() - started,
    )
    assert failures == []


def _trial(folder: Path, script: Path, dice: random.Random) -> list[str]:
    numbers = [1, 2, 3, 4]
    poison, way = dice.choice(numbers), dice.choice(WAYS)
    limits = SandboxLimits(timeout_seconds=30.0, readable=(str(script.parent),))
    starts = []
    with closing(Sandbox([sys.executable, str(script)], limits)) as sandbox:

        def decode(content: bytes) -> None:
            is_poison = content == paper(poison)
            starts.append(is_poison)
            sandbox.ask(Frame(head={"job": "read", "way": int(way) if is_poison else 0}, parts=(content,)))

        for hours in range(4):  # each time later: pauses are over
            with office_in(folder, CodeReader(decode), timedelta(hours=hours / 2)) as office:
                if hours == 0:
                    dossier_id = office.open()
                    for number in numbers:
                        office.receive(dossier_id, number)
                office.work()
        with office_in(folder) as office:
            verdict = check_received(office, dossier_id, numbers)
            verdict += check_filed(office, dossier_id, [poison])
    told = verdict.losses + verdict.doubles
    if starts.count(True) > 3:
        told.append(f"poison was started {starts.count(True)} times")
    return told
