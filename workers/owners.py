"""Who holds a lease: a process, named so that a later one can tell whether it is still alive.

A process id alone would not do: ids are used again, and containers on one machine count their own. The boot
id, the namespace of process ids and the start time tell them apart.
"""

from __future__ import annotations

import os
import socket
from pathlib import Path

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def current_owner() -> str:
    """Names this process as ``host|boot id|namespace|pid|start time``."""
    pid = os.getpid()
    return "|".join((socket.gethostname(), _boot_id(), _namespace(), str(pid), _start_time(pid) or ""))


def is_alive(owner: str) -> bool:
    """Whether the process may still be running; one of another machine or container always may."""
    parts = owner.split("|")
    if len(parts) != 5 or parts[0] != socket.gethostname():
        return True
    _, boot_id, namespace, pid, start_time = parts
    if boot_id != _boot_id():
        return False
    return namespace != _namespace() or _start_time(int(pid)) == start_time


def _boot_id() -> str:
    return _BOOT_ID.read_text(encoding="ascii").strip()


def _namespace() -> str:
    """The namespace that process ids are counted in: ``pid:[4026531836]``."""
    return str(Path("/proc/self/ns/pid").readlink())


def _start_time(pid: int) -> str | None:
    """Start time of a process in clock ticks since boot (field 22 of its stat line)."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    after_name = stat.rpartition(")")[2].split()  # the name may hold spaces and brackets
    return None if after_name[0] in ("Z", "X") else after_name[19]
