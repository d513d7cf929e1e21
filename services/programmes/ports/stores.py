"""Everything this service keeps, as `build` takes it: MongoDB, or memory in tests."""

from dataclasses import dataclass
from typing import Protocol

from services.programmes.ports.enquiries import Enquiries
from services.programmes.ports.enrolments import Enrolled, Enrolments, EnrolmentSearch
from services.programmes.ports.imports import Imports
from services.programmes.ports.naming import Namings
from services.programmes.ports.participation import Participations, SchoolEntries
from services.programmes.ports.parties import Parties
from services.programmes.ports.people import People, PeopleSearch
from services.programmes.ports.programmes import Appointments, Programmes
from services.programmes.ports.register import ReportCards, SchoolImports, SchoolsAmong, SchoolSearch, SchoolsStanding
from services.programmes.ports.templates import KeptTemplates

__all__ = ["AllEnrolments", "AllParticipations", "AllPeople", "AllProgrammes", "Register", "Stores"]


class Register(SchoolSearch, SchoolsAmong, SchoolsStanding, SchoolImports, ReportCards, Protocol):
    """The whole register."""


class AllProgrammes(Programmes, Appointments, Protocol):
    """Programmes with their facilitators."""


class AllParticipations(Participations, SchoolEntries, Protocol):
    """Schools' parts with the entries that rules count."""


class AllPeople(People, PeopleSearch, Protocol):
    """People for everybody who uses them."""


class AllEnrolments(Enrolments, Enrolled, EnrolmentSearch, Protocol):
    """Enrolments for everybody who uses them."""


@dataclass(frozen=True, slots=True)
class Stores:
    """One of each."""

    register: Register
    programmes: AllProgrammes
    enrolments: AllEnrolments
    people: AllPeople
    imports: Imports
    namings: Namings
    participations: AllParticipations
    parties: Parties
    enquiries: Enquiries
    templates: KeptTemplates
