"""The contract of a roster, which MongoDB keeps (tests/integration/roster) and memory does."""

import datetime as dt

from shared.events.parties import CategoryFrom, PartySchool
from shared.roster import Membership, Party, Relationship, SchoolStanding
from shared.template.resolving import Needed

SEPTEMBER = dt.date(2026, 9, 1)


def membership(number, person, role, school=None, *, programme="prg-1", since=SEPTEMBER, until=None):
    return Membership(
        membership_id=f"mem-{number}", programme_id=programme, person_id=person, role=role, school_id=school,
        since=since, until=until, version=1,
    )  # fmt: skip


def relationship(number, manager, person, *, programme="prg-1", ended=False):
    return Relationship(
        relation_id=f"rel-{number}", programme_id=programme, relation="line-manages", from_person=manager,
        to_person=person, ended=ended, version=1,
    )  # fmt: skip


def party(number, *, programme="prg-1", version=1, schools=("sch-1",), kind="trust"):
    parts = tuple(PartySchool(school_id=one, since=SEPTEMBER) for one in schools)
    return Party(
        party_id=f"pty-{number}", programme_id=programme, kind=kind, name=f"Trust {number}", schools=parts,
        version=version,
    )  # fmt: skip


def standing(school, *, programme="prg-1", by=(None,)):
    decided = tuple(
        CategoryFrom(category="standard", since=SEPTEMBER + dt.timedelta(days=place), decided_by=one)
        for place, one in enumerate(by)
    )
    return SchoolStanding(
        standing_id=f"std-{school}", programme_id=programme, school_id=school, decisions=decided, version=1
    )


class RosterContract:
    """A subclass has the fixture `roster`, empty."""

    async def test_records_come_back_as_they_were(self, roster):
        left = membership(1, "per-1", "headteacher", "sch-1", until=dt.date(2027, 1, 4))
        managed = relationship(1, "per-1", "per-2", ended=True)
        await roster.put_membership(left)
        await roster.put_relationship(managed)
        assert await roster.membership("mem-1") == left
        assert await roster.relationship("rel-1") == managed
        assert await roster.membership("mem-2") is None
        assert await roster.relationship("rel-2") is None

    async def test_a_record_takes_the_place_of_an_older_one(self, roster):
        await roster.put_membership(membership(1, "per-1", "headteacher", "sch-1"))
        newer = membership(1, "per-1", "headteacher", "sch-1", until=dt.date(2027, 1, 4))
        await roster.put_membership(newer)
        assert await roster.of_person("prg-1", "per-1") == [newer]

    async def test_finds_people_of_schools_those_at_no_school_and_roles_anywhere(self, roster):
        here = membership(1, "per-1", "headteacher", "sch-1")
        nowhere = membership(2, "per-2", "consultant")
        far = membership(3, "per-3", "cpd-lead", "sch-9", since=dt.date(2026, 8, 1))
        for one in (here, nowhere, far, membership(4, "per-4", "headteacher", "sch-9")):
            await roster.put_membership(one)
        await roster.put_membership(membership(5, "per-5", "headteacher", "sch-1", programme="prg-2"))
        wanted = Needed(school_ids=frozenset({"sch-1"}), roles_everywhere=frozenset({"cpd-lead"}))
        assert await roster.members("prg-1", wanted) == [far, here, nowhere]
        assert await roster.members("prg-1", Needed()) == [nowhere]

    async def test_finds_somebodys_memberships_the_oldest_first(self, roster):
        old = membership(2, "per-1", "senior-leader", "sch-1", since=dt.date(2025, 9, 1))
        new = membership(1, "per-1", "headteacher", "sch-1")
        for one in (new, old, membership(3, "per-2", "headteacher", "sch-1")):
            await roster.put_membership(one)
        assert await roster.of_person("prg-1", "per-1") == [old, new]
        assert await roster.of_person("prg-2", "per-1") == []

    async def test_finds_what_somebody_holds_in_all_programmes(self, roster):
        old = membership(2, "per-1", "senior-leader", "sch-1", since=dt.date(2025, 9, 1), programme="prg-2")
        new = membership(1, "per-1", "headteacher", "sch-1")
        for one in (new, old, membership(3, "per-2", "headteacher", "sch-1")):
            await roster.put_membership(one)
        assert await roster.held_by("per-1") == [old, new]

    async def test_finds_whom_an_entry_named(self, roster):
        named = membership(1, "per-1", "practitioner", "sch-1").model_copy(update={"entry_id": "ent-1"})
        for one in (named, membership(2, "per-2", "practitioner", "sch-1")):
            await roster.put_membership(one)
        assert await roster.named_in("prg-1", "ent-1") == [named]
        assert await roster.named_in("prg-2", "ent-1") == []

    async def test_finds_relations_in_which_people_stand(self, roster):
        over, above, below = (
            relationship(3, "per-4", "per-2", ended=True),
            relationship(1, "per-1", "per-2"),
            relationship(2, "per-2", "per-3"),
        )
        others = (relationship(4, "per-1", "per-3"), relationship(5, "per-5", "per-2", programme="prg-2"))
        for one in (over, above, below, *others):
            await roster.put_relationship(one)
        assert await roster.standing_among("prg-1", ["per-2"]) == [above, below, over]
        assert await roster.standing_among("prg-1", []) == []

    async def test_finds_the_parties_that_take_part(self, roster):
        first, gone = party(2), party(1).model_copy(update={"withdrawn": True})
        for one in (first, gone, party(3, programme="prg-2"), party(2, version=2)):
            await roster.put_party(one)
        assert await roster.parties("prg-1") == [party(2, version=2)]
        assert await roster.party("pty-1") == gone
        assert await roster.party("pty-9") is None

    async def test_finds_the_categories_of_schools(self, roster):
        one, other = standing("sch-2"), standing("sch-1")
        for each in (one, other, standing("sch-3", programme="prg-2")):
            await roster.put_school_standing(each)
        assert await roster.school_standings("prg-1") == [other, one]
        assert await roster.school_standing("std-sch-2") == one
        assert await roster.school_standing("std-sch-9") is None

    async def test_forgets_somebody_everywhere(self, roster):
        await roster.put_membership(membership(1, "per-1", "line-manager", "sch-1"))
        await roster.put_membership(membership(2, "per-2", "practitioner", "sch-1"))
        await roster.put_relationship(relationship(1, "per-1", "per-2"))
        await roster.put_relationship(relationship(2, "per-2", "per-1"))
        await roster.put_school_standing(standing("sch-1", by=("per-1", "per-2")))
        await roster.forget("per-1")
        assert await roster.school_standing("std-sch-1") == standing("sch-1", by=(None, "per-2"))
        assert await roster.membership("mem-1") is None
        assert await roster.membership("mem-2") is not None
        assert await roster.relationship("rel-1") is None
        assert await roster.relationship("rel-2") is None
