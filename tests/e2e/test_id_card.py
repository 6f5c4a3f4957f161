"""Both sides of an identity card in one scan of the glass: from the device into one document of two pages."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dossiers.opening import Opening
from pipeline.codec import decode_result
from samples.generator.papers import cards
from samples.generator.scene import Scene
from scanners.driver import DeviceInfo, RawPage
from scanners.profiles import load_profiles
from scanners.session import ScanSession
from scanners.settings import Capabilities, ScanSettings
from sohoa.bootstrap import bootstrap
from sohoa.digitization import wait_until_read
from sohoa.scanning import at_work, spool_of
from sohoa.settings import load_settings

pytestmark = pytest.mark.slow


class Glass:
    """A flatbed on which both sides lie: the back first and upside down, the front askew."""

    info = DeviceInfo(driver="memory", device="glass", label="glass")

    def __init__(self, content: bytes) -> None:
        self.content = content

    def capabilities(self) -> Capabilities:
        return Capabilities(sources=())

    def scan(self, settings: ScanSettings) -> Iterator[RawPage]:
        yield RawPage(sequence=0, name="glass.png", content=self.content, dpi=settings.dpi)

    def cancel(self) -> None:
        pass

    def close(self) -> None:
        pass


class Quiet:
    """A watcher that lets nothing pass unseen that would be a fault."""

    def arrived(self, page: object, judgement: object) -> None:
        pass

    def unreadable(self, item: object) -> None:
        raise AssertionError(item)

    def refused(self, page: object, refusal: Exception) -> None:
        raise AssertionError(refusal)

    def postponed(self, trouble: Exception, waiting: int) -> None:
        raise AssertionError(trouble)


def _picture() -> bytes:
    scene = Scene("dev", "e2e/glass")
    person = scene.population.adult(
        sex="Nam", home=scene.gazetteer.address(scene.area), origin=scene.gazetteer.area(), new_card=False
    )
    front, back = (sheet.canvas.image.convert("RGBA") for sheet in cards.cccd(scene, person).sheets)
    glass = Image.new("RGB", (2480, 3508), (186, 188, 190))
    size = (round(85.6 / 25.4 * 300), round(53.98 / 25.4 * 300))
    for card, degrees, place in ((back, 180, (500, 400)), (front, 12, (900, 1900))):
        turned = card.resize(size).rotate(degrees, expand=True, resample=Image.Resampling.BICUBIC)
        glass.paste(turned, place, turned)
    noise = np.random.default_rng(1).integers(-4, 5, (3508, 2480, 1))
    pixels = np.clip(np.asarray(glass, np.int16) + noise, 0, 255).astype(np.uint8)
    target = io.BytesIO()
    Image.fromarray(pixels).save(target, "PNG", dpi=(300, 300), compress_level=1)
    return target.getvalue()


def test_two_sides_on_the_glass_become_one_card_of_the_dossier(tmp_path: Path) -> None:
    settings = load_settings(file=None, environment={}, overrides={"data_dir": tmp_path, "workers": 1})
    profile = load_profiles(tmp_path)["id-card"]
    opening = Opening(
        agency=settings.agency, intake_key="card", procedure_code=None, citizen_number=None, title="Thẻ"
    )
    plan = ScanSession(
        session_id="s1", device="memory:glass", profile=profile.name, settings=profile.settings,
        opening=opening, is_card=profile.is_card,
    )  # fmt: skip
    content = _picture()
    with bootstrap(settings) as application, spool_of(settings).start(plan) as spooled:
        with at_work(spooled, application, Quiet()) as work:
            work.station.run(Glass(content))
            assert work.station.finish()
            [dossier] = work.delivery.dossiers
        assert dossier is not None
        application.workers.start()
        try:
            wait_until_read(application, [dossier.dossier_id], lambda _: None)
        finally:
            application.workers.stop()
        with application.records.transaction() as records:
            pages = records.pages.of_dossier(dossier.dossier_id)
            documents = records.documents.of_dossier(dossier.dossier_id)
            artefacts = [records.pages.reading(page.page_id) for page in pages]
        assert [document.type_id for document in documents] == ["cccd_front"]
        assert documents[0].page_ids == tuple(page.page_id for page in pages)
        assert documents[0].pdf_key is not None
        assert len({page.original_key for page in pages}) == 1
        assert application.originals.get(pages[0].original_key) == content
        for found in artefacts:
            assert found is not None
            placement = decode_result(application.derivatives.get(found[1])).placement
            assert (placement.original_width, placement.original_height) == (2480, 3508)
            assert 950 < placement.width < 1080
