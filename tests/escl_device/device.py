"""An eSCL scanner on loopback, written from the Mopria eSCL specification, with chosen faults.

It is strict where the specification is, so that it shows faults of a client. Debian's sane-airscan scans from
it too (see ``tests/integration/scanners``).
"""

from __future__ import annotations

import ssl
import threading
import uuid
from http.server import ThreadingHTTPServer
from typing import Self

from tests.escl_device import documents
from tests.escl_device.answers import Answers
from tests.escl_device.faults import Faults
from tests.escl_device.job import Job


class EsclDevice:
    """A running device; use it as a context.

    Args:
        sheets: sheets in the feeder, numbered from 1.
        formats: media types that it delivers.
        tls: makes it speak HTTPS.
    """

    def __init__(
        self,
        sheets: int = 3,
        *,
        formats: tuple[str, ...] = ("image/jpeg", "application/pdf"),
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.formats = formats
        self.resolutions = (75, 100, 150, 200, 300, 600)
        self.faults = Faults()
        self.feeder = list(range(1, sheets + 1))
        self.stopped = ""
        self.jobs: dict[str, Job] = {}
        self.requests: list[str] = []
        self.lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self._server.daemon_threads = True
        self._server.device = self  # type: ignore[attr-defined]
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.port = self._server.server_address[1]
        self.url = f"{'http' if tls is None else 'https'}://127.0.0.1:{self.port}/eSCL"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.go()

    def go(self) -> None:
        """Takes the device off the network; twice is no error."""
        if self._thread.is_alive() and threading.current_thread() is not self._thread:
            self._server.shutdown()
            self._thread.join(5)
        self._server.server_close()

    @property
    def adf_state(self) -> str:
        """State of the feeder in the words of eSCL."""
        return self.stopped or ("ScannerAdfLoaded" if self.feeder else "ScannerAdfEmpty")

    def open_job(self, job: Job) -> str:
        """Takes a job in; its name."""
        name = str(uuid.uuid4())
        job.later = self.faults.later
        self.jobs[name] = job
        return name

    def is_busy(self) -> bool:
        """Whether a job is at work: a device has one at a time."""
        return any(job.state == "Processing" for job in self.jobs.values())

    def status(self) -> str:
        """The document of status."""
        jobs = [(f"/eSCL/ScanJobs/{name}", job.state, job.delivered) for name, job in self.jobs.items()]
        return documents.status("Processing" if self.is_busy() else "Idle", self.adf_state, jobs)

    def next_page(self, job: Job) -> bytes | None:
        """The next page of a job; ``None`` at its end. Sheets leave the feeder with their last side."""
        if job.source == "Platen":
            if job.delivered:
                return None
            job.delivered = 1
            return job.picture(1, "front")
        if not self.feeder:
            return None
        is_back = job.duplex and job.delivered % 2 == 1
        picture = job.picture(self.feeder[0], "back" if is_back else "front")
        if is_back or not job.duplex:
            self.feeder.pop(0)
        job.delivered += 1
        return picture
