"""Dossiers of civil status: births, marriages, marital status."""

from __future__ import annotations

from samples.generator.families import family
from samples.generator.papers import birth, cards
from samples.generator.plan import DossierPlan, Part
from samples.generator.scanner import ScanSettings
from samples.generator.scene import Scene


def birth_registration(scene: Scene) -> DossierPlan:
    """1.001193: request, notice of birth and the mother's card, as single files of a flatbed."""
    home = family(scene)
    requester = home.mother
    parts = [
        Part(
            paper=birth.request(scene, home, requester, 2),
            file="to-khai.jpg",
            kind="jpg",
            scans=(ScanSettings(skew=0.8),),
        ),
        Part(
            paper=birth.notice(scene, home),
            file="giay-chung-sinh.jpg",
            kind="jpg",
            scans=(ScanSettings(skew=-2.4, rotation=180, degradations=("uneven_light",)),),
        ),
        Part(
            paper=cards.cccd(scene, home.mother),
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
