"""What waits about visits, events, days and calls, each as a line of the list of somebody who has signed in."""

import asyncio
import datetime as dt

from services.portal.domain import due as dues
from services.portal.domain import words
from services.portal.pages.my_dates import dates_of
from services.portal.pages.my_visits import lines_of
from services.portal.pages.portal import Portal, Visitor
from services.portal.pages.todo.lines import Chance


async def of_meetings(portal: Portal, visitor: Visitor) -> list[Chance]:
    """Return it, the most pressing first: what is to be chosen, then by the day it is about."""
    dates, requests, lines = await asyncio.gather(
        dates_of(portal, visitor), portal.read.forms.findings_requests_of(visitor.person_id), lines_of(portal, visitor)
    )
    answers = f"{visitor.root}/my-visits"
    found = [
        Chance(f"Say which days suit you and {one.whom}", f"{answers}/{one.day.agreement_id}", _by(one.deadline))
        for one in dates.days_to_choose
    ]
    found += [
        Chance(f"Choose a time for a call with {one.whom}", f"{answers}/{one.offer.offer_id}", ())
        for one in dates.calls_to_choose
    ]
    for asked in requests:
        for due in dues.of_findings(asked):
            href = f"{visitor.root}/{due.purpose}/{due.target_id}"
            found.append(Chance(due.sentence, href, (f"By {words.short_day(asked.due)}",)))
    for line in lines:
        facts = (line.title, words.day(line.meeting.on))
        for due in line.due:
            where = answers if due.purpose == "answer" else f"{visitor.root}/{due.purpose}"
            found.append(Chance(due.sentence, f"{where}/{due.target_id}", facts))
    return found


def _by(deadline: dt.datetime | None) -> tuple[str, ...]:
    return (f"By {words.short_day(deadline)}",) if deadline else ()
