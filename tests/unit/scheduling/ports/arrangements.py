"""Days that named people agree, and the facts about programmes in the language of templates."""

import datetime as dt

from services.scheduling.domain.agreed.records import (
    Answers,
    Arrangement,
    Declined,
    EngineProgramme,
    HostSchool,
    Placement,
    Suits,
    VisitDay,
)
from services.scheduling.ports.stores import Stores
from shared.commands.agreed_visits import ListDays
from shared.events.agreed_visits import Invited
from tests.unit.scheduling.agreed.exchange import TEMPLATE
from tests.unit.scheduling.ports.records import ADA, BO, NOW

ON, OTHER = dt.date(2026, 10, 12), dt.date(2026, 10, 14)
LATER = NOW + dt.timedelta(days=5)


def day(visit_id="avi-1", on=ON, people=(ADA, BO), **fields):
    attendees = tuple(Invited(person_id=one, role="practitioner") for one in people)
    hours = {"starts": dt.time(9), "ends": dt.time(15)}
    return VisitDay(visit_id=visit_id, number=1, on=on, attendees=attendees, **hours, **fields)


def arrangement(name="arr-1", **fields):
    given = {
        "arrangement_id": name, "programme_id": "prg-1", "activity": "data-visit", "kind": "agreed-visit",
        "match_id": f"mat-{name}", "school_id": "sch-1", "host_school_id": "sch-2", "person_id": ADA,
        "role": "practitioner",
    }  # fmt: skip
    return Arrangement(**{**given, **fields})


def suits(person=ADA, on=OTHER, until=LATER):
    return Suits(person_id=person, on=on, until=until)


class ArrangementsContract:
    async def test_an_arrangement_is_read_as_it_was_saved(self, stores: Stores):
        record = arrangement(visits=(day(),), suits=(suits(),), first=ON, last=OTHER)
        await stores.arrangements.put(record, NOW)
        assert await stores.arrangements.get("arr-1") == record
        assert await stores.arrangements.with_visit("avi-1") == record
        assert await stores.arrangements.get("arr-2") is None
        assert await stores.arrangements.with_visit("avi-2") is None

    async def test_arrangements_are_found_by_what_they_concern(self, stores: Stores):
        one, two = arrangement(), arrangement("arr-2", host_school_id="sch-0", person_id="per-x", visits=(day(),))
        for record in (one, two):
            await stores.arrangements.put(record, NOW)
        found = stores.arrangements
        assert await found.of_match("mat-arr-1") == [one]
        assert await found.of_programme("prg-1") == [two, one]
        assert await found.of_programme("prg-1", person_id=ADA) == [two, one]
        assert await found.of_programme("prg-1", person_id="per-x") == [two]
        assert await found.of_programme("prg-1", match_id="mat-arr-1") == [one]
        assert await found.at_school("prg-1", "sch-2") == [one]
        assert await found.at_school("prg-1", "sch-1") == [two, one]

    async def test_arrangements_come_by_the_page_those_in_which_nothing_suits_first(self, stores: Stores):
        declined, off = Declined(person_id=ADA, words="", at=NOW), day("avi-3", state="cancelled")
        ids = [
            arrangement("arr-1", visits=(day(),)),
            arrangement("arr-2", opened=ON, declined=(declined,), host_school_id="sch-9"),
            arrangement("arr-3", opened=ON, person_id=BO, host_school_id="sch-3", visits=(off,)),
            arrangement("arr-4", closed="person", visits=(day("avi-4", people=("per-x",)),)),
            arrangement("arr-5", activity="other-visit", match_id="mat-5"),
        ]
        for record in ids:
            await stores.arrangements.put(record, NOW)

        async def listed(**wanted):
            total, found = await stores.arrangements.page(ListDays(programme_id="prg-1", **wanted))
            return total, [one.arrangement_id for one in found]

        assert await listed() == (5, ["arr-2", "arr-1", "arr-4", "arr-5", "arr-3"])
        assert await listed(limit=2, offset=1) == (5, ["arr-1", "arr-4"])
        assert await listed(state="agreed") == (1, ["arr-1"])
        assert await listed(state="waiting") == (2, ["arr-2", "arr-3"])
        assert await listed(state="closed") == (1, ["arr-4"])
        assert await listed(state="not-open", activity="other-visit") == (1, ["arr-5"])
        assert await listed(concerning=("per-x", "sch-9")) == (2, ["arr-2", "arr-4"])
        assert await listed(concerning=("sch-1",), person_id=BO) == (2, ["arr-1", "arr-3"])
        assert await listed(match_id="mat-5") == (1, ["arr-5"])
        assert await listed(named="avi-4") == (1, ["arr-4"])
        assert await listed(named="arr-2") == (1, ["arr-2"])

    async def test_a_day_is_taken_where_it_is_agreed_and_while_it_is_kept_free(self, stores: Stores):
        await stores.arrangements.put(arrangement(visits=(day(),), suits=(suits(),)), NOW)
        taken = stores.arrangements.taken
        assert await taken([ADA, BO], NOW) == {ADA: {ON: "sch-2", OTHER: "sch-2"}, BO: {ON: "sch-2"}}
        assert await taken([ADA], LATER) == {ADA: {ON: "sch-2"}}
        assert await taken([ADA, BO], NOW, without="arr-1") == {}

    async def test_a_cancelled_day_is_free_again(self, stores: Stores):
        await stores.arrangements.put(arrangement(visits=(day(),)), NOW)
        await stores.arrangements.put(arrangement(visits=(day(state="cancelled"),)), NOW)
        assert await stores.arrangements.taken([ADA, BO], NOW) == {}

    async def test_of_who_is_forgotten_nothing_is_kept_free_or_written(self, stores: Stores):
        said = Declined(person_id=ADA, words="Away.", at=NOW)
        await stores.arrangements.put(arrangement(suits=(suits(), suits(BO)), declined=(said,)), NOW)
        await stores.arrangements.forget(ADA)
        assert await stores.arrangements.taken([ADA, BO], NOW) == {BO: {OTHER: "sch-2"}}
        left = await stores.arrangements.get("arr-1")
        assert left is not None
        assert (left.suits, left.declined) == ((suits(BO),), ())


