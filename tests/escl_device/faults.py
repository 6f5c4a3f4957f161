"""What an eSCL test device does wrong, and when."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Faults:
    """Trouble by 1-based page of a job, and general misbehaviour.

    Attributes:
        adf_state: state of the feeder that stops it before a page, for example ``ScannerAdfJam``.
        stop_status: HTTP status that a stopped page answers.
        cut_at: page that breaks off in the middle, after which the device is gone.
        silent_at: page in whose middle nothing comes any more.
        short_at: page that ends early without a sign in HTTP (no length, connection closed).
        later: how many times a page is answered 503 before it comes.
        busy: how many times a new job is answered 503.
        refuse_job: HTTP status that every new job gets.
        abort_at: page before which the device aborts the job by itself.
        foreign_location: job addresses name another host.
        capabilities: replaces the document of capabilities.
        status: replaces the document of status.
    """

    adf_state: dict[int, str] = field(default_factory=dict)
    stop_status: int = 409
    cut_at: int = 0
    silent_at: int = 0
    short_at: int = 0
    later: int = 0
    busy: int = 0
    refuse_job: int = 0
    abort_at: int = 0
    foreign_location: bool = False
    capabilities: bytes | None = None
    status: bytes | None = None
