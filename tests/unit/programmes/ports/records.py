"""What the ports of programmes, enrolments and people promise, for the store in memory and the one on MongoDB."""

import pytest

from services.programmes.domain.records import (
    Appointment,
    EnrolmentRecord,
    HeldRole,
    Named,
    Naming,
    Person,
    Programme,
    RoleOf,
)
from shared.errors import Rejected
from tests.unit.programmes.made import TEMPLATE, claim


def programme(number=1, **changed):
    told = {"programme_id": f"prg-{number}", "name": f"Round {number}", "year": 2026, "coordinator_id": "per-0"}
    return Programme(**{**told, "template": TEMPLATE, **changed})


def enrolment(urn=106557, **changed):
    told = {"enrolment_id": f"enr-{urn}", "programme_id": "prg-1", "school_id": f"sch-{urn}", "urn": urn}
    held = (HeldRole(person_id=f"per-{urn}", role="headteacher"),)
    told |= {"people": held, "strengths": (claim(),), "needs": (claim("writing"),), "farthest_travel_km": 40}
    return EnrolmentRecord(**(told | changed))


def person(number=1, **changed):
    told = {"person_id": f"per-{number}", "name": f"Person {number}", "email": f"p{number}@school.example"}
    return Person(**(told | changed))


class ProgrammesContract:
    async def test_a_programme_is_got_by_its_id_and_found_by_id_or_name(self, stores):
        one, two = programme(1, name="Peer Visits"), programme(2, year=2025)
        await stores.programmes.add(one)
        await stores.programmes.add(two)
        assert await stores.programmes.get("prg-1") == one
        assert await stores.programmes.named("") == [two, one]
        assert await stores.programmes.named("  peer  VISITS ") == [one]
        assert await stores.programmes.named("prg-2") == [two]
        assert await stores.programmes.named("Peer") == []

    async def test_an_unknown_programme_is_refused_by_its_beginning(self, stores):
        with pytest.raises(Rejected, match=r"^unknown-programme: There is no programme 'x{60}'\.$"):
            await stores.programmes.get("x" * 70)

    async def test_a_name_is_taken_whatever_its_case_and_blanks(self, stores):
        await stores.programmes.add(programme(1, name="Peer Visits"))
        with pytest.raises(Rejected, match=r"^name-taken: There already is a programme called 'peer  visits'\.$"):
            await stores.programmes.add(programme(2, name="peer  visits"))
        assert [one.programme_id for one in await stores.programmes.named("")] == ["prg-1"]

    async def test_the_next_version_replaces_the_one_before(self, stores):
        await stores.programmes.add(programme())
        closed = programme(state="closed", version=2)
        await stores.programmes.replace(closed)
        assert await stores.programmes.get("prg-1") == closed

    async def test_appointments_are_of_a_programme_and_a_person(self, stores):
        one = Appointment(appointment_id="app-2", programme_id="prg-1", person_id="per-1")
        two = Appointment(appointment_id="app-1", programme_id="prg-1", person_id="per-2", capacity=9)
        for each in (one, two, Appointment(appointment_id="app-3", programme_id="prg-2", person_id="per-1")):
            await stores.programmes.put_appointment(each)
        assert await stores.programmes.appointments("prg-1") == [two, one]
        assert await stores.programmes.appointment("prg-1", "per-1") == one
        assert await stores.programmes.appointment("prg-1", "per-3") is None
        more = one.model_copy(update={"capacity": 3, "version": 2})
        await stores.programmes.put_appointment(more)
        assert await stores.programmes.appointment("prg-1", "per-1") == more


class EnrolmentsContract:
    async def test_a_school_has_one_enrolment_in_a_programme_also_when_it_has_left(self, stores):
        left = enrolment(state="withdrawn", version=2)
        await stores.enrolments.put(enrolment())
        await stores.enrolments.put(left)
        assert await stores.enrolments.of_school("prg-1", "sch-106557") == left
        assert await stores.enrolments.of_school("prg-1", "sch-1") is None
        assert await stores.enrolments.of_school("prg-2", "sch-106557") is None

    async def test_pages_go_by_urn(self, stores):
        three, one, two = enrolment(3), enrolment(1), enrolment(2, state="withdrawn")
        for each in (three, one, two, enrolment(4, programme_id="prg-2")):
            await stores.enrolments.put(each)
        assert await stores.enrolments.page("prg-1", None, 2, 0) == (3, [one, two])
        assert await stores.enrolments.page("prg-1", None, 2, 2) == (3, [three])
        assert await stores.enrolments.page("prg-1", [2], 10, 0) == (1, [two])
        assert await stores.enrolments.page("prg-1", [4], 10, 0) == (0, [])
        assert await stores.enrolments.page("prg-1", [3, 1], 10, 0) == (2, [one, three])
        assert await stores.enrolments.urns("prg-1") == [1, 2, 3]

    async def test_only_who_is_enrolled_counts_as_enrolled(self, stores):
        for each in (enrolment(3), enrolment(1), enrolment(2, state="withdrawn"), enrolment(4, programme_id="prg-2")):
            await stores.enrolments.put(each)
        assert await stores.enrolments.enrolled_ids("prg-1") == ["enr-1", "enr-3"]
        assert await stores.enrolments.counts("prg-1") == (2, 1)
        assert await stores.enrolments.counts("prg-3") == (0, 0)

    async def test_whoever_is_enrolled_is_listed_by_programme_and_by_school(self, stores):
        three, one, other = enrolment(3), enrolment(1), enrolment(1, programme_id="prg-2", enrolment_id="enr-9")
        for each in (three, one, enrolment(2, state="withdrawn"), other):
            await stores.enrolments.put(each)
        assert await stores.enrolments.enrolled("prg-1") == [one, three]
        assert await stores.enrolments.enrolled("prg-3") == []
        assert await stores.enrolments.of_schools(iter(["sch-1", "sch-2", "sch-9"])) == [one, other]

    async def test_every_school_that_ever_enrolled_is_known_outside_by_its_id(self, stores):
        await stores.enrolments.put(enrolment(1))
        await stores.enrolments.put(enrolment(2, state="withdrawn"))
        assert await stores.enrolments.pinned() == {1: "sch-1", 2: "sch-2"}

    async def test_who_holds_a_role_is_found_while_the_enrolment_stands(self, stores):
        two, one = enrolment(2), enrolment(1)
        for each in (two, one, enrolment(3, state="withdrawn"), enrolment(4)):
            await stores.enrolments.put(each)
        assert await stores.enrolments.holding(iter(["per-1", "per-2", "per-3", "per-9"])) == [one, two]
        assert await stores.enrolments.holding([]) == []


