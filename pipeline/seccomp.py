"""Refuses system calls to this process and all that it will start; standard library only.

A small filter in the kernel's own packet-filter language: a refused call fails with EPERM, so that a library
that merely tries something says so and goes on. It cannot be taken off again.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Sequence
from typing import Final

from pipeline.system_calls import Machine, machine_of

_PR_SET_SECCOMP: Final = 22
_MODE_FILTER: Final = 2
#: Same number on every machine: glibc asks for it first and takes ``clone``, whose flags can be seen.
_CLONE3: Final = 435
#: Flags of ``clone``: a thread; vfork's promise; any new name space.
_CLONE_THREAD: Final = 0x00010000
_CLONE_VFORK: Final = 0x00004000
_CLONE_NEW: Final = 0x7E020000
#: Instructions: load a word of the call, jump if equal, if at least, if any bit is set; answer.
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _ANSWER = 0x20, 0x15, 0x35, 0x45, 0x06
#: Where number, architecture and the lower half of the first argument are, bytes.
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
_ALLOW: Final = 0x7FFF0000
_KILL: Final = 0x80000000
_ERROR: Final = 0x00050000


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def refuse_calls(libc: ctypes.CDLL) -> bool:
    """Refuses every call that decoding a page does not need; the process may gain no rights any more.

    Returns:
        Whether the filter is in force; not on a machine whose calls are not known here.
    """
    machine = machine_of(os.uname().machine)
    return machine is not None and install(libc, page_filter(machine))


def install(libc: ctypes.CDLL, program: Sequence[bytes]) -> bool:
    """Puts a filter into force for this process."""
    packed = b"".join(program)
    told = _Program(len(program), packed)
    return bool(libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(told), 0, 0) == 0)


def page_filter(machine: Machine) -> list[bytes]:
    """Returns the filter of a page process.

    Threads may be made, and programs started by vfork, whose caller waits until the program runs; a process
    that doubles itself may not.
    """
    answers = [_step(_ANSWER, _ALLOW), _refusal(errno.EPERM), _refusal(errno.ENOSYS)]
    allow, refuse, unknown = range(3)
    checks: list[tuple[int, int, int | None, int | None]] = []  # instruction, value, answer if so, if not
    if machine.foreign:
        checks.append((_AT_LEAST, machine.foreign, unknown, None))
    checks.append((_EQUAL, _CLONE3, unknown, None))
    checks += [(_EQUAL, number, refuse, None) for number in machine.refused]
    checks.append((_EQUAL, machine.clone, None, allow))
    flags: list[tuple[int, int, int | None, int | None]] = [
        (_ANY_BIT, _CLONE_NEW, refuse, None),
        (_ANY_BIT, _CLONE_THREAD | _CLONE_VFORK, allow, refuse),
    ]
    # From the place after a check to the answers: what is left of the checks, one load and the flags.
    after_checks = len(flags) + 1
    steps = [
        _step(_LOAD, _ARCHITECTURE),
        _step(_EQUAL, machine.audit, 1, 0),
        _step(_ANSWER, _KILL),
        _step(_LOAD, _NUMBER),
    ]
    steps += _placed(checks, after_checks)
    steps.append(_step(_LOAD, _FIRST_ARGUMENT))
    return [*steps, *_placed(flags, 0), *answers]


def refusing(machine: Machine, numbers: Sequence[int], error: int) -> list[bytes]:
    """Returns a filter that lets calls fail as if the kernel had none of them."""
    checks: list[tuple[int, int, int | None, int | None]] = [(_EQUAL, each, 1, None) for each in numbers]
    steps = [_step(_LOAD, _ARCHITECTURE), _step(_EQUAL, machine.audit, 1, 0), _step(_ANSWER, _KILL)]
    steps.append(_step(_LOAD, _NUMBER))
    return [*steps, *_placed(checks, 0), _step(_ANSWER, _ALLOW), _refusal(error)]


def _placed(checks: Sequence[tuple[int, int, int | None, int | None]], behind: int) -> list[bytes]:
    """Makes jumps of checks: to the answer by its number, ``None``: to the next instruction."""
    placed = []
    for place, (instruction, value, if_so, if_not) in enumerate(checks):
        to_answers = len(checks) - place - 1 + behind
        jumps = [0 if answer is None else to_answers + answer for answer in (if_so, if_not)]
        placed.append(_step(instruction, value, *jumps))
    return placed


def _refusal(error: int) -> bytes:
    return _step(_ANSWER, _ERROR | error)


def _step(instruction: int, value: int, if_so: int = 0, if_not: int = 0) -> bytes:
    return struct.pack("=HBBI", instruction, if_so, if_not, value)
