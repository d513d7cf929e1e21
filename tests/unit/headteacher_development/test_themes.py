"""Heads vote on what a strategy day is about: counted only, the silent reminded, ties settled by the lead."""

import pytest

from shared.commands.polls import ChooseTheme, PollRow, ShowPolls
from shared.commands.sessions import PlanSessions, PublishSessions
from shared.errors import Rejected
from tests.unit.headteacher_development.heads import LEAD, Heads

ASKED = "Say what the next strategy day should be about"


async def poll(heads: Heads, term: str) -> PollRow:
    found = await heads.town.find(ShowPolls(programme_id=heads.programme_id))
    row: PollRow = next(row for row in found.polls if row.poll == f"needs-{term}")
    return row


async def vote(heads: Heads, votes: dict[int, str]) -> None:
    for number, theme in votes.items():
        page = await heads.head(number).answer(ASKED, {"theme": theme})
        assert "Counted, thank you" in page.text


def reached(heads: Heads) -> list[str]:
    return [to for to, subject in heads.came() if ASKED.casefold() in subject.casefold()]


@pytest.mark.timeout(600)
async def test_a_tie_is_settled_by_the_lead_and_the_next_terms_vote_by_the_heads() -> None:
    heads = Heads(11)
    await heads.open()
    heads.came()
    everybody = [f"head@s{number:02}.example" for number in range(11)]
    await heads.town.day("2026-09-15")
    assert reached(heads) == everybody
    await vote(heads, {number: ("change", "money")[number % 2] for number in range(10)})
    await heads.town.day("2026-09-29")
    assert reached(heads) == everybody[10:], "only the silent are reminded"
    assert (await poll(heads, "autumn")).themes == ()
    await heads.town.day("2026-10-12")
    row = await poll(heads, "autumn")
    assert (row.state, sorted(row.among)) == ("waits", ["change", "money"])
    assert [(len(one.themes), one.number) for one in row.themes] == [(11, 10)], "as many each: together"
    (lead,) = row.chooser_ids
    assert lead == heads.person_id(LEAD)
    choosing = ChooseTheme(programme_id=heads.programme_id, poll="needs-autumn", theme="money", person_id=lead)
    with pytest.raises(Rejected, match="nothing for you"):
        await heads.town.ask(choosing.model_copy(update={"person_id": heads.person_id("head@s00.example")}))
    await heads.town.ask(PlanSessions(programme_id=heads.programme_id, activity="strategy-day"))
    await heads.town.ask(PublishSessions(programme_id=heads.programme_id, activity="strategy-day"))
    await heads.town.settle()
    browser, page = await heads.town.person(LEAD).open("Please choose", "poll")
    assert "As many named one of these as another, so you choose." in page.text
    page = await browser.press(page, "choose", {"theme": "money"})
    assert page.heading == "The theme is chosen, thank you"
    await heads.town.settle()
    day = heads.head(0).letter("Strategy day")
    assert "Strategy day (1 of 3): Making the budget work" in day.subject, "the invitation says the theme"
    assert (await poll(heads, "autumn")).theme == "Making the budget work"
    heads.came()
    await heads.town.day("2027-01-25")
    assert reached(heads) == everybody, "a term later everybody is asked anew"
    await vote(heads, {number: "change" if number < 6 else "parents" for number in range(11)})
    await heads.town.day("2027-02-27")
    row = await poll(heads, "spring")
    assert (row.state, row.theme, row.answered) == ("chosen", "Leading people through change", 11)
    assert [(len(one.themes), one.number) for one in row.themes] == [(1, 6), (10, 5)]
    assert row.last_done == {"Making the budget work": "2026/27", "Leading people through change": "2026/27"}
