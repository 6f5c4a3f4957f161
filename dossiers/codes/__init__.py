"""The office's codes and numbers: parsed, normalised and checked, one file each."""

from dossiers.codes.agency_code import AgencyCode, AgencyCodeStyle
from dossiers.codes.dossier_code import DossierCode, dossier_codes_in, is_dossier_code
from dossiers.codes.mrz_check import check_digit, check_holds
from dossiers.codes.personal_number import NumberWarning, PersonalNumber, Sex
from dossiers.codes.procedure_code import ProcedureCode
from dossiers.codes.provinces import PROVINCES, TEST_PROVINCE_CODE
from dossiers.codes.result_code import ResultCode
from dossiers.codes.tax_code import TaxCheck, TaxCode

__all__ = [
    "PROVINCES",
    "TEST_PROVINCE_CODE",
    "AgencyCode",
    "AgencyCodeStyle",
    "DossierCode",
    "NumberWarning",
    "PersonalNumber",
    "ProcedureCode",
    "ResultCode",
    "Sex",
    "TaxCheck",
    "TaxCode",
    "check_digit",
    "check_holds",
    "dossier_codes_in",
    "is_dossier_code",
]
