"""Leaves a process reading of a few places and writing in one (Landlock); standard library only.

What newer kernels can take away besides (moving between folders, cutting files off, devices, TCP, signals
to strangers) is taken where the kernel knows it.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Final

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION: Final = 1
_RULE_PATH_BENEATH: Final = 1
#: Rights on files by version: bits 0-12, moving between folders, cutting off, controls of devices.
_FILE_RIGHTS_OF: Final = ((5, 16), (3, 15), (2, 14), (1, 13))
#: Since version 4: TCP. Since version 6: abstract sockets of strangers, signals to strangers.
_NETWORK_SINCE, _NETWORK = 4, 0b11
_SCOPES_SINCE, _SCOPES = 6, 0b11
#: Execute, read a file, read a folder.
_READ: Final = 0b1101
#: Rights that make sense on a file; asking for more on one is an error. Cutting off is bit 14.
_ON_A_FILE: Final = 0b111 | 1 << 14


def version(libc: ctypes.CDLL) -> int:
    """Which version of Landlock the kernel has; 0: none."""
    return max(0, int(libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _ASK_VERSION)))


def restrict(libc: ctypes.CDLL, *, readable: Sequence[str], writable: Sequence[str]) -> bool:
    """Takes all other rights on files from this process; returns whether the kernel did.

    Args:
        libc: the C library.
        readable: places that may be read, and programs run from; missing ones are passed over.
        writable: places that may be read and written.
    """
    known = version(libc)
    if known == 0:
        return False
    rights = (1 << next(bits for since, bits in _FILE_RIGHTS_OF if known >= since)) - 1
    wanted = (rights, _NETWORK if known >= _NETWORK_SINCE else 0, _SCOPES if known >= _SCOPES_SINCE else 0)
    told = struct.pack("QQQ", *wanted)
    # The kernel refuses what it does not know, zeros excepted.
    ruleset = libc.syscall(_CREATE_RULESET, told, ctypes.c_size_t(len(told)), 0)
    if ruleset < 0:
        return False
    for place in readable:
        _allow(libc, ruleset, place, _READ & rights)
    for place in writable:
        _allow(libc, ruleset, place, rights)
    done = libc.syscall(_RESTRICT_SELF, ruleset, 0) == 0
    os.close(ruleset)
    return bool(done)


def _allow(libc: ctypes.CDLL, ruleset: int, place: str, rights: int) -> None:
    try:
        handle = os.open(place, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    rights = rights if Path(place).is_dir() else rights & _ON_A_FILE
    libc.syscall(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, struct.pack("=Qi", rights, handle), 0)
    os.close(handle)
