"""Who holds a lease: a process, named so that a later one can tell whether it is still alive.

A process id alone would not do: ids are used again. The boot id and the start time tell them apart.
"""

from __future__ import annotations

import os
import socket
from pathlib import Path

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def current_owner() -> str:
    """Names this process as ``host|boot id|pid|start time``."""
    pid = os.getpid()
    return "|".join((socket.gethostname(), _boot_id(), str(pid), _start_time(pid) or ""))


def is_alive(owner: str) -> bool:
    """Whether the process may still be running; a process of another machine always may."""
    parts = owner.split("|")
    if len(parts) != 4 or parts[0] != socket.gethostname():
        return True
    _, boot_id, pid, start_time = parts
    return boot_id == _boot_id() and _start_time(int(pid)) == start_time


def _boot_id() -> str:
    return _BOOT_ID.read_text(encoding="ascii").strip()


def _start_time(pid: int) -> str | None:
    """Start time of a process in clock ticks since boot (field 22 of its stat line)."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    after_name = stat.rpartition(")")[2].split()  # the name may hold spaces and brackets
    return None if after_name[0] in ("Z", "X") else after_name[19]
