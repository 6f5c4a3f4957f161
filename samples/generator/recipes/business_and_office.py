"""Dossiers of household business, and a bundle of official papers without a procedure."""

from __future__ import annotations

from datetime import date

from samples.generator.families import couple, family
from samples.generator.papers import birth, business, certification, criminal_record, official
from samples.generator.plan import DossierPlan, Part
from samples.generator.scanner import ScanSettings
from samples.generator.scene import Scene


def household_business(scene: Scene) -> DossierPlan:
    """1.001612: request, authorisation and an older certificate; the owner's card is missing."""
    pair = couple(scene)
    owner, agent = pair.husband, pair.wife
    firm = business.business(scene, owner, registered=scene.before(400))
    new_firm = business.business(scene, owner, registered=scene.today)
    matter = "nộp hồ sơ và nhận kết quả đăng ký hộ kinh doanh"
    upright = ScanSettings(dpi=200, mode="gray", skew=0.6)
    parts = [
        Part(paper=business.request(scene, new_firm), file="ho-so.pdf", kind="pdf_scan", scans=(upright,)),
        Part(
            paper=official.authorisation(scene, owner, agent, matter),
            file="ho-so.pdf",
            kind="pdf_scan",
            scans=(
                ScanSettings(dpi=200, mode="gray", skew=-0.8),
                ScanSettings(dpi=200, mode="gray", skew=1.3),
            ),
            blank_backs=True,
        ),
        Part(
            paper=business.certificate(scene, firm),
            file="ho-so.pdf",
            kind="pdf_scan",
            scans=(ScanSettings(dpi=200, rotation=270, skew=-2.1, degradations=("noise",)),),
        ),
    ]
    return DossierPlan(
        slug="dang-ky-ho-kinh-doanh",
        title="Đăng ký thành lập hộ kinh doanh",
        procedure="1.001612",
        citizen=agent.number,
        scene=scene,
        parts=parts,
        note="The owner's card is missing; the authorised wife stands at the counter; the old certificate is "
        "surplus.",
    )


def official_papers(scene: Scene) -> DossierPlan:
    """Letters and decisions as scans, as a signed scan and as a born-digital PDF."""
    home = family(scene, born=date(2012, 3, 2))
    record = birth.birth_record(scene, home, registered=date(2012, 3, 20))
    topic = scene.rng.randrange(2)
    parts = [
        Part(
            paper=official.letter(scene, topic, day=scene.before(9)),
            file="cong-van-dien-tu.pdf",
            kind="pdf_born",
        ),
        Part(
            paper=official.decision(scene, topic, day=scene.before(40)),
            file="quyet-dinh-sao-y.pdf",
            kind="pdf_signed",
            scans=(ScanSettings(dpi=200, skew=0.4),),
        ),
        Part(
            paper=official.letter(scene, topic + 1, day=scene.before(20), is_received=True),
            file="cong-van-den.jpg",
            kind="jpg",
            scans=(ScanSettings(dpi=200, skew=-1.6, degradations=("punch_holes",)),),
        ),
        Part(
            paper=official.decision(scene, topic + 1, day=scene.before(75)),
            file="quyet-dinh.tif",
            kind="tiff_g4",
            scans=(ScanSettings(dpi=300, mode="bilevel", skew=4.8, rotation=180, degradations=("speckle",)),),
            blank_backs=True,
        ),
        Part(
            paper=criminal_record.certificate(scene, home.father),
            file="ly-lich-tu-phap.jpg",
            kind="jpg",
            scans=(ScanSettings(is_photo=True),),
        ),
        Part(
            paper=certification.certify(scene, birth.certificate(scene, record)),
            file="khai-sinh-photo.png",
            kind="png",
            scans=(ScanSettings(dpi=200, mode="bilevel", skew=0.7),),
        ),
    ]
    return DossierPlan(
        slug="van-ban-hanh-chinh",
        title="Văn bản hành chính không gắn với thủ tục",
        procedure="",
        citizen=home.father.number,
        scene=scene,
        parts=parts,
        note="No procedure: letters, decisions, a criminal record certificate, "
        "a certified copy of a birth certificate.",
    )
