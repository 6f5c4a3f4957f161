"""What can be set for one hot folder."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class HotFolderSettings:
    """Settings of one hot folder.

    Attributes:
        stable_seconds: a file is looked at when its size and time have not changed for so long (rule C10).
        patience_seconds: a file that still has no end then is refused, so that somebody hears of it.
        max_bytes: larger files are refused without being read (rule R5).
        keep_days: days that accepted files stay in the folder of accepted ones; 0 deletes them at once. The
            originals are in the object store by then.
        accepted: name of the folder that accepted files move to, in a folder for each day.
        refused: name of the folder that refused files move to, each with its reason beside it.
    """

    stable_seconds: float = 5.0
    patience_seconds: float = 600.0
    max_bytes: int = 200 * 1024 * 1024
    keep_days: int = 7
    accepted: str = "Đã nhận"
    refused: str = "Bị từ chối"
