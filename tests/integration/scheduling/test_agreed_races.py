"""Two scheduling services agree on the same day of one person at two schools at once: one of them is refused."""

import datetime as dt

from shared.commands.agreed_visits import AgreeDays
from shared.events.agreed_visits import AgreedVisitScheduled, DaysAsked
from tests.integration.scheduling.test_date_races import at_once, rules, two, won
from tests.unit.scheduling.agreed import exchange
from tests.unit.scheduling.agreed.exchange import HOST, THIRD, VISIT, VISITOR, chosen

__all__ = ["two"]

DAYS = [dt.date(2027, 1, day) for day in (12, 13, 14, 19, 20, 21)]


async def test_nobody_is_sent_to_two_schools_on_one_day(two):
    await two.tell(*exchange.begun(), *exchange.begun(programme="prg-y"))
    await two.tell(exchange.placed(), exchange.placed("mat-2", host=THIRD, programme="prg-y"))
    await two.until(DaysAsked, 2)
    commands = [
        AgreeDays(match_id=match, activity=VISIT, person_id=VISITOR, days=chosen(day), outside=True)
        for day in DAYS
        for match in ("mat-1", "mat-2")
    ]
    answers = await at_once(two, commands)
    assert len(won(answers)) == len(DAYS)
    assert rules(answers) == {"day-taken": len(DAYS)}
    agreed = await two.until(AgreedVisitScheduled, len(DAYS))
    assert sorted(one.on for one in agreed) == DAYS
    assert {one.host_school_id for one in agreed} <= {HOST, THIRD}
