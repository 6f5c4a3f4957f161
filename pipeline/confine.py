"""Gives up every right that decoding a page does not need, then becomes the program it was asked to start.

Run as a file by ``pipeline.sandbox``: standard library only, no import of ours, no thread before the rights
are gone. Rights that the kernel does not let us give up are reported on the environment of the program,
never silently kept: ``SOHOA_CONFINED`` lists what holds.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import struct
import sys
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_RULE_PATH_BENEATH = 1
#: Landlock rights of the file system: execute, read file, read directory; and all of ABI 1 (bits 0-12).
_READ_RIGHTS = 0b1101
_ALL_RIGHTS = (1 << 13) - 1
#: Rights that make sense on a file; asking for more on a file is an error.
_FILE_RIGHTS = 0b111
#: What a decoder reads: the system's libraries and data, devices of randomness, itself.
_READABLE = (
    "/usr", "/lib", "/lib64", "/bin", "/opt", "/etc/ld.so.cache", "/etc/localtime", "/proc/self",
    "/proc/sys/vm", "/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system/cpu", "/dev/urandom",
)  # fmt: skip


def main(arguments: list[str]) -> None:
    """Applies ``memory files file-size scratch parent -- command …`` and becomes the command."""
    memory, files, file_size, scratch, parent = arguments[:5]
    command = arguments[6:]
    held = ["limits"]
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_AS, int(memory))
    _limit(resource.RLIMIT_NOFILE, int(files))
    _limit(resource.RLIMIT_FSIZE, int(file_size))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) == 0:
        held.append("dies-with-parent")
    if os.getppid() != int(parent):
        sys.exit(1)
    if _without_network(libc):
        held.append("network")
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
        held.append("no-new-rights")
        if _without_files(libc, scratch):
            held.append("files")
    os.environ["SOHOA_CONFINED"] = " ".join(held)
    os.environ["SOHOA_ANSWERS"] = str(_private_output())
    os.execvp(command[0], command)  # noqa: S606 - the command comes from our own program


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


def _without_network(libc: ctypes.CDLL) -> bool:
    """Enters an empty network: own user name space where that is needed, keeping our user id."""
    user, group = os.getuid(), os.getgid()
    if libc.unshare(_CLONE_NEWNET) == 0:
        return True
    if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        return False
    try:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    except OSError:
        return True  # unmapped ids still read what everybody may read
    return True


def _without_files(libc: ctypes.CDLL, scratch: str) -> bool:
    """Leaves only reading of programs and data, and writing in the scratch folder (Landlock)."""
    handled = struct.pack("Q", _ALL_RIGHTS)
    ruleset = libc.syscall(_CREATE_RULESET, handled, ctypes.c_size_t(len(handled)), 0)
    if ruleset < 0:
        return False
    own = [
        each
        for each in (sys.prefix, sys.base_prefix, *sys.path, *os.environ.get("SOHOA_READABLE", "").split(":"))
        if each
    ]
    for place in (*_READABLE, *own):
        _allow(libc, ruleset, place, _READ_RIGHTS)
    _allow(libc, ruleset, "/dev/null", _FILE_RIGHTS)
    _allow(libc, ruleset, scratch, _ALL_RIGHTS)
    done = libc.syscall(_RESTRICT_SELF, ruleset, 0) == 0
    os.close(ruleset)
    return bool(done)


def _allow(libc: ctypes.CDLL, ruleset: int, place: str, rights: int) -> None:
    try:
        handle = os.open(place, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    rights = rights if Path(place).is_dir() else rights & _FILE_RIGHTS
    libc.syscall(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, struct.pack("=Qi", rights, handle), 0)
    os.close(handle)


if __name__ == "__main__":
    main(sys.argv[1:])
