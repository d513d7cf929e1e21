"""Roles at a school over time: handed over, for a time or for good, left; what an entry named follows."""

import pytest

from services.programmes.domain.register.words import Status
from shared.commands.people_named import PeopleNamed, PersonNamed
from shared.commands.programmes import AddPerson, EnrolSchool, LeaveRole, OpenProgramme, PersonDetails, ReplacePerson
from shared.errors import Rejected
from shared.events import programmes as whole
from shared.events import programmes_parts as parts
from shared.events.forms import EntryWithdrawn, FormSubmitted
from tests.fakes.programmes.office import Office
from tests.unit.programmes.made import entry
from tests.unit.programmes.test_enrolment_handlers import wish

URN = 106557
SCHOOL = f"sch-{URN}"


def details(role, name, interim=False):
    return PersonDetails(role=role, name=name, email=f"{name.lower()}@s.example")


def named(role, name):
    return PersonNamed(role=role, name=name, address=f"{name.lower()}@s.example")


def nomination(programme_id, number=1, version=1, kind=FormSubmitted):
    facts = {"version": version, "entry_id": "ent-1", "programme_id": programme_id, "form": "nomination"}
    facts |= {"about": "practitioner", "about_id": "ent-1", "school_id": SCHOOL, "number": number, "person_id": "per-1"}
    return kind(**facts, **({"on": "2026-11-10"} if kind is EntryWithdrawn else {}))


class School:
    """An exchange in which one school is enrolled and has named a practitioner with a line manager."""

    def __init__(self):
        self.office = Office()

    async def begin(self):
        await self.office.stores.register.put_entries([entry(URN, status=Status.OPEN)], [])
        opening = OpenProgramme(
            template="project-exchange",
            name="Exchange",
            year=2026,
            coordinator_name="C",
            coordinator_email="c@x.example",
        )
        self.programme_id = (await self.office.bus.ask(opening)).id
        people = [details(*one) for one in (("headteacher", "Hed"), ("cpd-lead", "Led"))]
        people += [details("senior-leader", name) for name in ("Sen", "Two")]
        enrolling = {"programme_id": self.programme_id, "urn": URN, "people": people, "strengths": (), "needs": ()}
        await self.office.bus.ask(EnrolSchool(**enrolling))
        await self.names(named("practitioner", "Prac"), named("line-manager", "Line"))
        self.office.published.clear()
        return self

    async def names(self, *people, number=1, version=1):
        self.office.named.people["ent-1"] = PeopleNamed(entry_id="ent-1", number=number, people=people)
        await self.office.bus.tell(nomination(self.programme_id, number, version))

    async def replace(self, role, name, **changed):
        command = ReplacePerson(programme_id=self.programme_id, urn=URN, person=details(role, name), **changed)
        return await self.office.bus.ask(command)

    async def leave(self, role, name):
        leaving = LeaveRole(programme_id=self.programme_id, urn=URN, role=role, leaving=f"{name.lower()}@s.example")
        return await self.office.bus.ask(leaving)

    def said(self):
        """What was published since the last look: (event, role, name, who comes or went)."""
        names = {one.person_id: one.name for one in kept_by(self.office)}
        found = []
        for one in self.office.published:
            match one:
                case parts.RoleTaken():
                    found.append(("taken", one.role, names[one.person_id], names.get(one.replaces)))
                case parts.RoleLeft():
                    found.append(("left", one.role, names[one.person_id], names.get(one.successor_id)))
                case parts.RelationDeclared() | parts.RelationEnded():
                    what = "ended" if isinstance(one, parts.RelationEnded) else "declared"
                    found.append((what, one.relation, names[one.from_person], names[one.to_person]))
                case _:
                    pass
        self.office.published.clear()
        return found


def kept_by(office):
    """Everybody in the store in memory."""
    return office.stores.people.kept.values()


@pytest.fixture
async def school():
    return await School().begin()


async def test_a_colleague_takes_over_from_a_practitioner_whom_an_entry_named(school):
    await school.replace("practitioner", "Coll")

    assert school.said() == [
        ("ended", "line-manages", "Line", "Prac"),
        ("left", "practitioner", "Prac", "Coll"),
        ("taken", "practitioner", "Coll", "Prac"),
        ("declared", "line-manages", "Line", "Coll"),
    ]


