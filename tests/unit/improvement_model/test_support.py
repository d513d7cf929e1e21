"""Support between schools of a trust: asked for, offered, ranked, visited, closed; as much is given as received."""

import datetime as dt
from typing import Any

import pytest

from shared.commands.agreed_visits import AgreeDays, ChosenDay
from shared.commands.entries_listed import ListOpenForms
from shared.commands.rounds import AcceptOffer, DraftRound, PublishRound, RoundDetail, ShowRound
from shared.commands.tasks import ListTasks
from tests.unit.improvement_model.trust import Trust, mail

NEED = {"need": "Pupils in Year 3 do not read for themselves.", "visits": "1"}


async def shown(trust: Trust) -> RoundDetail:
    found: RoundDetail = await trust.town.find(ShowRound(programme_id=trust.programme_id, round="support"))
    return found


async def wants(trust: Trust, head: str, urn: int, topic: str) -> str:
    return await trust.send("support-wanted", trust.schools[urn], head, {**NEED, "topic": topic})


async def offers(trust: Trust, head: str, urn: int, name: str, topic: str) -> str:
    who = {"name": name, "address": mail(name)}
    return await trust.send(
        "support-offered", trust.schools[urn], head, {"supporter": who, "topics": (topic,), "days": "3"}
    )


@pytest.fixture
async def supporting() -> Trust:
    """Ann wants help with reading, Bob with behaviour; two colleagues can help with the one, one with the other."""
    trust = await Trust().open()
    await wants(trust, "Ann", 100, "reading")
    await wants(trust, "Bob", 101, "behaviour")
    await offers(trust, "Cat", 102, "Ria", "reading")
    await offers(trust, "Dan", 103, "Ben", "behaviour")
    await offers(trust, "Ann", 100, "Rob", "reading")
    trust.came()
    draft = await trust.ask(DraftRound, round="support")
    assert draft.sentence.startswith("Draft 1: 2 placed")
    await trust.town.settle()
    await trust.ask(PublishRound, round="support", revision=1)
    await trust.town.settle()
    return trust


async def test_heads_find_both_forms_on_their_list() -> None:
    trust = await Trust().open()
    found = await trust.town.find(ListOpenForms(programme_id=trust.programme_id, person_id=trust.known("Ann")))
    mine = {one.form: one.about_id for one in found.forms if one.form.startswith("support-")}
    assert mine == {"support-wanted": trust.schools[100], "support-offered": trust.schools[100]}


async def test_whoever_fits_best_supports_and_sums_of_giving_and_receiving_are_equal(supporting: Trust) -> None:
    found = await shown(supporting)
    assert {(one.school, one.host) for one in found.placements} == {
        ("School 102", "School 100"), ("School 103", "School 101"),
    }  # fmt: skip
    assert all(one.reasons for one in found.placements), "each says why"
    gives, receives = (sum(getattr(one, what) for one in found.ledger) for what in ("gives", "receives"))
    assert (gives, receives) == (2, 2)
    told = supporting.came()
    assert [(to, subject) for to, subject in told if subject.startswith("Ria supports School 100")] == [
        (mail("Ann"), "Ria supports School 100"),
        (mail("Cat"), "Ria supports School 100"),
        (mail("Ria"), "Ria supports School 100"),
    ]


async def test_what_is_asked_for_later_is_offered_at_once_to_the_best_who_waits(supporting: Trust) -> None:
    trust = supporting
    await wants(trust, "Eli", 104, "reading")
    (offer,) = (await shown(trust)).offers
    assert offer.person_id == trust.known("Rob")
    await trust.town.ask(AcceptOffer(offer_id=offer.offer_id, person_id=trust.known("Rob")))
    await trust.town.settle()
    after = await shown(trust)
    assert ("School 100", "School 104") in {(one.school, one.host) for one in after.placements}
    rows = {one.school: (one.gives, one.receives) for one in after.ledger}
    assert rows["School 100"] == (1, 1)
    assert sum(gives for gives, _ in rows.values()) == sum(receives for _, receives in rows.values()) == 3


async def test_support_is_visited_and_closed_by_who_got_it(supporting: Trust) -> None:
    trust = supporting
    match = next(one for one in (await shown(trust)).placements if one.host == "School 100")
    day = ChosenDay(on=dt.date(2026, 10, 8), starts=dt.time(9), ends=dt.time(12))
    await trust.town.ask(AgreeDays(match_id=match.match_id, activity="support-visit", days=(day,), outside=True))
    await trust.town.day("2026-10-20")
    (row,) = await owed(trust, "support-closed")
    assert row.person_ids == (trust.known("Ann"),)
    await trust.send("support-closed", match.match_id, "Ann", {"helped": "a-lot", "changed": "They read at home."})
    (row,) = await owed(trust, "support-closed")
    assert row.state == "done"


async def owed(trust: Trust, task: str) -> list[Any]:
    found = await trust.town.find(ListTasks(programme_id=trust.programme_id, task=task))
    return list(found.tasks)
