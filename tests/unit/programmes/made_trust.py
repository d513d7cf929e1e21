"""A programme of a trust, and one of a partnership, as small as can be, with an office in which they run."""

from services.programmes.domain.register.words import Status
from shared.commands.parties import DeclareRelation, EnrolTrust, ListParties, ListRelations
from shared.commands.programmes import AddPerson, OpenProgramme, PersonDetails
from shared.errors import Rejected
from shared.events.parties import LineHandedOver
from shared.events.programmes_parts import RelationDeclared, RelationEnded, RoleLeft, RoleTaken, SchoolEnrolled
from tests.fakes.programmes.office import Office
from tests.unit.programmes.made import entry
from tests.unit.programmes.made_register import register

ASH, BIRCH, CEDAR, DOGWOOD = 106557, 106564, 106579, 106582
TRUST = """\
key: trust-year
version: 1
title: A trust's year
summary: What a trust does for its schools.
party: {kind: trust}
roles:
  - {key: chief-executive, title: chief executive, at: trust, least: 1, most: 1}
  - {key: executive-headteacher, title: executive headteacher, at: trust, least: 1}
  - {key: headteacher, least: 1, most: 1}
  - {key: middle-leader, title: middle leader}
  - {key: consultant, at: programme}
relations:
  - {key: reports-to, from_role: headteacher, to_role: executive-headteacher, upward: true}
  - {key: reports-to, from_role: executive-headteacher, to_role: chief-executive, upward: true}
  - {key: line-manages, from_role: headteacher, to_role: middle-leader}
categories:
  decided_by: chief-executive
  values:
    - {key: standard, title: Standard}
    - {key: attention-needed, title: Attention needed}
clock: {years: 1}
"""
PARTNERSHIP = """\
key: partnership-year
version: 1
title: A partnership's year
summary: What schools of several trusts do together.
party: {kind: partnership}
roles:
  - {key: lead, at: partnership, most: 1}
  - {key: headteacher, least: 1, most: 1}
clock: {years: 1}
"""


ROW = {"LA (code)": "370", "LA (name)": "Barnsley", "CloseDate": ""}


def details(role, name):
    return PersonDetails(role=role, name=name, email=f"{name.lower()}@trust.example")


def of_trust(urn, name, code="16028", trust="Aspire Trust", status=Status.OPEN):
    return entry(urn, name=name, trust_code=code, trust=trust, status=status)


class Trust:
    """Ash and Birch are of one trust, Cedar of another, Dogwood of none."""

    def __init__(self, folder):
        for text in (TRUST, PARTNERSHIP):
            (folder / f"{text.split()[1]}.yaml").write_text(text, encoding="utf-8")
        self.office = Office(templates_folder=folder)

    async def open(self, template="trust-year"):
        schools = [
            of_trust(ASH, "Ash"), of_trust(BIRCH, "Birch"), of_trust(CEDAR, "Cedar", "16029", "Bold Trust"),
            entry(DOGWOOD, name="Dogwood"),
        ]  # fmt: skip
        await self.office.stores.register.put_entries(schools, [])
        command = OpenProgramme(
            template=template, name="The year", year=2026, coordinator_name="C", coordinator_email="c@x.example"
        )
        self.programme_id = (await self.office.bus.ask(command)).id
        return self

    async def enrol(self, trust="Aspire Trust", people=(("chief-executive", "Chi"), ("executive-headteacher", "Exe"))):
        return await self.ask(EnrolTrust, trust=trust, people=[details(*one) for one in people])

    async def staffed(self):
        """Open, with the trust enrolled, heads named, and everybody reporting to somebody."""
        await self.open()
        await self.enrol()
        for urn, name in ((ASH, "Ann"), (BIRCH, "Bob")):
            await self.ask(AddPerson, urn=urn, person=details("headteacher", name))
        for person, to in (("Ann", "Exe"), ("Bob", "Exe"), ("Exe", "Chi")):
            await self.report(person, to)
        self.office.published.clear()
        return self

    async def ask(self, command, **fields):
        return await self.office.bus.ask(command(programme_id=self.programme_id, **fields))

    async def refused(self, command, **fields):
        try:
            await self.ask(command, **fields)
        except Rejected as error:
            return f"{error.rule}: {error.sentence}"
        raise AssertionError("it was not refused")

    async def report(self, person, to, relation="reports-to", **days):
        return await self.ask(DeclareRelation, relation=relation, person=mail(person), to=mail(to), **days)

    async def refused_report(self, person, to, relation="reports-to"):
        return await self.refused(DeclareRelation, relation=relation, person=mail(person), to=mail(to))

    async def parties(self, **asked):
        return (await self.office.find(ListParties(programme_id=self.programme_id, **asked))).parties

    async def lines(self):
        found = await self.office.find(ListRelations(programme_id=self.programme_id))
        return [(one.person, one.to, one.until) for one in found.relations]

    def said(self):
        """What was published since the last look about who is who, in words."""
        names = {key: one.name for key, one in kept_by(self.office).items()}
        found: list[tuple[object, ...]] = []
        for one in self.office.published:
            match one:
                case RoleTaken():
                    found.append(("taken", one.role, names[one.person_id], names.get(one.replaces)))
                case RoleLeft():
                    found.append(("left", one.role, names[one.person_id], names.get(one.successor_id)))
                case RelationDeclared() | RelationEnded():
                    what = "stands" if isinstance(one, RelationDeclared) else "ended"
                    found.append((what, one.relation, names[one.from_person], names[one.to_person]))
                case LineHandedOver():
                    told = tuple(sorted(names[each] for each in one.person_ids))
                    found.append(("told", names[one.left], names[one.successor], told))
                case SchoolEnrolled():
                    found.append(("enrolled", one.school.name))
        self.office.published.clear()
        return found

    async def register(self, *rows):
        """A newer register says this of schools; returns what the report of the import notes."""
        report = await self.office.bring_in("register", register(*(ROW | row for row in rows)))
        return [note for note in report.notes if "'The year'" in note and "has changed" not in note]


def at(urn, name, code="16028", trust="Aspire Trust", **more):
    """A row of the register."""
    return {"URN": str(urn), "EstablishmentName": name, "Trusts (code)": code, "Trusts (name)": trust, **more}


def kept_by(office):
    """Everybody whom the service keeps, by id."""
    return office.stores.people.kept


def mail(name):
    return f"{name.lower()}@trust.example"