async def test_the_entry_stays_as_it_was_written_and_gives_the_place_to_who_has_it_now(school):
    await school.replace("practitioner", "Coll")
    school.said()

    await school.names(named("practitioner", "Prac"), named("line-manager", "Line"), number=2, version=2)
    assert school.said() == []
    await school.names(named("practitioner", "Coll"), named("line-manager", "Line"), number=3, version=3)
    assert school.said() == []
    await school.names(named("practitioner", "Other"), named("line-manager", "Line"), number=4, version=4)
    assert school.said()[1:3] == [
        ("left", "practitioner", "Coll", "Other"),
        ("taken", "practitioner", "Other", "Coll"),
    ]


async def test_somebody_takes_over_twice_and_every_version_is_newer(school):
    await school.replace("practitioner", "Coll")
    await school.replace("practitioner", "Third", interim=True)
    taken = [one for one in school.office.published if isinstance(one, parts.RoleTaken)]
    left = [one for one in school.office.published if isinstance(one, parts.RoleLeft)]

    assert [(one.version, one.interim) for one in taken] == [(2, False), (3, True)]
    assert [one.version for one in left] == [2, 3]
    assert (taken[0].membership_id, taken[1].entry_id) == (left[1].membership_id, "ent-1")
    school.said()
    await school.names(named("practitioner", "Prac"), named("line-manager", "Line"), number=2, version=2)
    assert school.said() == []
    await school.office.bus.tell(nomination(school.programme_id, 2, 3, EntryWithdrawn))
    gone = [one for one in school.office.published if isinstance(one, parts.RoleLeft)]
    assert {one.version for one in gone} == {5}


async def test_who_comes_back_takes_over_again(school):
    await school.replace("practitioner", "Coll", interim=True)
    school.said()

    await school.replace("practitioner", "Prac")

    assert school.said()[1:3] == [
        ("left", "practitioner", "Coll", "Prac"),
        ("taken", "practitioner", "Prac", "Coll"),
    ]


async def test_of_several_in_one_role_it_is_said_who_leaves(school):
    with pytest.raises(Rejected, match=r"^which-person: The school has 2 people as senior leader"):
        await school.replace("senior-leader", "New")
    await school.replace("senior-leader", "New", leaving="two@s.example")

    assert school.said() == [("left", "senior-leader", "Two", "New"), ("taken", "senior-leader", "New", "Two")]


async def test_a_required_role_is_handed_over_not_left(school):
    with pytest.raises(Rejected, match=r"^role-needed: A school needs a headteacher"):
        await school.leave("headteacher", "Hed")
    await school.leave("senior-leader", "Sen")
    await school.leave("practitioner", "Prac")

    assert school.said() == [
        ("left", "senior-leader", "Sen", None),
        ("ended", "line-manages", "Line", "Prac"),
        ("left", "practitioner", "Prac", None),
    ]


async def test_who_was_named_one_by_one_is_replaced_and_leaves(school):
    adding = AddPerson(programme_id=school.programme_id, urn=URN, person=details("line-manager", "Boss"))
    await school.office.bus.ask(adding)
    school.said()

    await school.replace("line-manager", "Next", leaving="boss@s.example")
    assert school.said() == [("left", "line-manager", "Boss", "Next"), ("taken", "line-manager", "Next", "Boss")]
    await school.leave("line-manager", "Next")
    assert school.said() == [("left", "line-manager", "Next", None)]


@pytest.mark.parametrize(
    ("role", "leaving", "sentence"),
    [
        ("clerk", "", r"^no-such-role: The school has no clerk to governors"),
        ("practitioner", "nobody@s.example", r"^unknown-person: Nobody in this programme has the address"),
        ("practitioner", "hed@s.example", r"^no-such-role"),
    ],
)
async def test_nobody_who_is_meant_is_refused(school, role, leaving, sentence):
    with pytest.raises(Rejected, match=sentence):
        await school.replace(role, "New", leaving=leaving)


async def test_the_same_person_is_corrected_not_replaced(school):
    with pytest.raises(Rejected, match=r"^same-person"):
        await school.replace("practitioner", "Prac")


async def test_in_the_language_of_0_1_0_a_role_is_handed_over_as_before(office, programme_id):
    await office.bus.ask(wish(programme_id))
    command = ReplacePerson(programme_id=programme_id, urn=URN, person=details("headteacher", "New"))
    await office.bus.ask(command)

    (told,) = office.of(whole.PersonReplaced)
    assert told.role == "headteacher"
    with pytest.raises(Rejected, match=r"^role-needed"):
        await office.bus.ask(LeaveRole(programme_id=programme_id, urn=URN, role="clerk", leaving="x@s.example"))
