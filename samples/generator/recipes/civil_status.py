"""Dossiers of civil status: birth, marriage, copies from the register, death."""

from __future__ import annotations

from datetime import date

from samples.generator.families import couple, family
from samples.generator.papers import birth, cards, death, marriage
from samples.generator.plan import DossierPlan, Part
from samples.generator.scanner import ScanSettings
from samples.generator.scene import Scene


def birth_registration(scene: Scene) -> DossierPlan:
    """1.001193: request, notice of birth and the mother's card, as single files of a flatbed."""
    home = family(scene)
    requester = home.mother
    notice_scan = ScanSettings(skew=-2.4, rotation=180, degradations=("uneven_light",))
    parts = [
        Part(
            paper=birth.request(scene, home, requester, 2),
            file="to-khai.jpg",
            kind="jpg",
            scans=(ScanSettings(skew=0.8),),
        ),
        Part(paper=birth.notice(scene, home), file="giay-chung-sinh.jpg", kind="jpg", scans=(notice_scan,)),
        Part(
            paper=cards.cccd(scene, requester),
            file="cccd-*.jpg",
            kind="jpg",
            scans=(ScanSettings(dpi=300, skew=1.1), ScanSettings(dpi=300, skew=-0.6)),
        ),
    ]
    return DossierPlan(
        slug="dang-ky-khai-sinh",
        title="Đăng ký khai sinh",
        procedure="1.001193",
        citizen=requester.number,
        scene=scene,
        parts=parts,
        note="Complete: request, notice of birth, card of the mother.",
    )


def marriage_registration(scene: Scene) -> DossierPlan:
    """1.000894: a request photographed by phone, two cards (one code rubbed off), a marital status paper."""
    pair = couple(scene, is_living_together=False, new_cards=True)
    husband, wife = (
        pair.husband,
        scene.population.person(
            sex="Nữ",
            born=pair.wife.born,
            home=pair.wife.home,
            origin=pair.wife.birth_area,
            surname=pair.wife.surname,
        ),
    )
    pair = type(pair)(husband=husband, wife=wife, married=pair.married)
    purpose = f"Đăng ký kết hôn với anh {husband.name}"
    parents = (scene.population.official(), scene.population.official())
    parts = [
        Part(
            paper=marriage.request(scene, pair),
            file="to-khai-ket-hon.jpg",
            kind="jpg",
            scans=(ScanSettings(is_photo=True),),
        ),
        Part(
            paper=cards.can_cuoc(scene, husband, parents),
            file="can-cuoc-nam.pdf",
            kind="pdf_scan",
            scans=(ScanSettings(dpi=300, skew=-1.3), ScanSettings(dpi=300, skew=0.7, rotation=180)),
        ),
        Part(
            paper=cards.cccd(scene, wife, has_worn_code=True),
            file="cccd-nu-*.jpg",
            kind="jpg",
            scans=(ScanSettings(dpi=200, bed="a4", skew=3.1), ScanSettings(dpi=200, bed="a4", skew=1.6)),
        ),
        Part(
            paper=marriage.status_confirmation(scene, wife, purpose),
            file="xac-nhan-hon-nhan.png",
            kind="png",
            scans=(ScanSettings(mode="bilevel", skew=-1.1, degradations=("speckle",)),),
        ),
    ]
    return DossierPlan(
        slug="dang-ky-ket-hon",
        title="Đăng ký kết hôn",
        procedure="1.000894",
        citizen=husband.number,
        scene=scene,
        parts=parts,
        note="The request is a phone photo; the code on the woman's card cannot be read; the marital status "
        "paper is no longer asked for (surplus).",
    )


def register_copies(scene: Scene) -> DossierPlan:
    """2.000635: an old issued copy, an extract, the marriage certificate and a card; no request form."""
    home = family(scene, born=date(2019, 5, 14), new_cards=True)
    record = birth.birth_record(scene, home, registered=date(2019, 6, 3))
    worn = ("speckle", "shadow")
    parts = [
        Part(
            paper=birth.certificate_copy(scene, record),
            file="ban-sao-khai-sinh.tif",
            kind="tiff_lzw",
            scans=(ScanSettings(dpi=150, mode="gray", skew=4.6, degradations=worn),),
        ),
        Part(
            paper=birth.extract(scene, record),
            file="trich-luc-*.png",
            kind="png",
            scans=(ScanSettings(dpi=300, mode="bilevel", rotation=90, skew=0.9),),
            blank_backs=True,
        ),
        Part(
            paper=marriage.certificate(scene, home.couple),
            file="ket-hon.jpg",
            kind="jpg",
            scans=(ScanSettings(dpi=200, skew=-0.7, rotation=270),),
        ),
        Part(
            paper=cards.can_cuoc(
                scene, home.mother, (scene.population.official(), scene.population.official())
            ),
            file="can-cuoc-*.jpg",
            kind="jpg",
            scans=(ScanSettings(dpi=200, skew=2.2), ScanSettings(dpi=200, skew=-1.9)),
        ),
    ]
    return DossierPlan(
        slug="cap-ban-sao-trich-luc",
        title="Cấp bản sao trích lục hộ tịch, bản sao giấy khai sinh",
        procedure="2.000635",
        citizen=home.mother.number,
        scene=scene,
        parts=parts,
        note="The request form itself is missing; older copies are attached instead.",
    )


def death_registration(scene: Scene) -> DossierPlan:
    """1.000656: notice of death and cards; an extract of another registration is surplus."""
    home = family(scene, born=date(1996, 2, 9))
    dead, child = home.father, home.child
    parts = [
        Part(
            paper=death.notice(scene, dead),
            file="giay-bao-tu.jpg",
            kind="jpg",
            scans=(ScanSettings(dpi=150, mode="gray", skew=-3.4, degradations=("noise",)),),
            blank_backs=False,
        ),
        Part(
            paper=death.extract(scene, home.mother),
            file="trich-luc-khai-tu.jpg",
            kind="jpg",
            scans=(ScanSettings(dpi=200, skew=1.4, rotation=180),),
        ),
        Part(
            paper=cards.cccd(scene, child),
            file="cccd-*.png",
            kind="png",
            scans=(
                ScanSettings(dpi=300, mode="gray", skew=0.4),
                ScanSettings(dpi=300, mode="gray", skew=-0.8),
            ),
        ),
    ]
    return DossierPlan(
        slug="dang-ky-khai-tu",
        title="Đăng ký khai tử",
        procedure="1.000656",
        citizen=child.number,
        scene=scene,
        parts=parts,
        note="The request form is missing; the extract for another person is surplus.",
    )
