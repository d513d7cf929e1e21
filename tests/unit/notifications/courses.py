"""A course of three afternoons: the mail that invites to all of them."""

import datetime as dt

from services.notifications.domain.mail import Mail
from shared.events.polls import PollClosed
from shared.events.scheduling_parts import Attendee, CohortEventChanged, CohortEventScheduled
from shared.template.activities import Activity
from shared.template.polls import Poll
from tests.unit.notifications.exchange import COORDINATOR, PROGRAMME, TEMPLATE, begin, opened, person, school
from tests.unit.notifications.story import Story

COURSE = Activity(
    key="leading",
    kind="session",
    title="Leading a school",
    purpose="Three afternoons. Who cannot come to one makes up for it before the next.",
    who=("headteacher",),
    during=("spring",),
    starts=dt.time(14),
    ends=dt.time(16, 30),
)
POLL = Poll(
    key="theme", title="Theme of the next afternoon", form="needs", field="theme", closes="spring",
    chosen_by="headteacher", names=COURSE.key,
)  # fmt: skip
DAYS = (dt.date(2027, 1, 21), dt.date(2027, 2, 11), dt.date(2027, 3, 11))


def date(number: int) -> CohortEventScheduled:
    head = Attendee(person_id=person(1, "headteacher"), role="headteacher", school_id=school(1), required=False)
    return CohortEventScheduled(
        version=1, event_id=f"evt-{number}", cohort_id=f"ses-{number}", programme_id=PROGRAMME, activity=COURSE.key,
        title=f"{COURSE.title} ({number} of 3)", on=DAYS[number - 1], starts=dt.time(14), ends=dt.time(16, 30),
        timezone="Europe/London", place="The Old Library, Leeds", attendees=(head,),
    )  # fmt: skip


def gone(number: int) -> CohortEventChanged:
    """The head comes to that day no longer."""
    was = date(number)
    now = {"version": 2, "sequence": was.sequence + 1, "attendees": (), "joined": (), "why": ""}
    left = tuple(one.person_id for one in was.attendees)
    return CohortEventChanged.model_validate({**was.model_dump(), **now, "left": left})


def closed(person_id: str) -> PollClosed:
    """A poll whose theme they choose."""
    about = {"programme_id": PROGRAMME, "poll": POLL.key, "waits_for": (person_id,)}
    return PollClosed.model_validate({"version": 1, "poll_id": f"pol-{person_id}", **about})


async def mails(story: Story) -> list[Mail]:
    """The dates of a course, all in one mail; and that somebody no longer comes, in one, too."""
    await begin(story)
    template = TEMPLATE.model_copy(update={"activities": (*TEMPLATE.activities, COURSE), "polls": (POLL,)})
    before = set(story.mails.mails)
    await story.bus.handle(opened(template).model_copy(update={"version": 9}), *(date(n) for n in (1, 2, 3)))
    invited = await story.brought_since(before)
    known = set(story.mails.mails)
    await story.bus.handle(*(gone(number) for number in (1, 2, 3)))
    over = await story.brought_since(known)
    known = set(story.mails.mails)
    await story.bus.handle(closed(COORDINATOR), closed(person(1, "headteacher")))
    return [*invited, *over, *await story.brought_since(known)]
