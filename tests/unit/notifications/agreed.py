"""Days that people agree, as scheduling tells of them, and one mail of every kind about them."""

import datetime as dt
from typing import Any

from services.notifications.domain.mail import Mail
from shared.events import agreed_visits as told
from shared.events.forms import FormSubmitted
from tests.unit.notifications import exchange
from tests.unit.notifications.exchange import MATCH, PROGRAMME, VISITOR, person, school
from tests.unit.notifications.story import Story

LEAD, HOST = person(2, "cpd-lead"), school(2)
FIRST, OTHER = dt.date(2027, 6, 15), dt.date(2027, 6, 22)
FACTS: dict[str, Any] = {
    "arrangement_id": "arr-1234567890", "programme_id": PROGRAMME, "activity": "data-visit", "kind": "agreed-visit",
    "match_id": MATCH, "school_id": school(1), "host_school_id": HOST,
}  # fmt: skip
ATTENDEES = (
    told.Invited(person_id=VISITOR, role="practitioner", school_id=school(1)),
    told.Invited(person_id=LEAD, role="cpd-lead", school_id=HOST),
)


def day(kind: Any, visit: str = "avi-1", on: dt.date = FIRST, version: int = 1, **facts: Any) -> Any:
    return kind(
        version=version, **FACTS, visit_id=visit, person_id=VISITOR, number=1, on=on, starts=dt.time(9),
        ends=dt.time(15), timezone="Europe/London", doings=("lesson-observation",), sequence=version - 1,
        **{"attendees": ATTENDEES, **facts},
    )  # fmt: skip


def proposed() -> told.DaysProposed:
    until = dt.datetime(2027, 6, 9, 6, tzinfo=dt.UTC)
    return told.DaysProposed(
        version=2, **FACTS, needed=2, person_id=VISITOR, days=(FIRST, OTHER), until=until, timezone="Europe/London",
        waiting_for=(LEAD,),
    )  # fmt: skip


def notes() -> FormSubmitted:
    return FormSubmitted(
        version=1, entry_id="ent-notes", programme_id=PROGRAMME, form="visitor-notes", about="school", about_id=HOST,
        school_id=HOST, number=1, author_ids=(LEAD,), person_id=LEAD,
    )  # fmt: skip


def successor() -> told.Invited:
    return told.Invited(person_id=person(2, "headteacher"), role="headteacher", school_id=HOST)


def changed() -> told.AgreedVisitChanged:
    """The host's head comes in place of the CPD lead."""
    after = successor()
    event: told.AgreedVisitChanged = day(
        told.AgreedVisitChanged, version=2, attendees=(ATTENDEES[0], after), joined=(after.person_id,), left=(LEAD,)
    )
    return event


async def mails(story: Story) -> list[Mail]:
    """One mail of every kind about days that people agree."""
    await exchange.begin(story)
    asked = told.DaysAsked(
        version=1, **FACTS, needed=2, person_ids=(VISITOR, LEAD), first=dt.date(2027, 5, 1), last=dt.date(2027, 7, 9),
        timezone="Europe/London", asked=True,
    )  # fmt: skip
    declined = told.DaysDeclined(version=3, **FACTS, needed=2, person_id=LEAD)
    events: list[Any] = [
        asked, proposed(), declined, day(told.AgreedVisitScheduled, by=LEAD), notes(), changed(),
        day(told.AgreedVisitMoved, on=OTHER, version=3, moved_from=FIRST),
        day(told.AgreedVisitCancelled, on=OTHER, version=4, why="person", by=LEAD),
    ]  # fmt: skip
    return [mail for event in events for mail in await story.tell(event)]
