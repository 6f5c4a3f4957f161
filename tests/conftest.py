"""What the tests of several folders share."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from tests.servers.postgres import empty_records, postgres, records_url
from tests.servers.quick_schema import quick_schema
from tests.servers.s3_servers import ministack_server, rgw_server

__all__ = [
    "empty_records",
    "ministack_server",
    "page_heads",
    "postgres",
    "quick_schema",
    "records_url",
    "rgw_server",
]

_SAMPLES = Path(__file__).parents[1] / "samples" / "data"


@pytest.fixture(scope="session")
def page_heads() -> list[Image.Image]:
    """The upper thirds of five upright sample pages, grey: enough to be read and named, and quick."""
    heads: list[Image.Image] = []
    for truth_file in sorted(_SAMPLES.glob("*/truth.json")):
        for page in json.loads(truth_file.read_text(encoding="utf-8"))["pages"]:
            path = truth_file.parent / page["file"]
            is_plain = page["rotation"] == 0 and not page["blank"] and page["is_first_page"]
            if (
                is_plain
                and path.suffix in (".jpg", ".png")
                and "photo_perspective" not in page["degradations"]
            ):
                with Image.open(path) as image:
                    heads.append(image.convert("L").crop((0, 0, image.width, image.height // 3)))
    return [head for head in heads if head.width > 1000][:5]
