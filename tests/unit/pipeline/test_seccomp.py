"""The filter of system calls, evaluated here instruction by instruction, for both kinds of machine."""

from __future__ import annotations

import struct

import pytest

from pipeline.seccomp import page_filter
from pipeline.system_calls import machine_of

ALLOW, KILL, EPERM, ENOSYS = 0x7FFF0000, 0x80000000, 0x00050001, 0x00050026
THREAD, VFORK, NEW_USER = 0x3D0F00, 0x4111, 0x10000011
#: read, openat, execve, mmap by machine.
NEEDED = {"x86_64": (0, 257, 59, 9, 58), "aarch64": (63, 56, 221, 222)}


def answer(program: list[bytes], number: int, audit: int, first: int = 0) -> int:
    """What the kernel would answer to a call."""
    call = struct.pack("=IIQQ", number, audit, 0, first)
    place, loaded = 0, 0
    while True:
        code, if_so, if_not, value = struct.unpack("=HBBI", program[place])
        place += 1
        if code == 0x06:
            return value
        if code == 0x20:
            loaded = struct.unpack_from("=I", call, value)[0]
            continue
        holds = {0x15: loaded == value, 0x35: loaded >= value, 0x45: bool(loaded & value)}[code]
        place += if_so if holds else if_not


@pytest.fixture(params=["x86_64", "aarch64"])
def name(request) -> str:
    return request.param


def test_everything_refused_is_refused_and_what_is_needed_is_not(name):
    machine = machine_of(name)
    program = page_filter(machine)
    assert {answer(program, each, machine.audit) for each in machine.refused} == {EPERM}
    assert {answer(program, each, machine.audit) for each in NEEDED[name]} == {ALLOW}
    assert len(program) < 256


@pytest.mark.parametrize(
    ("flags", "wanted"), [(THREAD, ALLOW), (VFORK, ALLOW), (0x11, EPERM), (NEW_USER | THREAD, EPERM)]
)
def test_threads_and_programs_may_be_started_but_no_process_doubles_itself(name, flags, wanted):
    machine = machine_of(name)
    program = page_filter(machine)
    assert answer(program, machine.clone, machine.audit, flags) == wanted
    assert answer(program, 435, machine.audit, flags) == ENOSYS  # its flags are out of sight: use clone


def test_another_calling_convention_is_no_way_around():
    machine = machine_of("x86_64")
    program = page_filter(machine)
    assert answer(program, 41, 0x40000003) == KILL  # 32 bit
    assert answer(program, 0x40000000 + 41, machine.audit) == ENOSYS  # x32


def test_a_machine_whose_calls_are_not_known_has_no_filter():
    assert machine_of("riscv64") is None
