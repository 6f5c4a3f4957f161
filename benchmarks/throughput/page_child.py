"""A page process that answers at once with what was recorded: ``python -m benchmarks.throughput.page_child``.

Everything around recognition is real: it runs in the sandbox, and pages and answers go through its pipes.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from benchmarks.throughput.recorded import pdf, place_of, result
from pipeline.child import Handler, serve
from pipeline.codec import encode_result
from pipeline.frames import Frame, text_of
from pipeline.job_names import INSPECT, PROBE, READ, RENDER
from pipeline.reader import PageReader
from pipeline.sandbox import Sandbox
from pipeline.sandbox_limits import SandboxLimits
from sohoa.settings import Settings


def make_reader(settings: Settings) -> PageReader:
    """A page reader with such a page process."""
    limits = SandboxLimits(pages_per_child=100_000, unsafe=settings.unsafe_sandbox)
    return PageReader(Sandbox((sys.executable, "-m", "benchmarks.throughput.page_child"), limits))


def handlers() -> Mapping[str, Handler]:
    """The jobs by name."""
    answers = [encode_result(result(place)) for place in range(8)]

    def probe(_: Frame) -> Frame:
        return Frame(head={"confined": os.environ.get("SOHOA_CONFINED", "")})

    def inspect(_: Frame) -> Frame:
        return Frame(head={"media_type": "image/jpeg", "page_count": 1, "flags": ""})

    def read(request: Frame) -> Frame:
        return Frame(head={}, parts=(answers[place_of(request.parts[0])],))

    def render(request: Frame) -> Frame:
        pages = len(text_of(request.head, "indices").split())
        return Frame(head={}, parts=(pdf(text_of(request.head, "title"), pages),))

    return {PROBE: probe, INSPECT: inspect, READ: read, RENDER: render}


if __name__ == "__main__":
    serve(handlers())
