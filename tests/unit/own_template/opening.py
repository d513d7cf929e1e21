"""A template of somebody else, opened in the town: schools, their people, and people of the programme as a whole."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from services.programmes.domain.register.school import School
from services.programmes.domain.register.words import Status
from shared.commands.parties import NamePartyPerson
from shared.commands.programmes import CloseEnrolment, EnrolSchool, OpenProgramme, PersonDetails
from tests.fakes.town import Town
from tests.unit.own_template.willing import Willing

TEMPLATES = Path(__file__).parent / "templates"
SCHOOLS = range(4)


@dataclass
class Opened:
    """A programme under way. `everybody` does whatever mails ask for."""

    town: Town
    programme_id: str
    everybody: Willing

    def subjects(self, address: str = "") -> list[str]:
        """The subjects of all mails, or of those to somebody, in order."""
        mails = self.town.post.mailboxes.mails
        return [str(message["Subject"]) for _, to, message in mails if address in {"", to}]

    def about(self, words: str) -> str:
        """The first mail whose subject holds these words, as text."""
        found = next(one for _, _, one in self.town.post.mailboxes.mails if words in str(one["Subject"]))
        part = found.get_body(("plain",))
        return str(part.get_content()) if part else ""


async def opened(template: str, name: str, roles: Sequence[str], for_all: Sequence[str]) -> Opened:
    """Open it in September, with a person a role at each of four schools, and enrolment closed on the 19th."""
    town = Town(TEMPLATES, dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC))
    town.register([_school(number) for number in SCHOOLS])
    found = await town.ask(
        OpenProgramme(
            template=template, name=name, year=2026, coordinator_name="Cora Coe",
            coordinator_email="cora@office.example",
        )
    )  # fmt: skip
    for number in SCHOOLS:
        people = tuple(
            PersonDetails(role=role, name=f"{role} {number}", email=f"{role}@s{number}.example") for role in roles
        )
        about = {"programme_id": found.id, "urn": 100 + number, "people": people}
        await town.ask(EnrolSchool(**about, strengths=(), needs=()))
    for role in for_all:
        person = PersonDetails(role=role, name=f"The {role}", email=f"{role}@office.example")
        await town.ask(NamePartyPerson(programme_id=found.id, person=person))
    one = Opened(town, found.id, Willing(town, found.id))
    await one.everybody.until(dt.date(2026, 9, 19))
    await town.ask(CloseEnrolment(programme_id=found.id))
    return one


def _school(number: int) -> School:
    return School(
        urn=100 + number, name=f"School {number}", status=Status.OPEN, phase="primary", authority_code="373",
        authority="Sheffield", easting=430000 + 500 * number, northing=390000,
    )  # fmt: skip
