"""Courses of sessions: dates heard of at the same time are one mail; whose place ends hears by which rule."""

import datetime as dt
from collections.abc import Iterable, Sequence

from services.notifications.domain.decisions.decision import Decision
from services.notifications.domain.decisions.gathered import Gathered
from services.notifications.domain.details import Change, OwnWords
from services.notifications.domain.directory import Programme
from services.notifications.domain.kinds import COURSE_DATES, COURSE_OVER
from services.notifications.domain.mail import Mail, compose_row
from services.notifications.domain.targets import Concerned, Target
from services.notifications.domain.template_mails.people import Recipient, letter_to
from services.notifications.domain.template_mails.records import Passage
from shared.events.sessions import CoursePlaceEnded
from shared.template.kinds import SESSION

LEFT = "left"
"""Why a place ends of somebody who is no longer there to hear of it."""
GATHERING = dt.timedelta(minutes=3)
"""How long further dates join a mail: days of a course are published one after another."""
MOST_A_DAY = 12


def is_of_course(programme: Programme | None, activity: str) -> bool:
    """Whether an event is a day of a course of sessions, or of a duty with hours, which is told in the same way."""
    declared = programme.whole.activity(activity) if programme and programme.whole else None
    return declared is not None and (declared.kind == SESSION or declared.hosted)


def invited(
    programme: Programme, target: Target, people: Iterable[Concerned], occasion: str, now: dt.datetime
) -> Decision:
    """Put a day of a course into the mail by which each of these people hears of its dates."""
    passage = Passage(mail="", target_id=target.target_id, occasion=occasion)
    gathered = tuple(Gathered(_mails(programme, target.activity, one, now), passage) for one in people)
    return Decision(gathered=gathered, target=target)


def gone(
    programme: Programme, target: Target, people: Iterable[Concerned], occasion: str, now: dt.datetime
) -> tuple[Gathered, ...]:
    """Put a day of a course into the mail by which each of these people hears what they no longer come to."""
    passage = Passage(mail="", target_id=target.target_id, occasion=occasion)
    return tuple(Gathered(_mails(programme, target.activity, one, now, COURSE_OVER), passage) for one in people)


def _mails(
    programme: Programme, activity: str, one: Concerned, now: dt.datetime, kind: str = COURSE_DATES
) -> Sequence[Mail]:
    """The mails of a day, of which the first that has not gone out takes a date in."""
    letter = letter_to(Recipient(one.person_id, one.role, one.school_id), kind, essential=True)
    cause = f"{kind}/{programme.programme_id}/{activity}/{now.date()}"
    return [
        compose_row(
            letter,
            f"{cause}/{number}",
            now,
            programme_id=programme.programme_id,
            refs={"activity": activity},
            details=OwnWords(),
            not_before=now + GATHERING,
        )
        for number in range(1, MOST_A_DAY + 1)
    ]


def ended(event: CoursePlaceEnded, people: Sequence[Recipient], now: dt.datetime) -> Decision:
    """Tell them; nobody who has left."""
    if event.why == LEFT:
        return Decision()
    return Decision(
        tuple(
            compose_row(
                letter_to(one, "course-ended", essential=True),
                f"CoursePlaceEnded/{event.place_id}/{event.version}",
                now,
                programme_id=event.programme_id,
                refs={"course": event.course_id, "activity": event.activity},
                details=Change(moved_from=event.on, why=event.why),
            )
            for one in people
        )
    )
