"""Dossiers of the papers that the committed set lacks; drawn for training, development and evaluation only.

How they are captured is varied by seed, so the parts name no scanner settings.
"""

from __future__ import annotations

from datetime import date

from samples.generator.evidence import copy_stamp, e_signature, edge_seal, pen_note
from samples.generator.families import couple, family
from samples.generator.papers import (
    birth,
    cards,
    certification,
    contract,
    death,
    enterprise,
    household,
    land,
    marriage,
    notices,
    official,
    old_cards,
    older_land,
    private_letters,
    residence,
    stray,
    tax,
)
from samples.generator.papers import (
    building as building_papers,
)
from samples.generator.papers import (
    health as health_papers,
)
from samples.generator.papers import (
    request_forms as form_papers,
)
from samples.generator.papers import (
    schooling as school_papers,
)
from samples.generator.papers.residence import Member
from samples.generator.plan import DossierPlan, Part
from samples.generator.plots import plot
from samples.generator.scene import Paper, Scene


def _plan(
    scene: Scene, slug: str, title: str, citizen: str, papers: list[Paper], *, procedure: str = ""
) -> DossierPlan:
    parts = [Part(paper=paper, file=f"{paper.type_id.replace('_', '-')}.jpg", kind="jpg") for paper in papers]
    return DossierPlan(
        slug=slug,
        title=title,
        procedure=procedure,
        citizen=citizen,
        scene=scene,
        parts=parts,
        note="Papers beside the committed set.",
    )


def identity_papers(scene: Scene) -> DossierPlan:
    """Old identity card, passport, driving licence, household book."""
    home = family(scene, born=date(2014, 4, 2))
    papers = [
        old_cards.cmnd(scene, home.father),
        old_cards.passport(scene, home.mother),
        old_cards.driving_licence(scene, home.father),
        household.book(scene, home),
        cards.cccd(scene, home.mother),
    ]
    return _plan(scene, "giay-to-tuy-than", "Giấy tờ tùy thân các loại", home.father.number, papers)


def building(scene: Scene) -> DossierPlan:
    """Application and permit for a house, an older red certificate, the owner's licence."""
    pair = couple(scene)
    parcel = plot(scene, (pair.husband, pair.wife))
    papers = [
        building_papers.permit_request(scene, parcel),
        older_land.red_book(scene, parcel),
        building_papers.building_permit(scene, parcel),
        old_cards.driving_licence(scene, pair.wife),
    ]
    edge_seal(scene, papers[2], f"ỦY BAN NHÂN DÂN {scene.area.ward}", scene.area.province)
    return _plan(scene, "cap-phep-xay-dung", "Cấp giấy phép xây dựng nhà ở", pair.husband.number, papers)


def schooling(scene: Scene) -> DossierPlan:
    """Diploma and school report, once as certified and once as stamped copy."""
    home = family(scene, born=date(2010, 8, 19))
    papers = [
        school_papers.diploma(scene, home.mother),
        school_papers.school_report(scene, home.child),
        school_papers.diploma(scene, home.father),
        old_cards.cmnd(scene, home.mother),
    ]
    copy_stamp(scene, papers[2].sheets[0].canvas, "BẢN SAO", x=215.0, y=14.0)
    papers[2].copy_kind = "ban_sao"
    return _plan(scene, "van-bang", "Văn bằng, học bạ", home.mother.number, papers)


def health(scene: Scene) -> DossierPlan:
    """Health check, request about a disability and its confirmation."""
    home = family(scene, born=date(2011, 1, 9))
    papers = [
        health_papers.disability_request(scene, home.mother),
        health_papers.disability(scene, home.mother),
        health_papers.health_check(scene, home.father),
        old_cards.passport(scene, home.father),
    ]
    return _plan(scene, "suc-khoe", "Giấy tờ về sức khỏe, khuyết tật", home.mother.number, papers)


def land_and_tax(scene: Scene) -> DossierPlan:
    """Older change form, two-page certificate, two tax declarations, contract with edge seals."""
    sellers, buyers = couple(scene), couple(scene)
    parcel = plot(scene, (sellers.husband, sellers.wife))
    deal = contract.transfer(scene, parcel, buyers.husband)
    edge_seal(scene, deal, f"ỦY BAN NHÂN DÂN {scene.area.ward}", scene.area.province)
    papers = [
        older_land.older_change_form(scene, parcel, buyers.husband),
        older_land.two_page(scene, parcel),
        older_land.income_tax(scene, parcel, buyers.husband),
        older_land.land_tax(scene, parcel),
        deal,
    ]
    return _plan(
        scene,
        "dat-dai-va-thue",
        "Biến động đất đai, kê khai thuế",
        buyers.husband.number,
        papers,
        procedure="1.115468",
    )


