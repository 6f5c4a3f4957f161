"""A child may hang, die, lie or reach out: its parent only ever sees an error of ours."""

from __future__ import annotations

import os
import socket
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dossiers.errors import EngineError, InputCode, InputError
from pipeline.frames import Frame
from pipeline.sandbox import Sandbox
from pipeline.sandbox_limits import SandboxLimits

_CHILD = """
import os, socket, sys, time
from dossiers.errors import EngineError, InputCode, InputError
from pipeline.child import serve
from pipeline.frames import Frame

print("noise before serving")

def echo(request):
    print("noise while serving")
    return Frame(head={"pid": os.getpid()}, parts=request.parts)

def refuse(request):
    raise InputError(InputCode.DAMAGED, "page 3")

def fail(request):
    raise EngineError("TIMEOUT", "inner")

def hang(request):
    time.sleep(600)

def die(request):
    os._exit(3)

def eat(request):
    return Frame(head={"size": len(bytearray(3 << 30))})

def babble(request):
    os.write(int(os.environ["SOHOA_ANSWERS"]), b"\\xff" * 64)
    return Frame(head={})

def toil(request):
    yield Frame(head={"work": request.head["work"]})
    time.sleep(request.head["seconds"])
    yield Frame(head={"done": True})

def beg(request):
    for _ in range(3):
        yield Frame(head={"work": 2.0})

def spread(request):
    import cv2, numpy
    cv2.GaussianBlur(numpy.zeros((3000, 3000), numpy.uint8), (0, 0), 9)
    return Frame(head={"threads": len(os.listdir("/proc/self/task"))})

def attempt(request):
    try:
        eval_attempt(request.head["what"])
    except (OSError, PermissionError) as error:
        return Frame(head={"stopped": type(error).__name__})
    return Frame(head={"stopped": ""})

def eval_attempt(what):
    if what == "read":
        open("/etc/passwd").read()
    elif what == "write":
        open(request_path, "w")
    elif what == "tcp":
        socket.create_connection(("127.0.0.1", request_port), 1)
    elif what == "udp":
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", request_port))
    elif what == "scratch":
        open(os.path.join(os.environ["TMPDIR"], "a"), "w").write("x")

request_path, request_port = sys.argv[1], int(sys.argv[2])
serve({"echo": echo, "refuse": refuse, "fail": fail, "hang": hang, "die": die, "eat": eat,
       "babble": babble, "attempt": attempt, "toil": toil, "beg": beg,
       "spread": spread})
"""


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    return tmp_path / "outside.txt"


@pytest.fixture
def port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield int(server.getsockname()[1])


@pytest.fixture
def make(tmp_path: Path, outside: Path, port: int) -> Iterator[Callable[..., Sandbox]]:
    script = tmp_path / "child" / "child.py"
    script.parent.mkdir()
    script.write_text(textwrap.dedent(_CHILD))
    made: list[Sandbox] = []

    def build(timeout: float = 20.0, pages: int = 500) -> Sandbox:
        limits = SandboxLimits(
            timeout_seconds=timeout, start_seconds=20.0 if timeout > 5 else 5.0, pages_per_child=pages,
            readable=(str(script.parent),),
        )  # fmt: skip
        made.append(Sandbox([sys.executable, str(script), str(outside), str(port)], limits))
        return made[-1]

    yield build
    for sandbox in made:
        sandbox.close()


def _pid(sandbox: Sandbox) -> int:
    return int(sandbox.ask(Frame(head={"job": "echo"})).head["pid"] or 0)


def _code(sandbox: Sandbox, job: str) -> str:
    with pytest.raises(EngineError) as caught:
        sandbox.ask(Frame(head={"job": job}))
    return caught.value.code


def test_large_parts_go_both_ways_whatever_the_child_prints(make: Callable[..., Sandbox]) -> None:
    parts = (os.urandom(3_000_000), b"", b"\x00\x01")
    assert make().ask(Frame(head={"job": "echo"}, parts=parts)).parts == parts


def test_one_child_serves_many_requests(make: Callable[..., Sandbox]) -> None:
    sandbox = make()
    assert _pid(sandbox) == _pid(sandbox) == sandbox.pid


