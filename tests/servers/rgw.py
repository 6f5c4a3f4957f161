"""A real S3 server: Ceph's RADOS gateway with one monitor and one store, in memory, on the loopback device.

No root, no systemd: three programs of Debian's packages ``ceph-mon ceph-osd radosgw ceph-common``; up in
about 13 s.
"""

from __future__ import annotations

import os
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import which
from typing import Final

from tests.servers.ministack import await_answer
from tests.servers.processes import end, find
from tests.servers.shared import free_port, missing, shared

ACCESS: Final = "sohoatest"
SECRET: Final = "sohoatestsecret"  # of a server that lives for seconds on the loopback device
PROGRAMS: Final = ("ceph-mon", "ceph-osd", "radosgw", "ceph", "monmaptool", "radosgw-admin")
_DAEMONS: Final = ("client.rgw.a", "osd.0", "mon.a")

_CONFIGURATION: Final = """
[global]
fsid = {fsid}
mon host = v1:127.0.0.1:{mon_port}
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind msgr2 = false
auth cluster required = none
auth service required = none
auth client required = none
osd crush chooseleaf type = 0
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
mon allow pool size one = true
mon warn on pool no redundancy = false
mon max pg per osd = 1000
mon data avail crit = 1
mon data avail warn = 1
run dir = {folder}/run
admin socket = {folder}/run/$cluster-$name.asok
pid file = {folder}/run/$name.pid
log file = {folder}/log/$name.log
keyring = {folder}/keyring
crash dir = {folder}/log
[mon.a]
mon data = {folder}/mon
mon initial members = a
[osd.0]
osd objectstore = memstore
osd data = {folder}/osd
osd class load list = *
osd class update on start = false
osd crush update on start = false
memstore device bytes = 1073741824
osd scrub load threshold = 2000
[client.rgw.a]
rgw data = {folder}/rgw
rgw frontends = beast endpoint=127.0.0.1:{port}
rgw enable usage log = false
rgw gc max objs = 1
rgw lc max objs = 1
rgw num control oids = 1
rgw usage max shards = 1
rgw override bucket index max shards = 1
rgw crypt require ssl = false
rgw crypt s3 kms backend = testing
rgw crypt s3 kms encryption keys = testkey-1=YmluCmJvb3N0CmJvb3N0LWJ1aWxkCmNlcGguY29uZgo=
"""


@contextmanager
def rgw(folder: Path) -> Iterator[str]:
    """Runs it; gives its address, host and port."""
    absent = [each for each in PROGRAMS if which(each) is None]
    if absent:
        missing(f"the RADOS gateway is not installed: {', '.join(absent)}")
    with shared(folder / "rgw", _start, _stop) as told:
        yield told["address"]


@dataclass
class SecondGateway:
    """Another gateway to the same objects, which a test may kill and start while others use the first one.

    Args:
        folder: a folder of the test's own.
        configuration: of the running servers.
    """

    folder: Path
    configuration: Path
    port: int = field(default_factory=free_port)

    @property
    def address(self) -> str:
        """Host and port; the same in every life."""
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        """Starts it and waits until it answers."""
        own = {"rgw_frontends": f"beast endpoint={self.address}", "rgw_data": str(self.folder)}
        own |= {"pid_file": str(self._pid_file), "log_file": str(self.folder / "log")}
        own |= {"admin_socket": str(self.folder / "s.asok")}
        said = [f"--{name}={value}" for name, value in own.items()]
        command = ["radosgw", "--conf", str(self.configuration), "-n", "client.rgw.a", *said]
        subprocess.run(command, check=True, capture_output=True, timeout=90)
        await_answer("127.0.0.1", self.port, 60)

    def kill(self) -> None:
        """Ends it at once, with whatever it is at."""
        process = find(self._pid_file)
        if process is not None:
            process.kill()

    def stop(self) -> None:
        """Ends it, if it lives."""
        end(self._pid_file, seconds=0.5)

    @property
    def _pid_file(self) -> Path:
        return self.folder / "gateway.pid"


def configuration_of(folder: Path) -> Path:
    """Where the configuration of the servers is that run in a folder of a test run."""
    [found] = [each for each in (folder / "rgw").glob("*/ceph.conf") if (each.parent / "run").is_dir()][-1:]
    return found


def _start(folder: Path) -> dict[str, str]:
    """Starts it; a port may be taken by somebody else between choosing and using it: then once more."""
    try:
        return _start_in(folder / "first")
    except AssertionError:
        _stop(folder)
        return _start_in(folder / "second")


def _start_in(folder: Path) -> dict[str, str]:
    folder.mkdir()
    port, fsid = free_port(), str(uuid.uuid4())
    mon_port = free_port()
    for name in ("mon", "osd", "rgw", "run", "log"):
        (folder / name).mkdir()
    (folder / "keyring").touch()
    told = _CONFIGURATION.format(fsid=fsid, mon_port=mon_port, port=port, folder=folder)
    (folder / "ceph.conf").write_text(told)
    monmap = str(folder / "monmap")
    keyring = str(folder / "keyring")
    _run(
        folder, "monmaptool", "--create", "--fsid", fsid, "--addv", "a", f"[v1:127.0.0.1:{mon_port}]", monmap
    )
    _run(folder, "ceph-mon", "-i", "a", "--mkfs", "--monmap", monmap, "--keyring", keyring)
    _run(folder, "ceph-mon", "-i", "a")
    _run(folder, "ceph-osd", "-i", "0", "--mkfs")
    _run(folder, "ceph", "osd", "new", (folder / "osd" / "fsid").read_text().strip())
    _run(folder, "ceph", "osd", "crush", "add", "osd.0", "1", "root=default", "host=localhost")
    _run(folder, "ceph-osd", "-i", "0")
    _run(folder, "radosgw", "-n", "client.rgw.a")
    await_answer("127.0.0.1", port, 60)
    keys = ("--access-key", ACCESS, "--secret-key", SECRET)
    _run(
        folder,
        "radosgw-admin",
        "-n",
        "client.rgw.a",
        "user",
        "create",
        "--uid=ci",
        "--display-name=ci",
        *keys,
    )
    return {"address": f"127.0.0.1:{port}"}


def _stop(folder: Path) -> None:
    end(
        *(run / f"{each}.pid" for run in folder.glob("*/run") for each in _DAEMONS), seconds=0.5
    )  # nothing in it outlives it


def _run(folder: Path, *command: str) -> None:
    configuration = str(folder / "ceph.conf")
    environment = {**os.environ, "CEPH_CONF": configuration, "CEPH_ARGS": f"--conf {configuration}"}
    done = subprocess.run(
        command, env=environment, cwd=folder, check=False, capture_output=True, text=True, timeout=90
    )
    assert done.returncode == 0, f"{command[0]}: {done.stderr[-500:]}"
