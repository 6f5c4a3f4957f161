"""Buffers of pages come from memory that the process has already."""

from __future__ import annotations

import subprocess
import sys

_COUNT = """
import resource, sys
from sohoa.kept_memory import keep_memory
if sys.argv[1] == "keep":
    assert keep_memory() and keep_memory()
def faults():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(5):
    bytes(1_000_000)
before = faults()
for _ in range(100):
    bytes(1_000_000)
    bytearray(b"x" * 1_000_000)
print(faults() - before)
"""


def test_a_hundred_pages_ask_the_kernel_for_hardly_any_memory() -> None:
    asked = {
        how: int(subprocess.run([sys.executable, "-c", _COUNT, how], capture_output=True, check=True).stdout)
        for how in ("keep", "leave")
    }
    assert asked["keep"] < 2_000  # less than a page of the kernel for each 100 KB
    assert asked["leave"] > 10 * asked["keep"]