def test_errors_cross_by_their_code(make: Callable[..., Sandbox]) -> None:
    sandbox = make()
    with pytest.raises(InputError) as caught:
        sandbox.ask(Frame(head={"job": "refuse"}))
    assert (caught.value.reason, caught.value.hint) == (InputCode.DAMAGED, "page 3")
    assert _code(sandbox, "fail") == "TIMEOUT"
    assert _code(sandbox, "no such job") == "BAD_REQUEST"


def test_a_child_that_hangs_is_killed_in_time_and_replaced(make: Callable[..., Sandbox]) -> None:
    sandbox = make(timeout=1.0)
    first = _pid(sandbox)
    started = time.monotonic()
    assert _code(sandbox, "hang") == "TIMEOUT"
    assert time.monotonic() - started < 4
    assert not Path(f"/proc/{first}").exists()
    assert _pid(sandbox) != first


def test_a_child_that_dies_is_replaced(make: Callable[..., Sandbox]) -> None:
    sandbox = make()
    first = _pid(sandbox)
    assert _code(sandbox, "die") == "CRASHED"
    assert _pid(sandbox) != first


def test_a_child_that_dies_between_requests_is_replaced_unnoticed(make: Callable[..., Sandbox]) -> None:
    sandbox = make()
    first = _pid(sandbox)
    os.kill(first, 9)
    time.sleep(0.2)
    assert _pid(sandbox) != first


def test_a_child_is_replaced_after_its_pages(make: Callable[..., Sandbox]) -> None:
    sandbox = make(pages=2)
    seen = [_pid(sandbox) for _ in range(4)]
    assert seen[0] == seen[1] != seen[2] == seen[3]


def test_a_child_that_talks_nonsense_is_bad_output(make: Callable[..., Sandbox]) -> None:
    assert _code(make(), "babble") == "BAD_OUTPUT"


def test_a_child_cannot_have_more_memory_than_its_limit(make: Callable[..., Sandbox]) -> None:
    with pytest.raises(InputError) as caught:
        make().ask(Frame(head={"job": "eat"}))
    assert caught.value.reason is InputCode.LIMIT_EXCEEDED


@pytest.mark.parametrize("what", ["read", "write", "tcp", "udp"])
def test_a_child_reaches_neither_files_nor_network(
    make: Callable[..., Sandbox], outside: Path, what: str
) -> None:
    assert make().ask(Frame(head={"job": "attempt", "what": what})).head["stopped"] != ""
    assert not outside.exists()


def test_a_child_may_write_in_its_own_scratch(make: Callable[..., Sandbox]) -> None:
    assert make().ask(Frame(head={"job": "attempt", "what": "scratch"})).head["stopped"] == ""


def test_a_closed_sandbox_ends_its_child_and_starts_no_other(make: Callable[..., Sandbox]) -> None:
    sandbox = make()
    pid = _pid(sandbox)
    sandbox.close()
    sandbox.close()
    assert not Path(f"/proc/{pid}").exists()
    assert _code(sandbox, "echo") == "CLOSED"


def test_a_child_that_sees_much_work_gets_more_time_but_not_for_ever(make: Callable[..., Sandbox]) -> None:
    sandbox = make(timeout=1.0)
    sandbox.ask(Frame(head={"job": "echo"}))
    assert sandbox.ask(Frame(head={"job": "toil", "work": 4.0, "seconds": 1.5})).head["done"]
    for work in (1.0, float("nan")):
        with pytest.raises(EngineError) as caught:
            sandbox.ask(Frame(head={"job": "toil", "work": work, "seconds": 30.0}))
        assert caught.value.code == "TIMEOUT"
        sandbox.ask(Frame(head={"job": "echo"}))
    started = time.monotonic()
    with pytest.raises(EngineError):
        sandbox.ask(Frame(head={"job": "toil", "work": 1e9, "seconds": 60.0}))
    assert time.monotonic() - started < 30.0


def test_a_child_may_ask_for_time_once(make: Callable[..., Sandbox]) -> None:
    assert _code(make(), "beg") == "BAD_OUTPUT"


def test_libraries_start_no_threads_in_a_child(make: Callable[..., Sandbox]) -> None:
    assert make().ask(Frame(head={"job": "spread"})).head["threads"] == 1
