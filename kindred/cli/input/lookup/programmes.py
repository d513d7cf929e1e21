"""Programmes, their enrolments, and what the register says."""

from collections.abc import Iterator

from kindred.cli.session import find
from shared.commands.programmes_queries import (
    AuthorityRow,
    EnrolmentRow,
    EnrolmentRows,
    FindAuthority,
    ListEnrolments,
    ListProgrammes,
    ProgrammeRow,
    ProgrammeRows,
    SchoolRow,
    ShowSchool,
)
from shared.errors import Rejected

PAGE = 100


def programme(named: str = "") -> ProgrammeRow:
    """The programme of that name or id; without one, the only one there is."""
    rows = find(ListProgrammes(), ProgrammeRows).programmes
    wanted = named.casefold()
    found = [row for row in rows if not named or wanted in {row.programme_id, row.name.casefold()}]
    found = found or [row for row in rows if row.name.casefold().startswith(wanted)]
    if len(found) == 1:
        return found[0]
    names = ", ".join(repr(row.name) for row in rows) or "none yet"
    if not named and rows:
        raise Rejected("which-programme", f"Several programmes run: {names}. Name one with --programme.")
    what = f"no programme {named!r}" if not found else f"more than one programme {named!r}"
    raise Rejected("unknown-programme", f"There is {what}. Programmes: {names}.")


def authority(named: str) -> AuthorityRow:
    """The local authority of that name or code; there must be a school of it in the register."""
    return find(FindAuthority(named=named), AuthorityRow)


def school_id(urn: int) -> str:
    """The id of the school with that URN."""
    return find(ShowSchool(urn=urn), SchoolRow).facts.school_id


def enrolments(programme_id: str) -> Iterator[EnrolmentRow]:
    """Every enrolment of a programme."""
    seen = 0
    while True:
        page = find(ListEnrolments(programme_id=programme_id, limit=PAGE, offset=seen), EnrolmentRows)
        yield from page.enrolments
        seen += len(page.enrolments)
        if not page.enrolments or seen >= page.total:
            return
