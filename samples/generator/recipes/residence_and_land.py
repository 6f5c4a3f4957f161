"""Dossiers of residence and of land."""

from __future__ import annotations

from datetime import date
from typing import Final

from samples.generator.families import couple, family
from samples.generator.papers import birth, cards, contract, land, residence, tax
from samples.generator.papers.residence import Member
from samples.generator.plan import DossierPlan, Part
from samples.generator.plots import plot
from samples.generator.scanner import ScanSettings
from samples.generator.scene import Scene

#: A sheet feeder in one-bit mode; the third leaf went in upside down.
_FEEDER: Final = tuple(
    ScanSettings(
        dpi=200, mode="bilevel", skew=skew, rotation=rotation, degradations=("speckle", "punch_holes")
    )
    for skew, rotation in ((0.7, 0), (-1.5, 0), (0.9, 180), (-0.6, 0), (0.5, 0))
)


def permanent_residence(scene: Scene) -> DossierPlan:
    """1.004222: CT01, land certificate as dwelling proof, birth certificate, card; CT07 is surplus."""
    home = family(scene, born=date(2017, 9, 21))
    head, applicant, child = home.father, home.mother, home.child
    record = birth.birth_record(scene, home, registered=date(2017, 10, 10))
    members = (Member(person=applicant, relation="Vợ"), Member(person=child, relation="Con đẻ"))
    pages = tuple(
        ScanSettings(dpi=150, skew=skew, rotation=rotation)
        for skew, rotation in ((0.6, 0), (-0.9, 180), (1.2, 0), (-0.4, 0))
    )
    parts = [
        Part(
            paper=residence.ct01(scene, applicant, head, "Vợ", members),
            file="ct01.pdf",
            kind="pdf_scan",
            scans=(ScanSettings(dpi=300, mode="gray", skew=-0.5),),
            blank_backs=True,
        ),
        Part(
            paper=land.certificate(scene, plot(scene, (head, applicant))),
            file="gcn-qsdd.tif",
            kind="tiff_jpeg",
            scans=pages,
        ),
        Part(
            paper=birth.certificate(scene, record),
            file="khai-sinh.jpg",
            kind="jpg",
            scans=(ScanSettings(dpi=200, skew=2.7, degradations=("shadow",)),),
        ),
        Part(
            paper=cards.cccd(scene, applicant),
            file="cccd-*.jpg",
            kind="jpg",
            scans=(
                ScanSettings(dpi=300, skew=-1.8, rotation=90),
                ScanSettings(dpi=300, skew=0.3, rotation=90),
            ),
        ),
        Part(
            paper=residence.ct07(scene, applicant, head, "Vợ", members),
            file="ct07.png",
            kind="png",
            scans=(ScanSettings(dpi=200, mode="bilevel", skew=1.9, degradations=("speckle",)),),
        ),
    ]
    return DossierPlan(
        slug="dang-ky-thuong-tru",
        title="Đăng ký thường trú",
        procedure="1.004222",
        citizen=applicant.number,
        scene=scene,
        parts=parts,
        note="Complete; the confirmation CT07 is a surplus paper.",
    )


def land_transfer(scene: Scene) -> DossierPlan:
    """1.115468: request Mẫu 18, certificate, contract (one bit, with blank backs), fee declaration, card."""
    sellers, buyers = couple(scene), couple(scene, new_cards=False)
    buyer = buyers.husband
    parcel = plot(scene, (sellers.husband, sellers.wife))
    what = "Nhận chuyển nhượng quyền sử dụng đất"
    listed = ("Giấy chứng nhận đã cấp", "Hợp đồng chuyển nhượng quyền sử dụng đất", "Tờ khai lệ phí trước bạ")
    parts = [
        Part(
            paper=land.change_request(scene, parcel, buyer, what, listed),
            file="don-mau-18.jpg",
            kind="jpg",
            scans=(ScanSettings(dpi=200, skew=-1.2),),
        ),
        Part(
            paper=land.certificate(scene, parcel),
            file="gcn-qsdd.pdf",
            kind="pdf_scan",
            scans=(
                ScanSettings(dpi=200, skew=1.1),
                ScanSettings(dpi=200, skew=0.8),
                ScanSettings(dpi=200, rotation=90),
            ),
        ),
        Part(
            paper=contract.transfer(scene, parcel, buyer),
            file="hop-dong.tif",
            kind="tiff_g4",
            scans=_FEEDER,
            blank_backs=True,
        ),
        Part(
            paper=tax.fee_declaration(scene, parcel, buyer),
            file="le-phi-truoc-ba.jpg",
            kind="jpg",
            scans=(ScanSettings(dpi=150, mode="gray", skew=3.8, degradations=("uneven_light",)),),
        ),
        Part(
            paper=cards.cccd(scene, buyer),
            file="cccd-*.jpg",
            kind="jpg",
            scans=(
                ScanSettings(dpi=200, bed="a4", skew=-2.8),
                ScanSettings(dpi=200, bed="a4", rotation=180, skew=0.9),
            ),
        ),
    ]
    return DossierPlan(
        slug="dang-ky-bien-dong-dat-dai",
        title="Đăng ký biến động quyền sử dụng đất do chuyển nhượng",
        procedure="1.115468",
        citizen=buyer.number,
        scene=scene,
        parts=parts,
        note="Complete; the contract was fed with its blank backs.",
    )
