"""What the ports of schools' parts promise, for the store in memory and the one on MongoDB."""

import datetime as dt

from services.programmes.domain.participation.records import Excepted, SchoolEntry, blank


def entry(number, school="sch-1", **changed):
    told = {"entry_id": f"ent-{number}", "programme_id": "prg-1", "school_id": school, "form": "project", "version": 1}
    return SchoolEntry(**(told | changed))


class ParticipationsContract:
    async def test_a_schools_part_is_kept_once_a_programme_and_school(self, stores):
        one, two = blank("prg-1", "sch-2", 2), blank("prg-1", "sch-1", 1)
        why = Excepted(rule="least", of="project", how="reason", reason="A new head.", on=dt.date(2026, 10, 1))
        for each in (one, two, blank("prg-2", "sch-1", 1)):
            await stores.participations.put_participation(each)
        after = one.model_copy(update={"version": 1, "answer": "maybe", "exceptions": (why,)})
        await stores.participations.put_participation(after)

        assert await stores.participations.participation(one.participation_id) == after
        assert await stores.participations.participation("par-9") is None
        assert await stores.participations.of_programme("prg-1") == [two, after]

    async def test_entries_that_stand_are_counted_by_school_and_form(self, stores):
        for each in (entry(1), entry(2), entry(3, form="note"), entry(4, "sch-2", stands=False), entry(5, "sch-3")):
            assert await stores.participations.put_entry(each)

        found = await stores.participations.counts("prg-1", ["sch-1", "sch-2"])
        assert found == {"sch-1": {"project": 2, "note": 1}}
        assert await stores.participations.counts("prg-2", ["sch-1"]) == {}

    async def test_forms_that_have_begun_are_noted_once(self, stores):
        for programme_id, form in (("prg-1", "note"), ("prg-1", "note"), ("prg-1", "project"), ("prg-2", "plan")):
            await stores.participations.begin_form(programme_id, form)

        assert await stores.participations.forms_begun("prg-1") == {"note", "project"}
        assert await stores.participations.forms_begun("prg-3") == frozenset()

    async def test_an_older_version_of_an_entry_changes_nothing(self, stores):
        await stores.participations.put_entry(entry(1, version=3, stands=False))

        assert not await stores.participations.put_entry(entry(1, version=2))
        assert await stores.participations.counts("prg-1", ["sch-1"]) == {}
