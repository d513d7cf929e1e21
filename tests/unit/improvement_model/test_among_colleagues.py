"""Help and thanks among colleagues: expertise, a thank-you, somebody to talk to, working parties, policies."""

import datetime as dt

import pytest

from kindred.demo.filling import whole
from shared.commands.entries_listed import BrowseEntries
from shared.commands.forms import EntryRows, ListEntries, SaveDraft, SubmitEntry
from shared.commands.parties import HandOverPlaces
from shared.commands.tasks import ListTasks, TaskRow
from shared.errors import Rejected
from tests.unit.improvement_model.trust import Trust, mail

ROBIN = {"name": "Robin Marsh", "address": mail("Robin")}


@pytest.fixture
async def trust() -> Trust:
    found = await Trust().open()
    found.came()
    return found


async def owed(trust: Trust, task: str) -> list[TaskRow]:
    found = await trust.town.find(ListTasks(programme_id=trust.programme_id, task=task))
    return list(found.tasks)


async def readable(trust: Trust, form: str, name: str) -> int:
    query = ListEntries(programme_id=trust.programme_id, form=form, person_id=trust.known(name))
    found: EntryRows = await trust.town.find(query)
    return found.total


async def test_a_thank_you_reaches_the_colleague_and_those_who_lead_them(trust: Trust) -> None:
    thanks = {"colleague": ROBIN, "thanks": "She stayed until the hall was ready."}
    await trust.send("recognition", trust.schools[100], "Mia", thanks)
    await trust.town.day("2026-09-02", 18)
    assert (ROBIN["address"], "Thank you, from Mia") in trust.came()
    assert [one.subject for one in trust.person("Ann").letters].count("A colleague of yours was thanked") == 1
    assert [one.subject for one in trust.person("Exe").letters].count("A colleague of yours was thanked") == 1
    letter = trust.person("Robin").letter("Thank you")
    assert "hall" not in letter.text, "what for stands behind the button"
    _, page = await trust.person("Robin").open("Thank you", "entry")
    assert "She stayed until the hall was ready." in page.text
    assert {name: await readable(trust, "recognition", name) for name in ("Robin", "Ann", "Exe", "Bob")} == {
        "Robin": 1, "Ann": 1, "Exe": 1, "Bob": 0,
    }  # fmt: skip


async def test_a_second_thank_you_to_the_same_colleague_is_told_again(trust: Trust) -> None:
    for number in range(2):
        thanks = {"colleague": ROBIN, "thanks": f"Number {number}."}
        await trust.send("recognition", trust.schools[100], "Ann", thanks, another=f"thanks-{number}")
    assert trust.came().count((ROBIN["address"], "Thank you, from Ann")) == 2


async def test_expertise_is_looked_through_and_asked_for_on_pages(trust: Trust) -> None:
    offered = {"colleague": ROBIN, "topics": ("reading",), "days": "4"}
    await trust.send("expertise", trust.schools[100], "Ann", offered)
    listed = await trust.town.find(
        BrowseEntries(person_id=trust.known("Bob"), programme_id=trust.programme_id, form="expertise")
    )
    assert listed.total == 1
    await trust.town.day("2026-09-16")
    browser, page = await trust.person("Bob").open("to do", "todo")
    page = await browser.open(whole(page.url, next(link for link in page.links if "list=expertise" in link)))
    assert "Robin Marsh" in page.text, "the list says who it is"
    page = await browser.open(whole(page.url, next(link for link in page.links if "/projects/ent-" in link)))
    assert "Robin Marsh" in page.text
    page = await browser.open(whole(page.url, next(link for link in page.links if "/expertise-asked/" in link)))
    page = await browser.open(f"{page.url.rstrip('/')}/new")
    sent = await browser.press(page, "send", {"need": "Phonics in Year 1, before Christmas", "days": "2"})
    assert "sent, thank you" in sent.heading
    await trust.town.settle()
    (row,) = await owed(trust, "expertise-asked-answered")
    assert row.person_ids == (trust.known("Ann"),)


