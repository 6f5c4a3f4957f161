"""What an account may do: roles as data, every right named once.

Rules: a role holds the least that its work needs; an administrator manages the office and sees no papers. A
right beside the role is given to an account by name. What is not listed is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Permission(StrEnum):
    """One right; tokens of programs carry a choice of them as scopes."""

    CATALOGUE_READ = "catalogue.read"  # procedures, checklists
    DOSSIER_READ = "dossier.read"  # dossiers of one's branches: state, slots, pages, documents, fields
    DOSSIER_WRITE = "dossier.write"  # open, receive, sort, print receipts
    ORIGINAL_READ = "original.read"  # originals as they came; everybody else gets the PDF/A
    REVIEW = "review"  # confirm types and fields
    VAULT_READ = "vault.read"  # what people have on file
    VAULT_WRITE = "vault.write"  # note consent, join and part stores of people, revoke papers
    RESULT_WRITE = "result.write"  # record and revoke results
    SEARCH = "search"
    BATCH = "batch"  # batches and the queue
    REPORT_READ = "report.read"
    REPORT_SIGN = "report.sign"
    ARCHIVE = "archive"  # retention, transfer, fixity
    AUDIT_READ = "audit.read"
    CATALOGUE_WRITE = "catalogue.write"  # import lists of procedures
    OFFICE_WRITE = "office.write"  # branches, counters, scanners, holidays
    ACCOUNT_WRITE = "account.write"
    ALL_BRANCHES = "all_branches"  # every branch, not only one's own and those below


class Role(StrEnum):
    """What somebody is at the office."""

    CLERK = "clerk"
    BACK_OFFICE = "back_office"
    RETRIEVER = "retriever"
    MANAGER = "manager"
    ARCHIVIST = "archivist"
    ADMINISTRATOR = "administrator"


_P = Permission

#: Rights of each role; everybody may read the catalogue.
RIGHTS: Final[Mapping[Role, frozenset[Permission]]] = MappingProxyType(
    {
        Role.CLERK: frozenset(
            {
                _P.CATALOGUE_READ,
                _P.DOSSIER_READ,
                _P.DOSSIER_WRITE,
                _P.REVIEW,
                _P.VAULT_READ,
                _P.RESULT_WRITE,
                _P.SEARCH,
            }
        ),
        Role.BACK_OFFICE: frozenset(
            {_P.CATALOGUE_READ, _P.DOSSIER_READ, _P.DOSSIER_WRITE, _P.REVIEW, _P.SEARCH, _P.BATCH}
        ),
        Role.RETRIEVER: frozenset({_P.CATALOGUE_READ, _P.DOSSIER_READ, _P.SEARCH, _P.ORIGINAL_READ}),
        Role.MANAGER: frozenset(
            {_P.CATALOGUE_READ, _P.DOSSIER_READ, _P.SEARCH, _P.BATCH, _P.REPORT_READ, _P.REPORT_SIGN}
        ),
        Role.ARCHIVIST: frozenset(
            {
                _P.CATALOGUE_READ,
                _P.DOSSIER_READ,
                _P.SEARCH,
                _P.ORIGINAL_READ,
                _P.REPORT_READ,
                _P.ARCHIVE,
                _P.AUDIT_READ,
            }
        ),
        Role.ADMINISTRATOR: frozenset(
            {_P.CATALOGUE_READ, _P.CATALOGUE_WRITE, _P.OFFICE_WRITE, _P.ACCOUNT_WRITE, _P.AUDIT_READ}
        ),
    }
)

#: Rights that an account may be given beside those of its role.
GRANTABLE: Final = frozenset({_P.ALL_BRANCHES, _P.ORIGINAL_READ, _P.BATCH, _P.REPORT_READ, _P.VAULT_WRITE})
