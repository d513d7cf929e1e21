"""One payment or two instalments, reminded to whom the school named; paid or postponed stops it; nothing waits."""

import pytest

from shared.commands.programme_states import PostponeProgramme
from shared.commands.tasks import ExcuseTask, ListTasks, MarkPaid, TaskRow
from shared.errors import Rejected
from tests.unit.leadership_journey.teams import Teams

BURSAR = "bea@s0.example"
PAYMENTS = ("whole-payment", "first-instalment", "second-instalment")


@pytest.fixture
async def teams() -> Teams:
    found = await Teams().open()
    await found.town.day("2026-10-05")
    return found


async def chooses(teams: Teams, how: str) -> None:
    """The headteacher says how the school pays, and who sees to it."""
    said = {"how": how, "finance.name": "Bea Bursar", "finance.address": BURSAR}
    sent = await teams.head(0).answer("Say how your school pays", said)
    assert sent.heading.endswith("sent, thank you"), sent.text
    await teams.town.settle()
    teams.came()


async def owed(teams: Teams) -> dict[str, TaskRow]:
    found = [
        row
        for key in PAYMENTS
        for row in (await teams.town.find(ListTasks(programme_id=teams.programme_id, task=key))).tasks
    ]
    return {row.task: row for row in found}


def of_money(teams: Teams) -> list[tuple[str, str]]:
    return [one for one in teams.came() if "Pay " in one[1]]


async def test_two_instalments_come_one_a_term_to_whom_the_school_named_alone(teams: Teams) -> None:
    await chooses(teams, "two")
    assert set(await owed(teams)) == {"first-instalment", "second-instalment"}
    await teams.town.day("2026-10-30")
    came = of_money(teams)
    assert {to for to, _ in came} == {BURSAR}
    assert [subject.partition(",")[0] for _, subject in came] == ["Reminder: Pay the first of two instalments"]
    browser, page = await teams.town.person(BURSAR).open("Pay the first", "task")
    assert (await browser.press(page, "confirm", {})).heading == "Confirmed, thank you"
    await teams.town.day("2026-12-31")
    assert of_money(teams) == []
    await teams.town.day("2027-03-01")
    assert {subject.partition(",")[0] for _, subject in of_money(teams)} >= {"Pay the second of two instalments"}


async def test_one_payment_is_asked_for_once_and_stops_when_the_coordinator_knows_that_it_is_paid(teams: Teams) -> None:
    await chooses(teams, "one")
    (row,) = (await owed(teams)).values()
    assert row.task == "whole-payment"
    await teams.town.ask(MarkPaid(task_id=row.task_id))
    await teams.town.day("2027-06-30")
    assert [one for one in of_money(teams) if one[1].startswith("Reminder")] == []
    assert [one.state for one in (await owed(teams)).values()] == ["done"]


async def test_postponed_for_a_reason_or_with_the_programme_nobody_is_reminded(teams: Teams) -> None:
    await chooses(teams, "two")
    first = (await owed(teams))["first-instalment"]
    await teams.town.ask(ExcuseTask(task_id=first.task_id, reason="They pay in March."))
    await teams.town.day("2026-11-20")
    assert [one for one in of_money(teams) if "first" in one[1] and one[1].startswith("Reminder")] == []
    await teams.ask(PostponeProgramme, reason="A new building.")
    await teams.town.day("2027-06-30")
    assert of_money(teams) == []


async def test_who_has_not_paid_takes_part_all_the_same(teams: Teams) -> None:
    await chooses(teams, "one")
    assert "Counted, thank you" in await teams.see(0, 1, ("good", "good", "good"), "where your school stands,")
    await teams.town.day("2027-09-16")
    assert (await owed(teams))["whole-payment"].state == "missed"
    for number in range(6):
        words = "a year later"
        assert "Counted, thank you" in await teams.see(0, number, ("good", "good", "good"), words)


async def test_only_payments_are_paid(teams: Teams) -> None:
    (task,) = (await teams.town.find(ListTasks(programme_id=teams.programme_id, task="say-how-to-pay"))).tasks
    with pytest.raises(Rejected, match="no-payment"):
        await teams.town.ask(MarkPaid(task_id=task.task_id))
