"""Which columns mean what.

The layout drifts (140 columns to May 2024, 139, then 135), so everything goes by the header's names.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from services.programmes.domain.register import values
from services.programmes.domain.register.words import PHASES, STATUSES, grade_of
from shared.tables.problems import NotThisFile

__all__ = [
    "LINK_COLUMNS",
    "OPTIONAL",
    "REQUIRED",
    "Column",
    "FileKind",
    "columns_in",
    "missing_optional",
    "position",
    "positions",
    "recognise",
]


class FileKind(StrEnum):
    """What a file of the register holds.

    Closed schools come in the layout of schools; the status of the first row tells them apart.
    """

    SCHOOLS = "schools"
    CLOSED_SCHOOLS = "closed-schools"
    LINKS = "links"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the register.

    The field it fills, how its text is read, and whether a row without a good value stays out.
    """

    name: str
    field: str
    read: Callable[[str], Any]
    required: bool = False


def _listed(words: dict[str, Any], what: str) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        text = values.unpointed(text)
        if text not in words:
            raise ValueError(f"'{text[:40]}' is not a code of {what} ({', '.join(words)}).")
        return words[text]

    return read


def read_urn(text: str) -> int:
    """A URN: a number of its own, usually of six digits."""
    text = values.unpointed(text.lstrip("'"))
    if not (text.isascii() and text.isdigit() and len(text) in {5, 6, 7}) or text.startswith("0"):
        raise ValueError(f"'{text[:40]}' is not a URN (six digits).")
    return int(text)


def read_other_urn(text: str, urn: int) -> int:
    """The URN at the other end of a link."""
    other = read_urn(text)
    if other == urn:
        raise ValueError(f"URN {urn} is linked to itself.")
    return other


def filled(text: str) -> str:
    """Text that must be there."""
    if not text:
        raise ValueError("It is blank.")
    return values.unpointed(text)


REQUIRED = (
    Column("URN", "urn", read_urn, required=True),
    Column("EstablishmentName", "name", filled, required=True),
    Column("EstablishmentStatus (code)", "status", _listed(STATUSES, "status"), required=True),
    Column("PhaseOfEducation (code)", "phase", _listed(PHASES, "phase"), required=True),
    Column("LA (code)", "authority_code", filled, required=True),
    Column("LA (name)", "authority", filled, required=True),
)
OPTIONAL = (
    Column("EstablishmentNumber", "establishment_number", values.whole),
    Column("TypeOfEstablishment (name)", "kind", str),
    Column("EstablishmentTypeGroup (name)", "kind_group", str),
    Column("OpenDate", "opened", values.date),
    Column("CloseDate", "closed", values.date),
    Column("StatutoryLowAge", "lowest_age", values.whole),
    Column("StatutoryHighAge", "highest_age", values.whole),
    Column("SchoolCapacity", "capacity", values.whole),
    Column("CensusDate", "census", values.date),
    Column("NumberOfPupils", "pupils", values.whole),
    Column("PercentageFSM", "fsm_percent", values.decimal),
    Column("Trusts (code)", "trust_code", values.code),
    Column("Trusts (name)", "trust", values.code),
    Column("Federations (name)", "federation", values.code),
    Column("Street", "street", str),
    Column("Locality", "locality", str),
    Column("Town", "town", str),
    Column("County (name)", "county", str),
    Column("Postcode", "postcode", str),
    Column("SchoolWebsite", "website", values.website),
    Column("TelephoneNum", "telephone", values.telephone),
    Column("GOR (name)", "region", str),
    Column("Easting", "easting", values.metres),
    Column("Northing", "northing", values.metres),
    Column("OfstedRating (name)", "overall_grade", grade_of),
    Column("OfstedLastInsp", "inspected", values.date),
)
LINK_COLUMNS = ("URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate")
_NEEDED_OF_LINKS = ("URN", "LinkURN", "LinkType")


_READ = frozenset("".join(name.split()).lower() for name in (*(c.name for c in (*REQUIRED, *OPTIONAL)), *LINK_COLUMNS))


def recognise(header: list[str]) -> FileKind:
    """The kind of file this header belongs to.

    Raises `NotThisFile`, naming the columns that are missing where it is nearly one.
    """
    names = {_bare(name) for name in header}
    if all(_bare(name) in names for name in _NEEDED_OF_LINKS):
        return FileKind.LINKS
    missing = [column.name for column in REQUIRED if _bare(column.name) not in names]
    if not missing:
        return FileKind.SCHOOLS
    if len(missing) < len(REQUIRED) - 1:
        raise NotThisFile(f"The file looks like a school register but its header lacks {', '.join(missing)}.")
    raise NotThisFile("The file is no school register: its first line lacks the register's column names (URN, ...).")


def positions(header: Sequence[str]) -> dict[str, int]:
    """Where each column stands, by its name in lower case without blanks.

    Raises `NotThisFile` when a column that is read stands twice.
    """
    found: dict[str, int] = {}
    for index, name in enumerate(header):
        if found.setdefault(_bare(name), index) != index and _bare(name) in _READ:
            raise NotThisFile(f"Two columns have the heading '{name.strip()[:60]}'. Rename or delete one of them.")
    return found


def position(header: dict[str, int], name: str) -> int | None:
    """Where the column of this name stands, or None."""
    return header.get(_bare(name))


def columns_in(places: dict[str, int]) -> list[tuple[Column, int]]:
    """The columns of schools that this layout has, each with where it stands."""
    return [(column, at) for column in (*REQUIRED, *OPTIONAL) if (at := position(places, column.name)) is not None]


def missing_optional(header: list[str]) -> list[str]:
    """The optional columns that this layout does not have, in the register's order."""
    names = {_bare(name) for name in header}
    return [column.name for column in OPTIONAL if _bare(column.name) not in names]


def _bare(name: str) -> str:
    return "".join(name.split()).lower()
