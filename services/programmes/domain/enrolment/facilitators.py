"""The file of facilitators: one row a person."""

import re
from collections.abc import Collection, Mapping

from services.programmes.domain.enrolment.addresses import address_fault, bare_address
from services.programmes.domain.enrolment.columns import DATES, Heading
from services.programmes.domain.enrolment.days import NOTHING, read_spans
from services.programmes.domain.enrolment.standing import Broken
from services.programmes.domain.records import Appointment
from services.programmes.domain.register.places import Places
from services.programmes.domain.register.values import metres
from services.programmes.domain.tables.units import day_order
from shared.commands.programmes import AppointFacilitator
from shared.tables.cells import shown, tidy, unseen

__all__ = ["EMAIL", "HEADINGS", "KEY", "as_before", "read_facilitator"]

_EVERYWHERE = NOTHING | {"all", "any", "anywhere", "everywhere", "all regions", "england", "national"}
KEY, EMAIL, REGIONS = "Name", "Email", "Regions"
_NONE: Mapping[str, str] = {}
_MOST_DAYS = 40
HEADINGS = (
    Heading("Name", required=True, person=True),
    Heading("Email", required=True),
    Heading(REGIONS, hint="Yorkshire and The Humber; East Midlands. Blank: everywhere"),
    Heading("Most visit days", hint=f"{_MOST_DAYS} if blank"),
    Heading(DATES, hint="17/05/2027; 24/05/2027 to 28/05/2027", unit=day_order),
    Heading("Easting"),
    Heading("Northing"),
)


def read_facilitator(
    cells: Mapping[str, str],
    programme_id: str,
    *,
    places: Places | None = None,
    faults: Mapping[str, str] = _NONE,
    units: Mapping[str, str] = _NONE,
) -> tuple[AppointFacilitator | None, list[Broken]]:
    """The appointment that a row states, or None with what is wrong with its cells.

    `faults` are those that are known already, `units` what the headings name, both by column; regions are those of
    `places`.
    """
    values: dict[str, object] = {}
    broken: list[Broken] = []
    for field, column, read in _READ:
        try:
            text = tidy(cells.get(column, ""))
            values[field] = read_spans(text, month_first=column in units) if column == DATES else read(text)
            if column == REGIONS and places is not None:
                values[field] = tuple(map(places.region, _regions(text)))
        except ValueError as error:
            broken.append(Broken("unreadable", faults.get(column, str(error)), column))
        else:
            broken += [Broken("unreadable", faults[column], column)] if column in faults else []
    broken = broken or _half_a_place(values)
    if broken:
        return None, broken
    return AppointFacilitator(programme_id=programme_id, **values), []


def _half_a_place(values: Mapping[str, object]) -> list[Broken]:
    blank = [column for field, column, _ in _READ[-2:] if values[field] is None]
    said = "It is blank, but its other coordinate is filled. Give both or none."
    return [Broken("unreadable", said, blank[0])] if len(blank) == 1 else []


def as_before(wish: AppointFacilitator, before: Appointment | None, columns: Collection[str]) -> AppointFacilitator:
    """The wish with everything from the appointment so far that stands in a column which the file does not have."""
    if before is None:
        return wish
    silent = {field: getattr(before, field) for field, column, _ in _READ[2:] if column not in columns}
    return wish.model_copy(update=silent)


def _name(text: str) -> str:
    if not text or len(text) > 200 or any(ord(char) < 32 or ord(char) == 127 for char in text):
        raise ValueError("It is blank, longer than 200 characters or has a line break in it.")
    if unseen(text):
        raise ValueError(f"{shown(text)} has a character in it that cannot be seen. Type it anew.")
    return text


def _email(text: str) -> str:
    text = bare_address(text)
    fault = address_fault(text)
    if fault:
        raise ValueError(f"The e-mail address {fault}.")
    return text


def _regions(text: str) -> tuple[str, ...]:
    if text.casefold() in _EVERYWHERE:
        return ()
    return tuple(part.strip() for part in re.split(r"[;,/|\n]", text) if part.strip())


def _capacity(text: str) -> int:
    if not text:
        return _MOST_DAYS
    if not re.fullmatch(r"\d{1,3}(\.0)?", text) or not 1 <= int(text.removesuffix(".0")) <= 200:
        raise ValueError(f"{shown(text)} is not a number of days from 1 to 200.")
    return int(text.removesuffix(".0"))


_READ = (
    ("name", "Name", _name),
    ("email", "Email", _email),
    ("regions", REGIONS, _regions),
    ("capacity", "Most visit days", _capacity),
    ("dates_not_possible", "Dates not possible", read_spans),
    ("easting", "Easting", metres),
    ("northing", "Northing", metres),
)
