from __future__ import annotations

import pytest

from dossiers.catalogue_file import parse_catalogue
from dossiers.errors import ConfigurationError
from dossiers.procedures import ComponentPolicy, FormRequired, SourceKind

HEAD = """
[[procedure]]
code = "1.001193"
name = "Đăng ký khai sinh"
evidence = { kind = "law", citation = "Luật" }
components_evidence = { kind = "memory" }
"""
PAPER = 'components = [ { key = "a", name = "A", accepts = [] FORM POLICY } ]'
EVIDENCE = 'evidence = { kind = "law", citation = "Luật" }'


def _policy(form: str, policy: str = "") -> ComponentPolicy:
    written = PAPER.replace("FORM", form).replace("POLICY", policy)
    return parse_catalogue(HEAD + written).procedures[0].components[0].policy


def test_what_a_file_does_not_say_stays_unknown() -> None:
    (procedure,) = parse_catalogue(HEAD).procedures

    assert procedure.effective_from is None
    assert procedure.agency is None
    assert procedure.time.text == ""
    assert procedure.time.working_days is None
    assert not procedure.time.evidence.is_verified
    assert procedure.components == ()


@pytest.mark.parametrize(
    ("form", "policy"),
    [
        (', form = "B"', ComponentPolicy.DIGITIZE),
        (', form = "C"', ComponentPolicy.CAPTURE_ONLY),
        (', form = "X"', ComponentPolicy.PRESENT_ONLY),
        ("", ComponentPolicy.DIGITIZE),
    ],
)
def test_the_policy_follows_the_form(form: str, policy: ComponentPolicy) -> None:
    assert _policy(form) is policy


def test_a_written_policy_counts_more_than_the_form() -> None:
    assert _policy(', form = "B"', ', policy = "forbidden"') is ComponentPolicy.FORBIDDEN


def test_a_component_without_evidence_takes_that_of_all_papers() -> None:
    own = PAPER.replace("FORM", "").replace("POLICY", ", " + EVIDENCE)
    inherited = PAPER.replace("FORM", ', form = "C"').replace("POLICY", "")

    assert parse_catalogue(HEAD + own).procedures[0].components[0].evidence.kind is SourceKind.LAW
    component = parse_catalogue(HEAD + inherited).procedures[0].components[0]
    assert component.evidence.kind is SourceKind.MEMORY
    assert component.form is FormRequired.COPY


def test_a_list_of_codes_makes_nameless_entries() -> None:
    text = f'[[code_list]]\nfield = "Hộ tịch"\nagency = "H05"\ncodes = ["1.000001", "1.000002"]\n{EVIDENCE}'
    first, second = parse_catalogue(text).procedures

    assert (first.number, second.number) == ("1.000001", "1.000002")
    assert second.name == ""
    assert str(second.agency) == "H05"
    assert not second.components_are_complete


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[[procedure", "no TOML"),
        ("[other]", "unknown key other"),
        ("procedure = 1", "procedure must be a list of tables"),
        ("procedure = [1]", "procedure[0]: is no table"),
        (HEAD + "colour = 1", "unknown key colour"),
        (HEAD.replace("name =", "nam ="), "name must be text"),
        (HEAD.replace("1.001193", "1.1"), "1.1 is no procedure code"),
        (HEAD.replace("1.001193", "1.00119"), "must be written 1.001190"),
        (HEAD.replace("1.001193", "1.001193.01"), "must be written 1.001193"),
        (HEAD + 'agency = "?"', "no agency identifier"),
        (HEAD + 'effective_from = "2026-01-01"', "effective_from must be a date"),
        (HEAD + "effective_from = 2026-01-01T10:00:00", "effective_from must be a date"),
        (HEAD + "legal_basis = [1]", "legal_basis must hold text only"),
        (HEAD + 'legal_basis = "Luật"', "legal_basis must be a list"),
        (HEAD + 'replaced_by = ["may"]', "replaced_by is may, allowed: dan_cu"),
        (HEAD + "components_are_complete = 1", "must be true or false"),
        (HEAD + 'time = { text = "", working_days = -1, ' + EVIDENCE + " }", "whole number from 0"),
        (HEAD + 'time = { text = "", working_days = true, ' + EVIDENCE + " }", "whole number from 0"),
        (HEAD + 'time = { text = "3 ngày" }', "evidence is missing"),
        (HEAD.replace('{ kind = "memory" }', '{ kind = "law" }'), "citation"),
        (HEAD.replace('{ kind = "memory" }', '{ citation = "Luật" }'), "kind"),
        (HEAD + PAPER.replace("FORM", ', form = "Z"').replace("POLICY", ""), "form is Z, allowed: B, C, X"),
        (HEAD + PAPER.replace("FORM", ", pages = 1").replace("POLICY", ""), "unknown key pages"),
        ('[[substitution]]\npapers = []\nlegal_basis = ""', "source is missing"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_the_place(text: str, named: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        parse_catalogue(text)

    assert error.value.code == "BAD_CATALOGUE"
    assert named in error.value.en