async def test_whoever_asks_to_talk_is_read_by_the_hr_director_alone(trust: Trust) -> None:
    await trust.send("welfare-wanted", trust.programme_id, "Mia", {"how": "call"})
    assert trust.came() == [(mail("Hana"), "Mia would like to talk to you")]
    _, page = await trust.person("Hana").open("would like to talk", "entry")
    assert "Please call me" in page.text
    reads = {name: await readable(trust, "welfare-wanted", name) for name in ("Hana", "Mia", "Ann", "Exe", "Chi")}
    assert reads == {"Hana": 1, "Mia": 1, "Ann": 0, "Exe": 0, "Chi": 0}
    told = repr([one for one in trust.town.published if type(one).__name__ == "FormSubmitted"])
    assert "call" not in told


async def test_a_working_party_has_a_remit_members_a_product_and_an_end(trust: Trust) -> None:
    party = {
        "title": "One phonics scheme",
        "remit": "Which scheme fits all our schools?",
        "party-member": (ROBIN, {"name": "Bob", "address": mail("Bob")}),
        "product": "A page with a recommendation",
        "ends": "2026-11-27",
    }
    entry = await trust.send("working-party", trust.programme_id, "Ann", party)
    asked = "Ann asks you into a working party"
    assert [one for one in trust.came() if one[1] == asked] == [(mail("Bob"), asked), (mail("Robin"), asked)]
    assert await readable(trust, "working-party", "Robin") == 1
    await trust.town.day("2026-11-13")
    (row,) = await owed(trust, "working-party-product")
    owing = {trust.known(name) for name in ("Ann", "Robin", "Bob")}
    assert (row.state, row.due, set(row.person_ids)) == ("open", dt.date(2026, 11, 27), owing)
    await trust.send("working-party-product", entry, "Robin", {"product": "Scheme B, from January."})
    (row,) = await owed(trust, "working-party-product")
    assert row.state == "done"
    assert await readable(trust, "working-party-product", "Cat") == 1


async def test_who_leaves_hands_over_what_else_they_do_and_a_working_party_says_who_comes_in_their_place(trust: Trust):
    ann = {"name": "Ann", "address": mail("Ann")}
    party = {"title": "x", "remit": "x", "product": "x", "ends": "2026-11-27", "party-member": (ROBIN, ann)}
    await trust.send("working-party", trust.programme_id, "Exe", party)
    done = await trust.ask(HandOverPlaces, person=mail("Ann"), name="New", email=mail("New"))
    assert "has taken over 1 place from Ann" in done.sentence
    assert "What stays theirs until you say otherwise: member of a working party" in done.sentence


async def test_a_working_party_needs_members_that_mail_can_reach(trust: Trust) -> None:
    party = {"title": "x", "remit": "x", "product": "x", "ends": "2026-11-27"}
    with pytest.raises(Rejected, match="give a work email address"):
        await trust.send("working-party", trust.programme_id, "Ann", {**party, "party-member": ({"name": "Jo"},)})


async def test_the_owner_of_a_policy_looks_at_it_again_and_another_day_moves_that(trust: Trust) -> None:
    policy = {
        "name": "Reading", "what": "policy", "class": "standardised", "text": "Every day.", "policy-owner": ROBIN,
        "next-review": "2026-11-20",
    }  # fmt: skip
    entry = await trust.send("policy", trust.programme_id, "Chi", policy)
    assert (ROBIN["address"], "You own a policy of the trust") in trust.came()
    assert await owed(trust, "policy-review") == []
    await trust.town.day("2026-10-24")
    (row,) = await owed(trust, "policy-review")
    assert (row.state, row.due, row.person_ids) == ("open", dt.date(2026, 11, 20), (trust.known("Robin"),))
    chief, answers = trust.known("Chi"), {**policy, "next-review": "2027-03-12"}

    draft = await trust.ask(
        SaveDraft,
        form="policy",
        about_id=trust.programme_id,
        person_id=chief,
        answers=answers,
        entry_id=entry,
        revision=1,
    )
    await trust.town.ask(SubmitEntry(entry_id=entry, person_id=chief, revision=draft.revision))
    await trust.town.settle()
    assert sorted(one.state for one in await owed(trust, "policy-review")) == ["excused", "planned"]
    await trust.town.day("2027-02-15")
    rows = [one for one in await owed(trust, "policy-review") if one.state == "open"]
    assert [one.due for one in rows] == [dt.date(2027, 3, 12)]