class EngineFactsContract:
    async def test_a_programme_is_read_as_it_was_saved_and_saved_anew(self, stores: Stores):
        given = {"programme_id": "prg-1", "year": 2026, "coordinator_id": "per-c", "template": TEMPLATE}
        for version in (1, 2):
            programme = EngineProgramme(**given, version=version)
            await stores.engine.put_programme(programme)
            assert await stores.engine.programme("prg-1") == programme
        assert await stores.engine.programme("prg-2") is None

    async def test_the_newest_state_of_a_school_and_of_answers_stands(self, stores: Stores):
        for version in (2, 1):
            await stores.engine.put_school(
                HostSchool(
                    enrolment_id="enr-1", programme_id="prg-1", school_id="sch-1", name=f"School {version}",
                    authority_code="373", version=version,
                )
            )  # fmt: skip
            await stores.engine.put_answers(
                Answers(
                    entry_id="ent-1", form="project", about_id="sch-1", answers={"visits": version}, version=version
                )
            )
        school = await stores.engine.school("prg-1", "sch-1")
        assert school is not None
        assert school.name == "School 2"
        assert await stores.engine.school("prg-2", "sch-1") is None
        assert await stores.engine.enrolment("enr-1") == school
        assert await stores.engine.enrolment("enr-2") is None
        assert await stores.engine.all_schools("prg-1") == [school]
        for how in ({}, {"school_id": "sch-1"}, {"authority_code": school.authority_code}):
            assert await stores.engine.programmes_with(**how) == ["prg-1"]
        assert await stores.engine.programmes_with(school_id="sch-1", authority_code="000") == []
        assert [one.answers for one in await stores.engine.answers(["ent-1", "ent-2"])] == [{"visits": 2}]

    async def test_placements_are_found_by_what_named_them(self, stores: Stores):
        placement = Placement(
            match_id="mat-1", programme_id="prg-1", round="exchange", person_id=ADA, role="practitioner",
            school_id="sch-1", host_school_id="sch-2", thing_entry_id="ent-1", version=1,
        ).with_came("exchange", "published", ON)  # fmt: skip
        await stores.engine.put_placement(placement)
        assert await stores.engine.placement("mat-1") == placement
        assert await stores.engine.placed_by("ent-1") == [placement]
        assert await stores.engine.placed_by("ent-2") == []
