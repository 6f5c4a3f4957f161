"""The version of the page stages; part of every effect key."""

from __future__ import annotations

from typing import Final

#: Raise this whenever a stage may give another result for the same bytes.
PIPELINE_VERSION: Final = "10"
