"""How the sandboxed child is started; the parent need not load what the child loads."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sohoa.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildOptions:
    """Which tools the child loads; crosses the process boundary as JSON."""

    engine: str
    engine_options: dict[str, str]
    classifier: str
    data_dir: str
    code_extractors: Sequence[str]
    field_extractors: Sequence[str]
    plugins: Sequence[str]


def child_command(settings: Settings) -> tuple[str, ...]:
    """The command line that starts a child with these settings."""
    options = ChildOptions(
        engine=settings.engine,
        engine_options=settings.engine_options,
        classifier=settings.classifier,
        data_dir=str(settings.data_dir),
        code_extractors=settings.code_extractors,
        field_extractors=settings.field_extractors,
        plugins=settings.plugins,
    )
    return (sys.executable, "-m", "sohoa.page_child", json.dumps(asdict(options)))
