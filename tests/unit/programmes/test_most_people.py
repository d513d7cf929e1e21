"""A role takes as many people at a school as its template says, however they come to it."""

import pytest

from shared.commands.participation import AskSchool
from shared.commands.programmes import AddPerson, AmendEnrolment
from shared.errors import Permanent, Rejected
from shared.events.forms import EntryWithdrawn
from tests.unit.programmes.test_memberships import URN, School, details, kept_by, named, nomination


@pytest.fixture
async def school():
    return await School().begin()


async def adds(school, role, name):
    adding = AddPerson(programme_id=school.programme_id, urn=URN, person=details(role, name))
    return await school.office.bus.ask(adding)


async def test_nobody_joins_a_role_in_which_a_school_has_all_the_people_it_may(school):
    with pytest.raises(Rejected) as refused:
        await adds(school, "cpd-lead", "Second")

    said = (
        "The school has Led as CPD lead, and at most 1 person is taken; `kindred people replace` hands the role over."
    )
    assert (refused.value.rule, refused.value.sentence) == ("role-twice", said)
    assert school.said() == []
    for name in ("Pra", "Prb", "Prc"):
        await adds(school, "practitioner", name)
    with pytest.raises(Rejected, match=r"Pra, Prac, Prb, Prc as practitioner, and at most 4 people are taken"):
        await adds(school, "practitioner", "Prd")
    await adds(school, "practitioner", "Pra")
    await school.leave("practitioner", "Prac")
    await adds(school, "practitioner", "Prd")


async def test_an_entry_that_names_more_people_than_a_school_may_have_waits_for_a_person(school):
    for name in ("Pra", "Prb", "Prc"):
        await adds(school, "practitioner", name)
    school.said()

    with pytest.raises(Permanent, match=r"names somebody as practitioner. The school has .* hands the role over"):
        await school.names(named("practitioner", "Other"), named("practitioner", "Prac"), number=2, version=2)
    assert school.said() == []
    await school.names(named("practitioner", "Other"), named("line-manager", "Line"), number=2, version=2)
    assert school.said()[1:3] == [
        ("left", "practitioner", "Prac", "Other"), ("taken", "practitioner", "Other", "Prac"),
    ]  # fmt: skip


async def test_an_enrolment_is_not_amended_to_more_people_than_a_role_has(school):
    await adds(school, "clerk", "Clem")
    people = [details(*one) for one in (("headteacher", "Hed"), ("cpd-lead", "Led"), ("clerk", "Clea"))]
    amending = {"programme_id": school.programme_id, "urn": URN, "strengths": (), "needs": ()}
    with pytest.raises(Rejected, match=r"^role-twice: The school has Clem as clerk to governors already; at most 1"):
        await school.office.bus.ask(AmendEnrolment(**amending, people=people))
    people[-1] = details("clerk", "Clem")
    await school.office.bus.ask(AmendEnrolment(**amending, people=people))


async def test_who_has_the_role_already_takes_it_over_once(school):
    await school.replace("senior-leader", "Two", leaving="sen@s.example")
    assert school.said() == [("left", "senior-leader", "Sen", None)]
    await adds(school, "senior-leader", "Pra")
    await adds(school, "senior-leader", "Prb")
    school.said()
    await school.replace("senior-leader", "Prb", leaving="pra@s.example")
    assert school.said() == [("left", "senior-leader", "Pra", "Prb")]
    await school.leave("senior-leader", "Two")
    await school.leave("senior-leader", "Prb")
    assert [one[:3] for one in school.said()] == [
        ("left", "senior-leader", "Two"), ("left", "senior-leader", "Prb"),
    ]  # fmt: skip


async def test_who_was_only_asked_whether_the_school_takes_part_has_no_role(school):
    asking = AskSchool(programme_id=school.programme_id, urn=URN, person=details("clerk", "Ask"))
    await school.office.bus.ask(asking)
    await adds(school, "clerk", "Clem")
    school.said()
    with pytest.raises(Rejected, match=r"^role-twice: The school has Clem"):
        await adds(school, "clerk", "Ask")
    await school.leave("clerk", "Clem")
    school.said()
    await adds(school, "clerk", "Ask")
    assert school.said() == [("taken", "clerk", "Ask", None)]


async def test_whom_an_entry_no_longer_names_has_the_role_no_more_here_either(school):
    await school.names(named("practitioner", "Other"), number=2, version=2)
    held = {one.name: {role.role for role in one.roles} for one in kept_by(school.office)}
    assert (held["Prac"], held["Line"], held["Other"]) == (set(), set(), {"practitioner"})
    await school.office.bus.tell(nomination(school.programme_id, 2, 3, EntryWithdrawn))
    assert {one.name: one.roles for one in kept_by(school.office)}["Other"] == ()
