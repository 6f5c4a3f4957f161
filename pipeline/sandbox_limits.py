"""What one child may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxLimits:
    """What one child may use.

    Attributes:
        memory_bytes: address space; libraries and models alone map about 1 GiB.
        timeout_seconds: wall-clock time of one request of usual work.
        most_work: a child may say once that a request is more work than usual; it gets as many times the
            time, at most so many times.
        start_seconds: added to the first request of a fresh child, which loads its model then.
        open_files: file descriptors.
        file_bytes: size of one file that it may write into its scratch folder.
        scratch_bytes: size of all of them together, looked at every second.
        processes: programs that it may have running at a time, such as the second renderer of PDF.
        pages_per_child: requests after which a child is replaced, so that no leak grows for days.
        readable: further folders that it may read, for example where language data lies.
        niceness: how far it stands back from others that want a processor, 0 to 19.
        unsafe: whether to go on where the kernel cannot confine the child (S21).
    """

    memory_bytes: int = 3 * 1024**3
    timeout_seconds: float = 120.0
    most_work: float = 4.0
    start_seconds: float = 30.0
    open_files: int = 128
    file_bytes: int = 512 * 1024**2
    scratch_bytes: int = 1024**3
    processes: int = 16
    pages_per_child: int = 500
    readable: tuple[str, ...] = ()
    niceness: int = 0
    unsafe: bool = False

    @property
    def cpu_seconds(self) -> int:
        """Processor time of a whole life: a child that nobody waits for any more ends by itself."""
        return int(self.start_seconds + self.pages_per_child * self.timeout_seconds * self.most_work) + 1
