"""Gives up every right that decoding a page does not need, then becomes the program it was asked to start.

Run by ``pipeline.sandbox``: standard library only, no thread before the rights are gone. ``SOHOA_CONFINED``
in the environment of the program lists what holds. Where something required does not hold the program is not
started (S21), unless the caller insists; the exit code says so.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import signal
import struct
import sys
from pathlib import Path
from typing import Final

from pipeline import landlock, seccomp

#: What must hold for untrusted bytes to be decoded, in the order in which it is taken away.
REQUIRED: Final = ("limits", "dies-with-parent", "network", "no-new-rights", "files", "calls")
#: Exit code where something required does not hold (EX_CONFIG of sysexits.h).
NOT_CONFINED: Final = 78
_PR_SET_PDEATHSIG: Final = 1
_PR_CAPBSET_DROP: Final = 24
_PR_SET_CHILD_SUBREAPER: Final = 36
_PR_SET_NO_NEW_PRIVS: Final = 38
_CLONE_NEWUSER: Final = 0x10000000
_CLONE_NEWNET: Final = 0x40000000
#: More than the kernel has capabilities.
_MOST_CAPABILITIES: Final = 64
_CAPABILITY_VERSION: Final = 0x20080522
#: What a decoder reads: the system's libraries and data, devices of randomness, itself.
_READABLE: Final = (
    "/usr", "/lib", "/lib64", "/bin", "/opt", "/etc/ld.so.cache", "/etc/localtime", "/proc/self",
    "/proc/sys/vm", "/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system/cpu", "/dev/urandom",
)  # fmt: skip
#: Limits by the names that the caller uses.
_LIMITS: Final = {
    "memory_bytes": resource.RLIMIT_AS,
    "open_files": resource.RLIMIT_NOFILE,
    "file_bytes": resource.RLIMIT_FSIZE,
    "cpu_seconds": resource.RLIMIT_CPU,
}


def main(arguments: list[str]) -> None:
    """Applies the wishes, JSON, of ``WISHES -- COMMAND …`` and becomes the command."""
    wishes, command = json.loads(arguments[0]), arguments[2:]
    libc = ctypes.CDLL(None, use_errno=True)
    held = list(_confined(libc, wishes))
    missing = [each for each in REQUIRED if each not in held]
    if missing and not wishes["unsafe"]:
        sys.stderr.write(f"not confined: {' '.join(missing)}\n")
        sys.exit(NOT_CONFINED)
    os.environ["SOHOA_CONFINED"] = " ".join(held)
    os.environ["SOHOA_ANSWERS"] = str(_private_output())
    os.execvp(command[0], command)  # noqa: S606 - the command comes from our own program


def _confined(libc: ctypes.CDLL, wishes: dict[str, int | str]) -> list[str]:
    held = ["limits"]
    _limit(resource.RLIMIT_CORE, 0)
    for name, kind in _LIMITS.items():
        _limit(kind, int(wishes[name]))
    if libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) == 0:
        held.append("dies-with-parent")
    if os.getppid() != int(wishes["parent"]):
        sys.exit(1)
    _stand_back(int(wishes["niceness"]))
    libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)  # whose parent died stays below us, to be counted
    has_own_network = _without_network(libc, int(wishes["processes"]))
    _without_capabilities(libc)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return [*held, "network"] if has_own_network else held
    held.append("no-new-rights")
    own = [sys.prefix, sys.base_prefix, *sys.path, *os.environ.get("SOHOA_READABLE", "").split(":")]
    readable = (*_READABLE, *filter(None, own))
    if landlock.restrict(libc, readable=readable, writable=(str(wishes["scratch"]), "/dev/null")):
        held.append("files")
    if seccomp.refuse_calls(libc):
        held.append("calls")
    return [*held, "network"] if has_own_network or "calls" in held else held


def _private_output() -> int:
    """Takes standard output away from everybody who prints: answers go through a descriptor of their own."""
    answers = os.dup(1)
    os.set_inheritable(answers, True)
    os.dup2(2, 1)
    return answers


def _limit(kind: int, wanted: int) -> None:
    _, hard = resource.getrlimit(kind)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(kind, (most, most))


def _stand_back(niceness: int) -> None:
    """Lets others have the processor first, where each session of processes is weighed as a whole too."""
    if niceness > 0:
        os.nice(niceness)
        with contextlib.suppress(OSError):
            Path("/proc/self/autogroup").write_text(str(niceness))


def _without_network(libc: ctypes.CDLL, processes: int) -> bool:
    """Enters an empty network: own user name space where that is needed, keeping our user id."""
    user, group = os.getuid(), os.getgid()
    if libc.unshare(_CLONE_NEWNET) == 0:
        return True
    if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        return False
    # Processes are counted by user name space, and this one is ours alone. Root is never counted.
    _limit(resource.RLIMIT_NPROC, processes)
    try:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    except OSError:
        return True  # unmapped ids still read what everybody may read
    return True


def _without_capabilities(libc: ctypes.CDLL) -> None:
    """Leaves root, or the root of a user name space, with the rights of an ordinary user."""
    for capability in range(_MOST_CAPABILITIES):
        libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)
    head = struct.pack("=Ii", _CAPABILITY_VERSION, 0)
    libc.capset(head, struct.pack("=6I", 0, 0, 0, 0, 0, 0))


if __name__ == "__main__":
    main(sys.argv[1:])
