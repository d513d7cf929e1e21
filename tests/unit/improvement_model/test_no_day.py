"""Where a duty finds no day, the coordinator reads who is where: on the page, in the question and in a refusal."""

import datetime as dt

import pytest

from shared.commands.duties import ListDuties, MoveDutyDay
from shared.commands.scheduling import AnswerInvitation
from shared.errors import Rejected
from shared.events.scheduling import CoordinatorAsked
from shared.events.scheduling_parts import CohortEventCancelled, CohortEventMoved, CohortEventScheduled
from tests.unit.improvement_model.trust import Trust, mail
from tests.unit.portal.bad_input.desks import desk, said

WALK = "learning-walk"


@pytest.fixture
async def trust() -> Trust:
    trust = await Trust().open()
    await trust.town.day("2026-10-17")
    return trust


def walks(trust: Trust) -> dict[str, CohortEventScheduled]:
    return {one.place: one for one in trust.town.of(CohortEventScheduled) if one.activity == WALK}


async def test_who_is_where_is_said_of_a_period_without_a_day(trust: Trust) -> None:
    town, event = trust.town, walks(trust)["School 100"]
    others = {one.on: one.place for one in walks(trust).values() if one is not event}
    away = [dt.date(2026, 10, 17) + dt.timedelta(days=number) for number in range(70)]
    await town.scheduling_stores.days_off.rule_out(trust.known("Chi"), [day for day in away if day not in others])
    what = {"target_id": event.event_id, "target_kind": "cohort-event"}
    await town.ask(AnswerInvitation(**what, person_id=trust.known("Ann"), answer="declined"))
    await town.to(town.clock.at + dt.timedelta(minutes=5))
    found = await town.find(ListDuties(programme_id=trust.programme_id, activity=WALK, without_day=True))
    assert found.total < len(walks(trust))
    (duty,) = [one for one in found.duties if one.school == "School 100"]
    (gap,) = duty.gaps
    by_chi = {one.what: one.days for one in gap.who if one.person_id == trust.known("Chi")}
    assert by_chi["cannot come"] > 20
    at_others = {what: days for what, days in by_chi.items() if what.startswith("Learning walk, School ")}
    assert at_others
    assert set(at_others) <= {f"Learning walk, {place}" for place in others.values()}
    assert [one.event_id for one in town.of(CohortEventMoved) if one.event_id == event.event_id] == [], "not next term"
    assert [one.event_id for one in town.of(CohortEventCancelled)].count(event.event_id) == 1
    (asked,) = [one for one in town.of(CoordinatorAsked) if one.target_id == event.event_id]
    assert "The chief executive: cannot come (" in asked.sentence
    assert "Chi:" not in asked.sentence, "events name nobody"
    at = await desk(town, "Cora Coe", mail("Cora"))
    page = said(await at.look(f"/console/programmes/{trust.programme_id}/duties"))
    assert "Learning walk, School 100" in page.partition("No day was found")[2]
    assert "Chi: cannot come (" in page


async def test_a_day_that_does_not_suit_is_refused_with_who_is_where(trust: Trust) -> None:
    event, other = walks(trust)["School 100"], walks(trust)["School 101"]
    move = {"activity": WALK, "school_id": trust.schools[100], "day": event.on}
    with pytest.raises(Rejected) as refused:
        await trust.ask(MoveDutyDay, **move, on=other.on)
    assert refused.value.rule == "elsewhere-that-day"
    assert "somebody who comes is elsewhere. The chief executive: " in refused.value.sentence
    assert "Learning walk, School 101 (1 day)" in refused.value.sentence
