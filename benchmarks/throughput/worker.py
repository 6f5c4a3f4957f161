"""A worker process of ``sohoa worker`` whose page processes answer with what was recorded."""

from __future__ import annotations

import sys

from benchmarks.throughput.page_child import make_reader
from sohoa.worker_child import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1], make_reader))