class NamingsContract:
    async def test_whom_an_entry_names_is_kept_once_an_entry(self, stores):
        one = Naming(entry_id="ent-1", programme_id="prg-1", number=1, named=(Named(role="reader", person_id="per-1"),))
        two = one.model_copy(update={"number": 2, "named": ()})
        await stores.namings.put_naming(one)
        assert await stores.namings.naming("ent-1") == one
        await stores.namings.put_naming(two)
        assert await stores.namings.naming("ent-1") == two
        assert await stores.namings.naming("ent-2") is None

    async def test_what_entries_of_a_school_name_goes_by_entry(self, stores):
        two, one = (
            Naming(
                entry_id=f"ent-{n}", programme_id="prg-1", school_id="sch-1", number=1, taken_over={"per-1": "per-2"}
            )
            for n in (2, 1)
        )
        others = [one.model_copy(update={"entry_id": "ent-3", "school_id": other}) for other in ("sch-2", None)]
        for each in (two, one, *others):
            await stores.namings.put_naming(each)
        assert await stores.namings.of_school("prg-1", "sch-1") == [one, two]
        assert await stores.namings.of_school("prg-2", "sch-1") == []


class PeopleContract:
    async def test_people_are_found_by_id_and_by_address_whatever_its_case(self, stores):
        one, two, three = person(1), person(2, email="Two@School.example"), person(3)
        await stores.people.put(iter([one, two, three]))
        found = await stores.people.concerned(iter(["TWO@school.example "]), iter(["per-1"]))
        assert sorted(found, key=lambda each: each.person_id) == [one, two]
        assert await stores.people.concerned((), ()) == []
        assert await stores.people.get("per-2") == two

    async def test_an_unknown_person_is_refused(self, stores):
        with pytest.raises(Rejected, match=r"^unknown-person: There is no person 'per-9'\.$"):
            await stores.people.get("per-9")

    async def test_an_address_belongs_to_one_person(self, stores):
        await stores.people.put([person(1)])
        with pytest.raises(Rejected, match=r"^address-taken: Somebody else has this e-mail address\.$"):
            await stores.people.put([person(2, email="P1@school.example")])
        with pytest.raises(Rejected, match="address-taken"):
            await stores.people.put([person(3, email="same@x.example"), person(4, email="same@x.example")])
        assert [one.person_id for one in await stores.people.concerned(["p1@school.example"], ["per-2", "per-3"])] == [
            "per-1"
        ]

    async def test_a_person_may_be_saved_again_and_take_an_address_that_became_free(self, stores):
        await stores.people.put([person(1)])
        moved = person(1, email="new@school.example", version=2)
        await stores.people.put([moved])
        await stores.people.put([person(2, email="p1@school.example")])
        assert await stores.people.get("per-1") == moved

    async def test_nobody_is_saved_where_nobody_is_named(self, stores):
        await stores.people.put(())
        assert await stores.people.concerned((), ["per-1"]) == []

    async def test_who_is_erased_is_gone_and_gone_again(self, stores):
        await stores.people.put([person(1)])
        await stores.people.erase("per-1")
        await stores.people.erase("per-1")
        assert await stores.people.concerned(["p1@school.example"], ["per-1"]) == []

    async def test_people_are_found_by_part_of_name_or_address_in_one_programme_or_in_all(self, stores):
        here, there = (RoleOf(role="headteacher", school_id="sch-1", programme_id=f"prg-{n}") for n in (1, 2))
        ada = person(1, name="Ada Okafor", email="ada@oak.example", roles=(here,))
        bea = person(2, name="Bea (Acting) Lund", email="b.lund@oak.example", roles=(there,))
        await stores.people.put([bea, ada])
        assert await stores.people.search("", "", 1, 0) == (2, [ada])
        assert await stores.people.search("", "", 1, 1) == (2, [bea])
        assert await stores.people.search(" OAK.example", "", 10, 0) == (2, [ada, bea])
        assert await stores.people.search("lund", "", 10, 0) == (1, [bea])
        assert await stores.people.search("(acting)  lund", "prg-2", 10, 0) == (1, [bea])
        assert await stores.people.search("lund", "prg-1", 10, 0) == (0, [])
        assert await stores.people.search("[", "", 10, 0) == (0, [])
