"""Lines of the model that are easily lost: a joiner's first review, one agenda everywhere, classes of policies."""

import datetime as dt

import pytest

from shared.commands.actions import ListActions
from shared.commands.forms import AgreeEntry, EntryShown, ListEntries, ShowEntry
from shared.commands.tasks import ListTasks, TaskRow
from shared.errors import Rejected
from shared.events.parties import PartyAmended, PartyEnrolled
from tests.unit.improvement_model.trust import HEADS, Trust, mail

OWNER = {"name": "Robin", "address": mail("Robin")}
POLICY = {"name": "Behaviour", "what": "policy", "policy-owner": OWNER, "next-review": "2027-05-20"}


@pytest.fixture
async def trust() -> Trust:
    return await Trust().open()


async def owed(trust: Trust, task: str) -> list[TaskRow]:
    found = await trust.town.find(ListTasks(programme_id=trust.programme_id, task=task, limit=100))
    return list(found.tasks)


async def joins(trust: Trust, urn: int, on: dt.date) -> None:
    """The register says that a school has come to the trust part-way."""
    (party,) = trust.town.of(PartyEnrolled)
    schools = [
        one.model_copy(update={"part_way": True, "since": on}) if one.school_id == trust.schools[urn] else one
        for one in party.schools
    ]
    last = max(one.version for one in [party, *trust.town.of(PartyAmended)])
    facts = party.model_dump() | {"schools": schools, "version": last + 1, "joined": (trust.schools[urn],)}
    trust.town.arrive(PartyAmended.model_validate(facts))
    await trust.town.settle()


async def test_a_school_that_joins_is_looked_at_as_a_whole_first_and_no_other(trust: Trust) -> None:
    await trust.town.day("2027-01-11")
    assert await owed(trust, "first-review") == []
    await joins(trust, 105, dt.date(2027, 1, 11))
    await trust.town.day("2027-01-12")
    (row,) = await owed(trust, "first-review")
    assert (row.school_id, row.person_ids, row.state) == (trust.schools[105], (trust.known("Eve"),), "open")
    assert row.due == dt.date(2027, 2, 22), "30 working days"
    action = {"what": "Pair with School 100", "owner": "headteacher", "due": "2027-03-01", "success": "Done"}
    answers = {"strengths": ({"text": "Calm"},), "needs": ({"text": "Reading"},), "help": "Time", "actions": (action,)}
    entry_id = await trust.send("first-review", trust.schools[105], "Eve", answers)
    assert [one.state for one in await owed(trust, "first-review")] == ["done"]
    assert await readable(trust, "first-review", "Chi") == 0, "the head agrees first"
    await trust.town.ask(AgreeEntry(entry_id=entry_id, person_id=trust.known("Fay"), number=1))
    await trust.town.settle()
    assert await readable(trust, "first-review", "Chi") == 1


async def readable(trust: Trust, form: str, name: str) -> int:
    query = ListEntries(programme_id=trust.programme_id, form=form, person_id=trust.known(name))
    total: int = (await trust.town.find(query)).total
    return total


async def shown(trust: Trust, form: str, about_id: str, name: str, entry_id: str = "") -> EntryShown:
    about = {"entry_id": entry_id} if entry_id else {"form": form, "about_id": about_id}
    query = ShowEntry(programme_id=trust.programme_id, person_id=trust.known(name), **about)
    found: EntryShown = await trust.town.find(query)
    return found


async def test_pupil_progress_has_one_agenda_and_one_form_in_every_school(trust: Trust) -> None:
    found = [
        await shown(trust, "pupil-progress", trust.schools[100 + number], name) for number, name in enumerate(HEADS)
    ]
    assert {repr((one.form, one.options["agenda"], one.shown)) for one in found} == {
        repr((found[0].form, found[0].options["agenda"], found[0].shown))
    }
    assert list(found[0].options["agenda"]) == ["who-is-behind", "what-was-tried", "next-steps", "help"]
    (one,) = [one for one in await trust.duties("pupil-progress") if one.school == "School 100"]
    assert one.days == 6
    answers = {"agenda": ("the-weather",), "decided": ({"text": "x"},), "actions": ()}
    with pytest.raises(Rejected, match="What did you talk about"):
        await trust.send("pupil-progress", trust.schools[100], "Ann", answers)


async def test_a_standardised_policy_has_the_trust_s_text_and_others_are_not_asked_for_one(trust: Trust) -> None:
    with pytest.raises(Rejected, match="The text of the trust"):
        await trust.send("policy", trust.programme_id, "Chi", {**POLICY, "class": "standardised"})
    with pytest.raises(Rejected, match="How far is it the same everywhere"):
        await trust.send("policy", trust.programme_id, "Chi", {**POLICY, "class": "mine"}, another="1")
    entry_id = await trust.send("policy", trust.programme_id, "Chi", {**POLICY, "class": "aligned"}, another="2")
    assert "text" not in (await shown(trust, "", "", "Ann", entry_id)).shown
    with pytest.raises(Rejected, match="no such entry"):
        await shown(trust, "policy", trust.programme_id, "Ann")


async def test_becoming_aligned_is_meant_with_its_steps_and_the_class_stays_what_it_is(trust: Trust) -> None:
    owner = {"owner": OWNER["name"], "address": OWNER["address"]}
    step = {"what": "Agree on the aims", **owner, "due": "2027-02-01", "success": "All have signed"}
    policy = {**POLICY, "class": "autonomous", "becoming": "aligned", "milestones": (step,)}
    entry_id = await trust.send("policy", trust.programme_id, "Chi", policy)
    seen = await shown(trust, "", "", "Ann", entry_id)
    assert (seen.answers["class"], seen.answers["becoming"]) == ("autonomous", "aligned")
    query = ListActions(programme_id=trust.programme_id, person_id=trust.known("Chi"))
    actions = (await trust.town.find(query)).actions
    assert [(one.what, one.owner_id, one.due) for one in actions] == [
        ("Agree on the aims", trust.known("Robin"), dt.date(2027, 2, 1))
    ]
