"""What a school writes for whoever visits it goes with the invitations to visits of duties, and to nobody else."""

import datetime as dt

import pytest

from shared.commands.duties import MoveDutyDay
from shared.commands.forms import ListEntries, ShowEntry, WithdrawEntry
from shared.errors import Rejected
from shared.events.scheduling_parts import CohortEventMoved, CohortEventScheduled
from tests.unit.improvement_model.trust import Trust

WALK, NOTES = "learning-walk", "visitor-notes"
WRITTEN = {
    "arrival": "8:45, at the red gate",
    "sign-in": "Ring, and sign in at the office",
    "identity": "A photo card",
    "ask-for": "Mrs Gate",
    "safeguarding-lead": "Mr Safe",
}
FOLLOW = "The host's notes for visitors follow in a mail of their own."


@pytest.fixture
async def trust() -> Trust:
    return await Trust().open()


def text(trust: Trust, name: str, subject: str) -> str:
    return " ".join(trust.person(name).letter(subject).text.split())


def about(trust: Trust, name: str, words: str) -> list[str]:
    """The subjects of somebody's mails that have these words."""
    return [one.subject for one in trust.person(name).letters if words in one.subject]


async def test_notes_written_before_go_with_the_invitation_to_who_visits(trust: Trust) -> None:
    entry_id = await trust.send(NOTES, trust.schools[100], "Ann", WRITTEN)
    await trust.town.day("2026-10-17")
    invitation = text(trust, "Chi", "Please answer: Learning walk, School 100")
    assert "Please read this before the day." in invitation
    assert FOLLOW not in invitation
    own = text(trust, "Ann", "Please answer: Learning walk, School 100")
    assert "Notes for your visitors" not in own, "the host has written them"
    _, page = await trust.person("Chi").open("Please answer: Learning walk, School 100", "entry")
    assert "8:45, at the red gate" in page.text
    assert (await trust.town.find(ShowEntry(entry_id=entry_id, person_id=trust.known("Chi")))).may == ("read",)


async def test_notes_written_later_come_in_a_mail_of_their_own_and_only_to_who_comes(trust: Trust) -> None:
    await trust.town.day("2026-10-17")
    assert FOLLOW in text(trust, "Chi", "Please answer: Learning walk, School 100")
    assert FOLLOW not in text(trust, "Ann", "Please answer: Learning walk, School 100")
    entry_id = await trust.send(NOTES, trust.schools[100], "Ann", WRITTEN)
    await trust.town.to(trust.town.clock.at + dt.timedelta(minutes=5))
    assert about(trust, "Chi", "Before you come") == ["Before you come: Learning walk, School 100"]
    assert about(trust, "Ann", "Before you come") == []
    assert [name for name in ("Bob", "Exe", "Mia") if about(trust, name, "Before you come")] == []
    _, page = await trust.person("Chi").open("Before you come: Learning walk", "entry")
    assert "8:45" in page.text
    for name in ("Bob", "Exe", "Mia"):
        with pytest.raises(Rejected, match="no such entry"):
            await trust.town.find(ShowEntry(entry_id=entry_id, person_id=trust.known(name)))


async def test_a_moved_visit_still_has_them_and_withdrawn_ones_are_gone(trust: Trust) -> None:
    entry_id = await trust.send(NOTES, trust.schools[100], "Ann", WRITTEN)
    town = trust.town
    await town.day("2026-10-17")
    event = next(one for one in town.of(CohortEventScheduled) if one.activity == WALK and one.place == "School 100")
    taken = {one.on for one in town.of(CohortEventScheduled) if one.activity == WALK}
    free = next(day for day in (dt.date(2026, 11, 23) + dt.timedelta(days=n) for n in range(5)) if day not in taken)
    move = {"activity": WALK, "school_id": trust.schools[100]}
    await trust.ask(MoveDutyDay, **move, day=event.on, on=free)
    await town.to(town.clock.at + dt.timedelta(minutes=5))
    assert [one.on for one in town.of(CohortEventMoved)] == [free]
    assert "Read before you come: Notes for your visitors" in text(trust, "Chi", "New date")
    await town.ask(WithdrawEntry(entry_id=entry_id, person_id=trust.known("Ann")))
    await town.settle()
    again = next(day for day in (dt.date(2026, 11, 23) + dt.timedelta(days=n) for n in range(5)) if day > free)
    await trust.ask(MoveDutyDay, **move, day=free, on=again)
    await town.to(town.clock.at + dt.timedelta(minutes=5))
    last = [one for one in trust.person("Chi").letters if one.subject.startswith("New date")][-1]
    assert "Read before you come" not in last.text


async def test_who_has_been_there_or_comes_no_more_does_not_read_them_later(trust: Trust) -> None:
    entry_id = await trust.send(NOTES, trust.schools[100], "Ann", WRITTEN)
    town = trust.town
    await town.day("2026-10-17")
    event = next(one for one in town.of(CohortEventScheduled) if one.activity == WALK and one.place == "School 100")
    await town.to(dt.datetime.combine(event.on + dt.timedelta(days=1), dt.time(9), dt.UTC))
    (row,) = (await town.find(ListEntries(programme_id=trust.programme_id, form=NOTES))).entries
    assert row.entry_id == entry_id
    with pytest.raises(Rejected, match="no such entry"):
        await town.find(ShowEntry(entry_id=entry_id, person_id=trust.known("Chi")))


async def test_each_headteacher_is_asked_for_them(trust: Trust) -> None:
    await trust.town.day("2026-09-15")
    asked = [one.subject for one in trust.person("Bob").letters if "Write the notes for your visitors" in one.text]
    assert asked
