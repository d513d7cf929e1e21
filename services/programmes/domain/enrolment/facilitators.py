"""The file of facilitators: one row a person."""

import re
from collections.abc import Mapping

from services.programmes.domain.enrolment.addresses import address_fault
from services.programmes.domain.enrolment.columns import Heading
from services.programmes.domain.enrolment.days import read_spans
from services.programmes.domain.enrolment.standing import Broken
from services.programmes.domain.register.values import metres
from shared.commands.programmes import AppointFacilitator

__all__ = ["HEADINGS", "KEY", "read_facilitator"]

KEY = "Name"
_MOST_DAYS = 40
HEADINGS = (
    Heading("Name", required=True),
    Heading("Email", required=True),
    Heading("Regions", hint="Yorkshire and The Humber; East Midlands. Blank: everywhere"),
    Heading("Most visit days", hint=f"{_MOST_DAYS} if blank"),
    Heading("Dates not possible", hint="17/05/2027; 24/05/2027 to 28/05/2027"),
    Heading("Easting"),
    Heading("Northing"),
)


def read_facilitator(cells: Mapping[str, str], programme_id: str) -> tuple[AppointFacilitator | None, list[Broken]]:
    """The appointment that a row states, or None with what is wrong with its cells."""
    values: dict[str, object] = {}
    faults: list[Broken] = []
    for field, column, read in _READ:
        try:
            values[field] = read(cells.get(column, "").strip())
        except ValueError as error:
            faults.append(Broken("unreadable", str(error), column))
    if faults:
        return None, faults
    return AppointFacilitator(programme_id=programme_id, **values), []


def _name(text: str) -> str:
    if not text or len(text) > 200 or any(ord(char) < 32 or ord(char) == 127 for char in text):
        raise ValueError("It is blank, longer than 200 characters or has a line break in it.")
    return text


def _email(text: str) -> str:
    fault = address_fault(text)
    if fault:
        raise ValueError(f"The e-mail address {fault}.")
    return text


def _regions(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(r"[;,\n]", text) if part.strip())


def _capacity(text: str) -> int:
    if not text:
        return _MOST_DAYS
    if not re.fullmatch(r"\d{1,3}(\.0)?", text) or not 1 <= int(text.removesuffix(".0")) <= 200:
        raise ValueError(f"'{text[:40]}' is not a number of days from 1 to 200.")
    return int(text.removesuffix(".0"))


_READ = (
    ("name", "Name", _name),
    ("email", "Email", _email),
    ("regions", "Regions", _regions),
    ("capacity", "Most visit days", _capacity),
    ("dates_not_possible", "Dates not possible", read_spans),
    ("easting", "Easting", metres),
    ("northing", "Northing", metres),
)
