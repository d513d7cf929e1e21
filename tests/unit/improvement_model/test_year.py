"""A trust's year in the town: a school that joins in January is looked at first, and who takes over is told once."""

import datetime as dt
from pathlib import Path

from services.programmes.domain.register.school import School
from services.programmes.domain.register.words import Status
from shared.commands.parties import DeclareRelation, EnrolTrust, ReplacePartyPerson
from shared.commands.programmes import AddPerson, OpenProgramme, PersonDetails
from shared.template.reading import faults_of
from tests.fakes.town import Town

TEMPLATES = Path(__file__).parent / "templates"
SEPTEMBER = dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC)
SCHOOLS = {100: "Ann", 101: "Bob"}


def details(role, name):
    return PersonDetails(role=role, name=name, email=f"{name.lower()}@trust.example")


def mail(name):
    return f"{name.lower()}@trust.example"


def school(number):
    return School(
        urn=number, name=f"School {number}", status=Status.OPEN, phase="primary", authority_code="373",
        authority="Sheffield", trust_code="16028", trust="Aspire Trust",
    )  # fmt: skip


class Year:
    """The programme in the town, with its trust, heads and lines."""

    def __init__(self):
        self.town, self.seen = Town(TEMPLATES, SEPTEMBER), 0

    async def open(self):
        self.town.register([school(number) for number in SCHOOLS])
        opening = OpenProgramme(
            template="improvement-model", name="Our model", year=2026, coordinator_name="Cora Coe",
            coordinator_email="cora@trust.example",
        )  # fmt: skip
        self.programme_id = (await self.town.ask(opening)).id
        leaders = [details("chief-executive", "Chi"), details("executive-headteacher", "Exe")]
        await self.ask(EnrolTrust, trust="Aspire Trust", people=leaders)
        for number, head in SCHOOLS.items():
            await self.ask(AddPerson, urn=number, person=details("headteacher", head))
        for person, to in (("Ann", "Exe"), ("Bob", "Exe"), ("Exe", "Chi")):
            await self.ask(DeclareRelation, relation="reports-to", person=mail(person), to=mail(to))
        return self

    async def ask(self, command, **fields):
        return await self.town.ask(command(programme_id=self.programme_id, **fields))

    def came(self):
        mails = self.town.post.mailboxes.mails[self.seen :]
        self.seen += len(mails)
        return sorted((to, str(message["Subject"])) for _, to, message in mails)


def test_the_template_is_valid_as_it_is():
    assert faults_of((TEMPLATES / "improvement-model.yaml").read_text(encoding="utf-8")) == ()


async def test_heads_are_asked_and_who_takes_over_in_the_middle_is_told_once():
    year = await Year().open()
    await year.town.day("2026-09-10")
    assert [to for to, subject in year.came() if subject.startswith("Vision")] == [mail("Ann"), mail("Bob")]
    await year.ask(ReplacePartyPerson, party="16028", person=details("executive-headteacher", "Sue"))
    await year.town.day("2026-09-11")
    assert year.came() == [
        (mail("Ann"), "Sue takes over from Exe"),
        (mail("Bob"), "Sue takes over from Exe"),
        (mail("Chi"), "Sue takes over from Exe"),
        (mail("Sue"), "You take over from Exe"),
    ]
