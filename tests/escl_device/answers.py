"""How the test device answers each request (Mopria eSCL specification, sections on the protocol)."""

from __future__ import annotations

import re
import threading
import time
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING

from tests.escl_device import documents
from tests.escl_device.job import BadSettings, Job, read_job

if TYPE_CHECKING:
    from tests.escl_device.device import EsclDevice

_JOB = re.compile(r"^/eSCL/ScanJobs/([0-9a-f-]+)(/NextDocument)?$")


class Answers(BaseHTTPRequestHandler):
    """One connection of a client."""

    protocol_version = "HTTP/1.1"

    @property
    def device(self) -> EsclDevice:
        device: EsclDevice = self.server.device  # type: ignore[attr-defined]
        return device

    def log_message(self, *values: object) -> None:
        """Keeps quiet."""

    def handle(self) -> None:
        try:
            super().handle()
        except (ConnectionError, TimeoutError, ValueError):
            self.close_connection = True

    def do_GET(self) -> None:
        self._note()
        device, faults = self.device, self.device.faults
        match = _JOB.match(self.path)
        if self.path == "/eSCL/ScannerCapabilities":
            self._xml(
                faults.capabilities or documents.capabilities(device.formats, device.resolutions).encode()
            )
        elif self.path == "/eSCL/ScannerStatus":
            self._xml(faults.status or device.status().encode())
        elif match and match[2] and match[1] in device.jobs:
            self._next_document(device.jobs[match[1]])
        else:
            self._plain(404)

    def do_POST(self) -> None:
        self._note()
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        device, faults = self.device, self.device.faults
        if self.path != "/eSCL/ScanJobs":
            return self._plain(404)
        if faults.refuse_job:
            return self._plain(faults.refuse_job)
        with device.lock:
            if faults.busy:
                faults.busy -= 1
                return self._plain(503, {"Retry-After": "1"})
            if device.is_busy():
                return self._plain(503)
            try:
                job = read_job(body, device.formats, device.resolutions)
            except (BadSettings, ValueError):
                return self._plain(409)
            if job.source == "Feeder" and device.adf_state != "ScannerAdfLoaded":
                return self._plain(409)
            name = device.open_job(job)
        host = "192.0.2.99" if faults.foreign_location else self.headers["Host"]
        return self._plain(201, {"Location": f"http://{host}/eSCL/ScanJobs/{name}"})

    def do_DELETE(self) -> None:
        self._note()
        match = _JOB.match(self.path)
        job = self.device.jobs.get(match[1]) if match and not match[2] else None
        if job is None:
            return self._plain(404)
        if job.state == "Processing":
            job.state = "Canceled"
        return self._plain(200)

    def _next_document(self, job: Job) -> None:
        device, faults = self.device, self.device.faults
        with device.lock:
            number = job.delivered + 1
            if job.state != "Processing":
                return self._plain(404 if job.state == "Completed" else 410)
            if job.later:
                job.later -= 1
                return self._plain(503)
            job.later = faults.later
            if number in faults.adf_state:
                device.stopped, job.state = faults.adf_state.pop(number), "Aborted"
                return self._plain(faults.stop_status)
            if number == faults.abort_at:
                job.state = "Aborted"
                return self._plain(404)
            page = device.next_page(job)
            if page is None:
                job.state = "Completed"
                return self._plain(404)
        return self._deliver(page, job.file_format, number)

    def _deliver(self, page: bytes, media_type: str, number: int) -> None:
        faults = self.device.faults
        if number == faults.short_at:
            self.send_response(200)
            self.send_header("Content-Type", media_type)
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(page[: len(page) // 2])
            self.close_connection = True
            return
        self._head(200, media_type, len(page), {"Content-Location": f"{self.path}/{number}"})
        if number in (faults.cut_at, faults.silent_at):
            self.wfile.write(page[: len(page) // 2])
            self.wfile.flush()
            self._break(is_silent=number == faults.silent_at)
            return
        self.wfile.write(page)

    def _break(self, *, is_silent: bool) -> None:
        if is_silent:
            self.connection.settimeout(60)
            self.connection.recv(1)  # until the client gives up
        else:
            threading.Thread(target=self.device.go, daemon=True).start()
            time.sleep(0.1)
        self.close_connection = True

    def _xml(self, document: bytes) -> None:
        self._head(200, "text/xml", len(document), {})
        self.wfile.write(document)

    def _plain(self, status: int, headers: dict[str, str] | None = None) -> None:
        self._head(status, "text/plain", 0, headers or {})

    def _head(self, status: int, media_type: str, length: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(length))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _note(self) -> None:
        self.device.requests.append(f"{self.command} {self.path}")
