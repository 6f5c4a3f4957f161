"""The sandboxed child: ``python -m sohoa.page_child OPTIONS-AS-JSON``, started by the parent only.

It loads the OCR engine, the classifier and the extractors once and then reads pages until it is told to
end or its parent is gone. It sees untrusted bytes; it holds no store, no database and no network.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from classifiers.marks.finder import make as make_mark_finder
from dossiers.office_types import learn_office_types
from pipeline.child import serve
from pipeline.confidence.calibration import load_calibration
from pipeline.jobs import handlers
from pipeline.language.repair import load_knowledge
from pipeline.page import PageTools
from pipeline.ports import Classifier, Extractor, OcrEngine
from sohoa.child_command import ChildOptions
from sohoa.plugins import CLASSIFIERS, EXTRACTORS, OCR_ENGINES, load


def page_tools(options: ChildOptions) -> PageTools:
    """Loads the tools.

    Raises:
        ConfigurationError: a plugin is not there.
    """
    data_dir = Path(options.data_dir)
    learn_office_types(data_dir)
    make_engine = load(OCR_ENGINES, options.engine, options.plugins)
    engine = cast("OcrEngine", make_engine(options.engine_options))
    make_classifier = load(CLASSIFIERS, options.classifier, options.plugins)
    return PageTools(
        engine=engine,
        classifier=cast("Classifier", make_classifier(engine, data_dir)),
        code_extractors=_extractors(options.code_extractors, engine, options.plugins),
        field_extractors=_extractors(options.field_extractors, engine, options.plugins),
        knowledge=load_knowledge(),
        calibration=load_calibration(),
        mark_finder=make_mark_finder(),
    )


def _extractors(names: Sequence[str], engine: OcrEngine, plugins: Sequence[str]) -> tuple[Extractor, ...]:
    return tuple(cast("Extractor", load(EXTRACTORS, name, plugins)(engine)) for name in names)


if __name__ == "__main__":
    _options = ChildOptions(**json.loads(sys.argv[1]))
    serve(handlers(lambda: page_tools(_options)))
