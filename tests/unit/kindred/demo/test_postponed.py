"""The exchange postponed over a summer and 14 months, and taken up again: all services in one process."""

import datetime as dt
from collections import Counter

import pytest

from kindred.demo.round import local
from shared.commands.programme_states import PostponeProgramme, ResumeProgramme
from shared.commands.programmes import PersonDetails, ReplacePerson
from shared.commands.programmes_queries import ListEnrolments
from shared.commands.rounds import ShowRound
from shared.commands.tasks import ListTasks
from shared.events.placements import PersonPlaced, PlacementEnded
from shared.events.programmes_parts import RoleTaken
from tests.fakes.town.playing import TownRound
from tests.unit.kindred.demo.test_exchange import DECEMBER, SCHOOLS, this
from tests.workers import UNTRACED

pytestmark = UNTRACED

__all__ = ["this"]
FEBRUARY, SPRING = local(dt.date(2027, 2, 10), 9), local(dt.date(2028, 4, 26), 9)
A_MINUTE = dt.timedelta(minutes=1)


def mails(played: TownRound) -> Counter[str]:
    return Counter(to for _, to, _ in played.town.post.mailboxes.mails)


async def placed(played: TownRound) -> dict[str, str]:
    found = await played.town.find(ShowRound(programme_id=played.story.programme_id))
    return {row.person_entry_id: row.thing_entry_id for row in found.placements}


async def owed(played: TownRound) -> Counter[str]:
    found = await played.town.find(ListTasks(programme_id=played.story.programme_id, limit=500))
    return Counter(task.task for task in found.tasks if task.state in {"open", "missed"})


@pytest.mark.timeout(240)
async def test_postponed_for_14_months_and_taken_up_again_with_a_colleague_who_takes_over(this: TownRound) -> None:
    await this.until(DECEMBER)
    town, programme_id = this.town, this.story.programme_id
    await town.to(FEBRUARY)
    before, duties, letters = await placed(this), await owed(this), mails(this)
    assert before
    assert duties

    await town.ask(PostponeProgramme(programme_id=programme_id, until=dt.date(2028, 4, 24), reason="A flood."))
    await town.to(FEBRUARY + A_MINUTE)
    once = mails(this) - letters
    assert set(once.values()) == {1}
    assert await owed(this) == Counter()
    mover = town.of(PersonPlaced)[0]
    (school,) = [
        one
        for one in (await town.find(ListEnrolments(programme_id=programme_id))).enrolments
        if one.school.school_id == mover.school_id
    ]
    gone = next(one for one in town.of(RoleTaken) if one.person_id == mover.person_id and one.role == mover.role)
    colleague = PersonDetails(role=gone.role, name="Colin League", email="colin@league.example")
    replacing = ReplacePerson(
        programme_id=programme_id, urn=school.school.urn, person=colleague, leaving=mover.person_id
    )
    await town.ask(replacing)
    await town.to(SPRING)
    assert mails(this) - letters == once

    ended, told = len(town.of(PlacementEnded)), len(town.of(PersonPlaced))
    await town.ask(ResumeProgramme(programme_id=programme_id))
    await town.to(SPRING + A_MINUTE)

    assert await placed(this) == before
    assert len(town.of(PlacementEnded)) == ended
    (handed,) = town.of(PersonPlaced)[told:]
    assert (handed.match_id, handed.person_entry_id) == (mover.match_id, mover.person_entry_id)
    assert handed.person_id != mover.person_id
    asked = Counter({"consent": 1, "still-right": SCHOOLS})  # of the colleague, who is new; of every school
    assert await owed(this) == duties + asked
    after = mails(this) - letters - once
    assert after["colin@league.example"] >= 1
    assert town.waiting() == {}