def residence_forms(scene: Scene) -> DossierPlan:
    """CT02, CT03, a household book as old evidence."""
    home = family(scene, born=date(2013, 6, 5))
    papers = [
        household.ct02(scene, home.mother),
        household.ct03(scene, home.father),
        old_cards.passport(scene, home.mother),
        household.book(scene, home),
    ]
    return _plan(scene, "cu-tru", "Khai báo cư trú", home.mother.number, papers)


def companies(scene: Scene) -> DossierPlan:
    """Enterprise registration, its stamped copy, an authorisation with a certified signature."""
    pair = couple(scene)
    copy = enterprise.certificate(scene, pair.wife)
    copy_stamp(scene, copy.sheets[0].canvas, "SAO Y BẢN CHÍNH")
    copy.copy_kind = "chung_thuc"
    papers = [
        enterprise.certificate(scene, pair.husband),
        copy,
        official.authorisation(scene, pair.husband, pair.wife, "nộp hồ sơ đăng ký doanh nghiệp"),
    ]
    return _plan(scene, "doanh-nghiep", "Đăng ký doanh nghiệp", pair.wife.number, papers)


def office_papers(scene: Scene) -> DossierPlan:
    """Notices, submission, minutes; one signed electronically, one with a remark by pen."""
    pair = couple(scene)
    topic = scene.rng.randrange(5)
    papers = [
        notices.notice(scene, topic),
        notices.notice(scene, topic + 2),
        notices.minutes(scene, (pair.husband, pair.wife)),
        official.letter(scene, topic, day=scene.before(12), is_received=True),
        official.decision(scene, topic, day=scene.before(30), has_seal=False),
    ]
    e_signature(scene, papers[4].sheets[0].canvas, scene.chairman, scene.committee)
    pen_note(scene, papers[3].sheets[0].canvas, 118, 262)
    copy_stamp(scene, papers[0].sheets[0].canvas, "BẢN SAO", x=12.0)
    papers[0].copy_kind = "ban_sao"
    return _plan(scene, "van-ban-khac", "Thông báo, tờ trình, biên bản", pair.husband.number, papers)


def older_marriage(scene: Scene) -> DossierPlan:
    """The marriage certificate of 2010, once more as a certified copy, and old cards."""
    pair = couple(scene, before=date(2015, 12, 20))
    certified = certification.certify(scene, notices.older_marriage(scene, pair))
    papers = [
        notices.older_marriage(scene, pair),
        certified,
        old_cards.cmnd(scene, pair.wife),
        marriage.status_confirmation(scene, pair.wife, "Bổ sung hồ sơ vay vốn"),
    ]
    return _plan(scene, "ket-hon-mau-cu", "Giấy chứng nhận kết hôn mẫu cũ", pair.wife.number, papers)


def handwritten_forms(scene: Scene) -> DossierPlan:
    """Forms filled in with a pen."""
    scene.is_by_hand = True
    return _forms(scene, "to-khai-viet-tay", "Tờ khai viết tay")


def empty_forms(scene: Scene) -> DossierPlan:
    """Forms on which much was left empty; some of them entirely."""
    scene.gaps = scene.rng.choice((0.4, 0.7, 1.0))
    return _forms(scene, "to-khai-con-trong", "Tờ khai còn để trống")


def _forms(scene: Scene, slug: str, title: str) -> DossierPlan:
    home = family(scene)
    sellers = couple(scene)
    parcel = plot(scene, (sellers.husband, sellers.wife))
    members = (Member(person=home.child, relation="Con đẻ"),)
    papers = [
        birth.request(scene, home, home.mother, 1),
        residence.ct01(scene, home.mother, home.father, "Vợ", members),
        land.change_request(scene, parcel, home.father, "Nhận chuyển nhượng", ("Giấy chứng nhận đã cấp",)),
        tax.fee_declaration(scene, parcel, home.father),
        death.notice(scene, sellers.husband),
        household.ct03(scene, home.father),
    ]
    return _plan(scene, slug, title, home.mother.number, papers)


def strays(scene: Scene) -> DossierPlan:
    """Papers of no known type, as they get into a stack by mistake."""
    home = family(scene, born=date(2017, 2, 3))
    pool = stray.STRAYS + (private_letters.PRIVATE if scene.split == "train" else ())
    chosen = scene.rng.sample(pool, 4)
    papers = [make(scene) for make in chosen]
    papers.append(stray.absence(scene, home.child, home.mother))
    return _plan(scene, "giay-la", "Giấy tờ không thuộc loại nào", home.mother.number, papers)


def request_forms(scene: Scene) -> DossierPlan:
    """Five of the requests of civil status, criminal record and social aid."""
    home = family(scene)
    chosen = scene.rng.sample(form_papers.REQUESTS, 5)
    papers = [form_papers.request(scene, kind, home) for kind in chosen]
    return _plan(scene, "to-khai-khac", "Các tờ khai khác", home.mother.number, papers)
