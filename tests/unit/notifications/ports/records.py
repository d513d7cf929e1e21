"""What is kept of others' facts: contacts, programmes, groups, targets, completions, replies."""

import datetime as dt

import pytest

from services.notifications.domain import targets
from services.notifications.domain.directory import Group, LastReply, Member, Programme, ProgrammeRole, School
from services.notifications.ports.stores import Stores
from tests.fakes import START
from tests.unit.notifications import world

HEAD = "per-2-headteacher"


def school(version: int = 1, **changes: object) -> School:
    people = (Member(person_id=HEAD, role="headteacher"), Member(person_id="per-2-clerk", role="clerk"))
    facts = {
        "enrolment_id": "enr-2", "programme_id": "prg-1", "school_id": "sch-2", "name": "Abbey Grange",
        "people": people, "version": version,
    }  # fmt: skip
    return School.model_validate({**facts, **changes})


def programme(name: str = "Reading together") -> Programme:
    return Programme(programme_id="prg-1", name=name, year=2026, coordinator_id="per-co", template=world.TEMPLATE)


def group(version: int, *school_ids: str) -> Group:
    return Group(
        group_id="grp-1", cohort_id="coh-1", programme_id="prg-1", number=7, school_ids=school_ids, version=version
    )


class ContactsContract:
    async def test_the_newest_card_stays_and_people_are_found_by_address_in_any_case(self, stores: Stores):
        newer = world.card(HEAD, version=2, email="Ann@Schools.example")
        for card in (world.card(HEAD), newer, world.card(HEAD, version=1), world.card("per-fac")):
            await stores.contacts.put(card)
        assert await stores.contacts.find([HEAD, "per-nobody"]) == {HEAD: newer}
        assert await stores.contacts.find([]) == {}
        assert await stores.contacts.people_at("ANN@schools.example") == [HEAD]
        assert await stores.contacts.people_at(world.address(HEAD)) == []

    async def test_a_card_that_is_forgotten_is_gone(self, stores: Stores):
        await stores.contacts.put(world.card(HEAD))
        for _ in range(2):
            await stores.contacts.forget(HEAD)
        assert await stores.contacts.find([HEAD]) == {}
        assert await stores.contacts.people_at(world.address(HEAD)) == []


class ProgrammesContract:
    async def test_a_programme_is_kept_as_it_was_last_told(self, stores: Stores):
        await stores.programmes.put_programme(programme())
        await stores.programmes.put_programme(programme("Reading on"))
        assert await stores.programmes.find(["prg-1", "prg-2"]) == {"prg-1": programme("Reading on")}

    async def test_the_latest_programmes_are_those_of_the_last_school_year(self, stores: Stores):
        assert await stores.programmes.latest() == []
        new, other = programme(), programme().model_copy(update={"programme_id": "prg-2"})
        old = programme().model_copy(update={"programme_id": "prg-0", "year": new.year - 1})
        for one in (new, old, other):
            await stores.programmes.put_programme(one)
        assert sorted(one.programme_id for one in await stores.programmes.latest()) == ["prg-1", "prg-2"]

    async def test_the_newest_version_of_an_enrolment_stays(self, stores: Stores):
        for one in (school(2, name="New name"), school(1), school(2, name="Another")):
            await stores.programmes.put_school(one)
        await stores.programmes.put_school(school(enrolment_id="enr-9", school_id="sch-9", programme_id="prg-9"))
        assert await stores.programmes.schools("prg-1") == [school(2, name="New name")]
        assert await stores.programmes.schools("prg-1", ["sch-2", "sch-9"]) == [school(2, name="New name")]
        assert await stores.programmes.schools("prg-1", []) == []

    async def test_a_school_that_leaves_is_kept_as_withdrawn_unless_something_newer_is_known(self, stores: Stores):
        await stores.programmes.withdraw("enr-2", 2)
        await stores.programmes.put_school(school(3))
        await stores.programmes.withdraw("enr-2", 3)
        assert await stores.programmes.schools("prg-1") == [school(3)]
        await stores.programmes.withdraw("enr-2", 4)
        assert await stores.programmes.schools("prg-1") == [school(4, withdrawn=True)]

    async def test_who_takes_over_a_role_stands_in_it_alone(self, stores: Stores):
        await stores.programmes.replace_person("enr-2", 2, "headteacher", "per-new")
        await stores.programmes.put_school(school())
        await stores.programmes.replace_person("enr-2", 1, "headteacher", "per-late")
        await stores.programmes.replace_person("enr-2", 2, "headteacher", "per-new")
        people = (Member(person_id="per-2-clerk", role="clerk"), Member(person_id="per-new", role="headteacher"))
        assert await stores.programmes.schools("prg-1") == [school(2, people=people)]

    async def test_facilitators_are_listed_once_a_programme(self, stores: Stores):
        for programme_id in ("prg-1", "prg-1", "prg-2"):
            await stores.programmes.put_facilitator(programme_id, "per-fac")
        assert await stores.programmes.facilitators("prg-1") == ["per-fac"]
        assert await stores.programmes.facilitators("prg-3") == []

    async def test_roles_are_those_at_schools_that_take_part_and_of_facilitators_and_coordinators(self, stores: Stores):
        await stores.programmes.put_programme(programme())
        await stores.programmes.put_school(school())
        await stores.programmes.put_facilitator("prg-1", "per-fac")
        at_school = ProgrammeRole(programme_id="prg-1", person_id=HEAD, role="headteacher", school_id="sch-2")
        leads = ProgrammeRole(programme_id="prg-1", person_id="per-fac", role="facilitator")
        runs = ProgrammeRole(programme_id="prg-1", person_id="per-co", role="coordinator")
        asked = [HEAD, "per-fac", "per-co", "per-nobody"]
        assert await stores.programmes.roles(asked) == [at_school, leads, runs]
        await stores.programmes.withdraw("enr-2", 2)
        assert await stores.programmes.roles(asked) == [leads, runs]


