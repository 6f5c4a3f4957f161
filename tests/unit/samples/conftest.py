from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]

# The samples are no installed package; the product never imports them.
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))


@pytest.fixture(scope="session")
def data() -> Path:
    """The committed set."""
    return ROOT / "samples" / "data"


@pytest.fixture(scope="session")
def truths(data: Path) -> dict[str, dict[str, Any]]:
    """Truth of each committed dossier by folder name."""
    return {
        path.parent.name: json.loads(path.read_text("utf-8")) for path in sorted(data.glob("*/truth.json"))
    }
