"""Draws forms that nobody filled in, or hardly: ``python -m benchmarks.fields.empty_forms --out DIR``.

Values invented for empty fields are rare, so that many empty fields are needed to count them: each dossier
holds twelve forms and some hundred fields without a value. The people are those of the generator's split.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from samples.generator.families import couple, family
from samples.generator.papers import (
    birth,
    building,
    business,
    death,
    household,
    land,
    marriage,
    older_land,
    request_forms,
    residence,
    tax,
)
from samples.generator.papers.residence import Member
from samples.generator.places import SPLITS
from samples.generator.plan import DossierPlan, Part
from samples.generator.plots import plot
from samples.generator.scene import Paper, Scene
from samples.generator.variation import vary
from samples.generator.writer import write_dossier

#: How much stays empty in each second dossier.
_GAPS: Final = (1.0, 0.8)


def main(arguments: Sequence[str] | None = None) -> None:
    """Draws the dossiers and prints one line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--dossiers", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--split", choices=SPLITS, default="dev")
    options = parser.parse_args(arguments)
    for number in range(options.dossiers):
        scene = Scene(options.split, f"{options.seed}/empty/{number}")
        scene.gaps = _GAPS[number % len(_GAPS)]
        truth = write_dossier(options.out, f"{number + 1:02d}-de-trong", vary(_plan(scene)), options.seed)
        empty = sum(len(page.get("empty_fields", ())) for page in truth["pages"])
        print(f"{truth['dossier']}: {len(truth['pages'])} pages, {empty} empty fields", flush=True)


def _plan(scene: Scene) -> DossierPlan:
    parts = [Part(paper=paper, file=f"{paper.type_id}.jpg", kind="jpg") for paper in _papers(scene)]
    return DossierPlan(
        slug="de-trong",
        title="Tờ khai để trống",
        procedure="",
        citizen="",
        scene=scene,
        parts=parts,
        note="Empty forms.",
    )


def _papers(scene: Scene) -> list[Paper]:
    home, sellers = family(scene), couple(scene)
    parcel = plot(scene, (sellers.husband, sellers.wife))
    firm = business.business(scene, home.father, registered=scene.before(3))
    members = (Member(person=home.child, relation="Con đẻ"),)
    kinds = scene.rng.sample(request_forms.REQUESTS, 3)
    return [
        birth.request(scene, home, home.mother, 1),
        marriage.request(scene, sellers),
        residence.ct01(scene, home.mother, home.father, "Vợ", members),
        household.ct03(scene, home.father),
        land.change_request(scene, parcel, home.father, "Nhận chuyển nhượng", ("Giấy chứng nhận đã cấp",)),
        older_land.older_change_form(scene, parcel, home.father),
        tax.fee_declaration(scene, parcel, home.father),
        building.permit_request(scene, parcel),
        business.request(scene, firm),
        death.notice(scene, sellers.husband),
        *(request_forms.request(scene, kind, home) for kind in kinds),
    ]


if __name__ == "__main__":
    main()