class TargetsContract:
    async def test_a_target_is_kept_as_it_stands(self, stores: Stores):
        first = targets.of_visit(world.visit_scheduled(), 2)
        later = first.model_copy(update={"on": dt.date(2027, 5, 20), "version": 3})
        for one in (first, later):
            await stores.targets.put(one)
        assert await stores.targets.find([world.VISIT, "vis-9"]) == {world.VISIT: later}

    async def test_the_next_one_of_a_person_takes_place_and_lies_ahead(self, stores: Stores):
        visit = targets.of_visit(world.visit_scheduled(), 2)
        before = visit.model_copy(update={"target_id": "vis-b", "on": dt.date(2027, 4, 1), "attendees": ()})
        off = visit.model_copy(update={"target_id": "vis-c", "on": dt.date(2027, 5, 1), "state": "cancelled"})
        for one in (visit, before, off):
            await stores.targets.put(one)
        next_of = stores.targets.next_of
        assert await next_of("per-2-headteacher", visit.on) == visit
        assert await next_of("per-2-headteacher", visit.on + dt.timedelta(days=1)) is None
        assert await next_of("per-fac", dt.date(2027, 3, 1)) == before
        assert await next_of("per-co", dt.date(2027, 3, 1)) is None

    async def test_what_a_programme_has_ahead_takes_place_from_that_day_on(self, stores: Stores):
        visit = targets.of_visit(world.visit_scheduled(), 2)
        before = visit.model_copy(update={"target_id": "vis-b", "on": visit.on - dt.timedelta(days=1)})
        off = visit.model_copy(update={"target_id": "vis-c", "state": "cancelled"})
        later = visit.model_copy(update={"target_id": "vis-a", "on": visit.on + dt.timedelta(days=9)})
        for one in (
            later,
            visit,
            before,
            off,
            visit.model_copy(update={"target_id": "vis-d", "programme_id": "prg-9"}),
        ):
            await stores.targets.put(one)
        assert await stores.targets.ahead(visit.programme_id, visit.on) == [visit, later]

    async def test_the_newest_version_of_a_group_stays(self, stores: Stores):
        for one in (group(2, "sch-1", "sch-2"), group(1, "sch-1"), group(2, "sch-3")):
            await stores.groups.put(one)
        assert await stores.groups.find(["grp-1", "grp-2"]) == {"grp-1": group(2, "sch-1", "sch-2")}

    @pytest.mark.parametrize(("told", "kept"), [((0,), 0), ((2, 1), 2), ((1, 3), 3)])
    async def test_what_is_done_keeps_its_highest_sequence(self, stores: Stores, told, kept):
        for sequence in told:
            await stores.completions.put("answer/vis-1/per-1", sequence)
        assert await stores.completions.find(["answer/vis-1/per-1", "brief/vis-1"]) == {"answer/vis-1/per-1": kept}
        assert await stores.completions.find([]) == {}


class RepliesContract:
    async def test_the_last_reply_of_a_person_stays_and_replies_are_counted_a_target(self, stores: Stores):
        first = LastReply(sequence=0, stamped=START)
        later = LastReply(sequence=1, stamped=START + dt.timedelta(hours=1))
        assert await stores.replies.last("vis-1", HEAD) is None
        assert [await stores.replies.put("vis-1", HEAD, one) for one in (first, later)] == [1, 2]
        assert await stores.replies.put("vis-1", "per-fac", first) == 3
        assert await stores.replies.put("vis-2", HEAD, first) == 1
        assert await stores.replies.last("vis-1", HEAD) == later
