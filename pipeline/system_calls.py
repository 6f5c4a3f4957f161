"""Numbers of the system calls that a page process is refused, by machine; standard library only.

From the kernel's tables ``arch/x86/entry/syscalls/syscall_64.tbl`` and ``include/uapi/asm-generic/unistd.h``
(aarch64). Calls above 423 have the same number everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

#: Refused on every machine under one number: asynchronous input and output, which goes past every filter of
#: calls, the newer calls that mount, and those that reach into other processes or into the kernel.
_EVERYWHERE: Final = {
    "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427,
    "open_tree": 428, "move_mount": 429, "fsopen": 430, "fsconfig": 431, "fsmount": 432, "fspick": 433,
    "mount_setattr": 442, "pidfd_open": 434, "pidfd_getfd": 438, "process_madvise": 440, "quotactl_fd": 443,
}  # fmt: skip
#: x86_64, aarch64; -1 where a machine has no such call.
_BY_MACHINE: Final = {
    "socket": (41, 198),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51),
    "unshare": (272, 97), "setns": (308, 268),
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282),
    "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106),
    "kexec_load": (246, 104), "kexec_file_load": (320, 294), "reboot": (169, 142),
    "swapon": (167, 224), "swapoff": (168, 225), "acct": (163, 89), "quotactl": (179, 60),
    "sethostname": (170, 161), "setdomainname": (171, 162),
    "settimeofday": (164, 170), "adjtimex": (159, 171),
    "clock_settime": (227, 112), "clock_adjtime": (305, 266),
    "open_by_handle_at": (304, 265), "iopl": (172, -1), "ioperm": (173, -1), "modify_ldt": (154, -1),
    # A process that left its group would outlive it.
    "setsid": (112, 157), "setpgid": (109, 154),
    # Without vfork's promise that the caller waits, a process doubles itself.
    "fork": (57, -1),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What a filter must know of a machine.

    Attributes:
        audit: the kernel's number of the architecture (``AUDIT_ARCH_…``).
        clone: number of ``clone``, whose first argument are its flags.
        foreign: first number of another calling convention on the same machine; 0: there is none.
        refused: numbers of the calls that are refused whatever their arguments are.
    """

    audit: int
    clone: int
    foreign: int
    refused: tuple[int, ...]


def machine_of(name: str) -> Machine | None:
    """Returns what is known of a machine by the name that ``uname -m`` gives it; ``None``: nothing."""
    if name == "x86_64":
        return Machine(audit=0xC000003E, clone=56, foreign=0x40000000, refused=_refused(0))
    if name == "aarch64":
        return Machine(audit=0xC00000B7, clone=220, foreign=0, refused=_refused(1))
    return None


def _refused(column: int) -> tuple[int, ...]:
    own = (numbers[column] for numbers in _BY_MACHINE.values() if numbers[column] >= 0)
    return tuple(sorted({*_EVERYWHERE.values(), *own}))
