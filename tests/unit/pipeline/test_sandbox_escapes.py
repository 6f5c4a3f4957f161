"""S20: a child that tries to get out is stopped, each time; S21: without confinement nothing is decoded."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dossiers.errors import EngineError
from pipeline.confine import REQUIRED
from pipeline.frames import Frame
from pipeline.sandbox import Sandbox
from pipeline.sandbox_health import sandbox_health
from pipeline.sandbox_limits import SandboxLimits

CHILD = """
import ctypes, os, signal, socket, subprocess, sys
from pipeline.child import serve
from pipeline.frames import Frame

secret, outside, port, parent = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
libc = ctypes.CDLL(None, use_errno=True)

def called(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")

def udp():
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", port))

def fork():
    if os.fork() == 0:
        os._exit(0)

def programs():
    for _ in range(200):
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])

def fill():
    for number in range(20):
        with open(os.path.join(os.environ["TMPDIR"], str(number)), "wb") as file:
            file.write(bytes(1 << 20))
    import time
    time.sleep(60)

WAYS = {
    "password file": lambda: open("/etc/passwd").read(),
    "file outside": lambda: open(secret).read(),
    "write in /tmp": lambda: open(outside, "w"),
    "cut a file off": lambda: os.truncate(secret, 0),
    "tcp": lambda: socket.create_connection(("127.0.0.1", port), 1),
    "udp": udp,
    "unix socket": lambda: socket.socket(socket.AF_UNIX),
    "ptrace": lambda: called(libc.ptrace(16, parent, 0, 0)),
    "memory of the parent": lambda: open(f"/proc/{parent}/mem", "rb"),
    "signal to the parent": lambda: os.kill(parent, signal.SIGUSR1),
    "name space": lambda: called(libc.unshare(0x10000000)),
    "own session": os.setsid,
    "fork bomb": fork,
    "3 GiB": lambda: bytearray(3 << 30),
    "programs": programs,
    "fill": fill,
    "scratch": lambda: open(os.path.join(os.environ["TMPDIR"], "a"), "w").write("x"),
    "is scratch empty": lambda: called(-len(os.listdir(os.environ["TMPDIR"]))),
    "run a program": lambda: subprocess.run(["/bin/true"], check=True),
}

def attempt(request):
    try:
        WAYS[request.head["way"]]()
    except (OSError, MemoryError) as error:
        return Frame(head={"stopped": type(error).__name__})
    return Frame(head={"stopped": ""})

serve({"attempt": attempt})
"""
STOPPED = (
    "password file",
    "file outside",
    "write in /tmp",
    "cut a file off",
    "tcp",
    "udp",
    "unix socket",
    "ptrace",
    "memory of the parent",
    "name space",
    "own session",
    "fork bomb",
    "3 GiB",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sandbox")


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield int(server.getsockname()[1])


@pytest.fixture(scope="module")
def make(folder: Path, port: int) -> Callable[..., Sandbox]:
    script = folder / "child" / "child.py"
    script.parent.mkdir()
    script.write_text(CHILD)
    secret = folder / "secret"
    secret.write_text("Nguyễn Thị Mẫu")
    arguments = [str(secret), str(folder / "outside"), str(port), str(os.getpid())]

    def build(**limits: int) -> Sandbox:
        readable = (str(script.parent),)
        wanted = SandboxLimits(timeout_seconds=30.0, start_seconds=20.0, readable=readable, **limits)
        return Sandbox([sys.executable, str(script), *arguments], wanted)

    return build


@pytest.fixture(scope="module")
def sandbox(make: Callable[..., Sandbox]) -> Iterator[Sandbox]:
    with closing(make()) as made:
        yield made


def _stopped(sandbox: Sandbox, way: str) -> str:
    return str(sandbox.ask(Frame(head={"job": "attempt", "way": way})).head["stopped"])


@pytest.mark.parametrize("way", STOPPED)
def test_a_way_out_is_closed(sandbox: Sandbox, folder: Path, way: str) -> None:
    assert _stopped(sandbox, way) != ""
    assert not (folder / "outside").exists()
    assert (folder / "secret").read_text() == "Nguyễn Thị Mẫu"


def test_it_may_run_a_program_and_write_in_its_scratch_which_is_emptied_after_each_request(
    sandbox: Sandbox,
) -> None:
    assert _stopped(sandbox, "run a program") == ""
    assert _stopped(sandbox, "scratch") == ""
    assert _stopped(sandbox, "is scratch empty") == ""


def test_signals_to_strangers_are_stopped_where_the_kernel_can(sandbox: Sandbox) -> None:
    came = []
    import signal

    before = signal.signal(signal.SIGUSR1, lambda *_: came.append(1))
    try:
        stopped = _stopped(sandbox, "signal to the parent")
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert bool(stopped) is not bool(came)


@pytest.mark.parametrize(("way", "limits"), [("programs", {}), ("fill", {"scratch_bytes": 4 << 20})])
def test_a_child_that_takes_too_much_is_killed_with_all_it_started(make, way, limits) -> None:
    with closing(make(**limits)) as sandbox:
        assert _stopped(sandbox, "scratch") == ""
        group = sandbox.pid
        with pytest.raises(EngineError) as caught:
            _stopped(sandbox, way)
        assert caught.value.code == "CRASHED"
        deadline = time.monotonic() + 10
        while _alive(group) and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not _alive(group)


def _alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_this_machine_can_confine() -> None:
    health = sandbox_health()
    assert (health.held, health.missing) == (REQUIRED, ())
    health.require()


#: Takes calls away from itself as if the kernel were older, then asks for the health of the sandbox.
OLDER_KERNEL = """
import ctypes, errno, json, os, sys
from dossiers.errors import ConfigurationError
from pipeline.frames import Frame
from pipeline.sandbox import Sandbox
from pipeline.sandbox_health import sandbox_health
from pipeline.sandbox_limits import SandboxLimits
from pipeline.seccomp import install, refusing
from pipeline.system_calls import machine_of

libc = ctypes.CDLL(None)
libc.prctl(38, 1, 0, 0, 0)
calls = [444]  # landlock_create_ruleset
assert install(libc, refusing(machine_of(os.uname().machine), calls, errno.ENOSYS))
health = sandbox_health()
told = {"missing": health.missing}
for unsafe in (False, True):
    try:
        sandbox_health(unsafe=unsafe).require()
        with_limits = SandboxLimits(unsafe=unsafe, readable=(os.path.dirname(sys.argv[1]),))
        sandbox = Sandbox([sys.executable, *sys.argv[1:]], with_limits)
        told[str(unsafe)] = sandbox.ask(Frame(head={"job": "attempt", "way": "scratch"})).head["stopped"]
        sandbox.close()
    except ConfigurationError as error:
        told[str(unsafe)] = error.code
    try:
        sandbox = Sandbox([sys.executable, *sys.argv[1:]], SandboxLimits(unsafe=False))
        sandbox.ask(Frame(head={"job": "attempt", "way": "scratch"}))
    except ConfigurationError as error:
        told["child"] = error.code
print(json.dumps(told))
"""


def test_without_landlock_nothing_is_decoded_unless_the_office_insists(folder: Path, make, port: int) -> None:
    script = folder / "child" / "child.py"
    arguments = [str(script), "x", "y", str(port), "0"]
    done = subprocess.run(
        [sys.executable, "-c", OLDER_KERNEL, *arguments], capture_output=True, text=True, check=True
    )
    told = '{"missing": ["files"], "False": "NOT_CONFINED", "child": "NOT_CONFINED", "True": ""}'
    assert done.stdout.strip() == told
