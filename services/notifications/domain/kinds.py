"""The kinds of mail this service can write: among whom each is sent, what its links open, whether it may repeat.

A programme template routes an event to a kind by its key (`mails: - {on: EventName, template: key, to: [roles]}`);
whom the roles select from is the kind's `among`.
"""

from dataclasses import dataclass
from typing import Literal

from shared.events.notifications import Purpose

Among = Literal["attendees", "facilitator", "host", "school", "present", "asked", "coordinator"]
"""attendees: invited to the visit or event; host: the host school's people; school: the people of the schools that the
event names; present: who was there; asked: the people that the event names."""


@dataclass(frozen=True)
class Kind:
    """One kind of mail.

    ``links`` are purposes of links, the first one behind the button. ``calendar``: carries an invitation or a
    cancellation. ``reminder``: sent at most once, even when nobody knows whether the relay took it. ``once``: one mail
    for a target, however often its event is published; otherwise one for each version. ``rank``: of the mails that one
    event brings one person, only the one with the lowest rank of each ``family`` is sent. ``source``: the file it is
    written in, where that is not its own; its words then come from the programme's template. ``always``: it goes out
    while mails are paused, too, since whoever paused them must be able to sign in.
    """

    key: str
    among: tuple[Among, ...]
    links: tuple[Purpose, ...] = ()
    calendar: bool = False
    reminder: bool = False
    once: bool = False
    family: str = ""
    rank: int = 0
    source: str = ""
    always: bool = False


COURSE_OVER = "course-dates-over"
"""The kind of mail by which somebody hears of all dates of a course to which they no longer come."""
COURSE_DATES = "course-dates"
"""The kind of mail that invites to all dates of a course that somebody hears of at the same time."""
THEME_WANTED = "theme-wanted"
"""The kind of mail by which whoever chooses the theme of a poll hears that it has closed."""
WORDS = "words"
"""The file of all mails whose words come from a programme's template."""
_ALL_INVITED: tuple[Among, ...] = ("attendees", "facilitator", "host")
_COORDINATOR: tuple[Among, ...] = ("coordinator",)

_KINDS = (
    Kind("cohort-formed", ("school",), ("cohort",), once=True),
    Kind("waiting-list", ("school",), once=True),
    Kind("group-changed", ("school",), ("cohort",)),
    Kind("visit-host", ("host",), ("visit-brief", "answer", "my-visits"), calendar=True, family="visit", rank=0),
    Kind("visit-facilitator", ("facilitator",), ("answer", "my-visits"), calendar=True, family="visit", rank=1),
    Kind("visit-invitation", ("attendees",), ("answer", "my-visits"), calendar=True, family="visit", rank=2),
    Kind("visit-moved", _ALL_INVITED, ("answer", "my-visits"), calendar=True),
    Kind("visit-changed", _ALL_INVITED, ("answer", "my-visits"), calendar=True),
    Kind("visit-cancelled", _ALL_INVITED, ("my-visits",), calendar=True),
    Kind("event-invitation", ("attendees", "facilitator"), ("answer", "my-visits"), calendar=True),
    Kind("event-moved", ("attendees", "facilitator"), ("answer", "my-visits"), calendar=True),
    Kind("event-changed", ("attendees", "facilitator"), ("answer", "my-visits"), calendar=True),
    Kind("event-cancelled", ("attendees", "facilitator"), ("my-visits",), calendar=True),
    Kind("dates-offered", ("asked",), ("answer",)),
    Kind("dates-refused", _COORDINATOR),
    Kind("dates-agreed", ("attendees",), calendar=True),
    Kind("dates-withdrawn", ("attendees",), calendar=True),
    Kind("call-offered", ("asked",), ("answer",)),
    Kind("call-booked", ("attendees",), ("answer",), calendar=True),
    Kind("call-cancelled", ("attendees",), ("answer",), calendar=True),
    Kind("invitation-reminder", ("asked",), ("answer", "my-visits"), reminder=True),
    Kind("answer-again", ("asked",), ("answer", "my-visits"), reminder=True),
    Kind("visit-brief-reminder", ("host",), ("visit-brief",), reminder=True),
    Kind("visit-brief-ready", ("attendees", "facilitator"), ("answer", "my-visits"), calendar=True),
    Kind("attendance-request", ("facilitator",), ("attendance",), once=True),
    Kind("appraisal-request", ("facilitator",), ("appraisal",), once=True, family="after", rank=0),
    Kind("after-visit", ("present",), ("take-home", "survey"), once=True, family="after", rank=1),
    Kind("event-survey", ("present",), ("survey",), once=True),
    Kind("findings-request", ("asked",), ("findings",)),
    Kind("findings-reminder", ("asked",), ("findings",), reminder=True),
    Kind("report-ready", ("school",), ("report",)),
    Kind("appraisal-report", ("school", "facilitator"), ("report",)),
    Kind("impact-report", ("school", "facilitator", "coordinator"), ("report",)),
    Kind("action-overdue", ("school",), ("findings",), reminder=True),
    Kind("coordinator-question", _COORDINATOR, ("cohort",)),
    Kind("scheduling-failed", _COORDINATOR, ("cohort",)),
    Kind("cohort-failed", _COORDINATOR),
    Kind("report-failed", _COORDINATOR),
    Kind("cohort-draft", _COORDINATOR),
    Kind("calendar-draft", _COORDINATOR),
    Kind("bounce-notice", _COORDINATOR, once=True),
    Kind("reply-forwarded", _COORDINATOR, once=True),
    Kind("replies-waiting", _COORDINATOR, once=True),
    Kind("enquiry", _COORDINATOR, once=True),
    Kind("task", ("asked",), source=WORDS),
    Kind("task-reminder", ("asked",), reminder=True, source=WORDS),
    Kind("weekly-tasks", ("asked",), source=WORDS),
    Kind("entry-news", ("asked",), source=WORDS),
    Kind("report-news", ("asked",), source=WORDS),
    Kind("own-words", ("asked",), source=WORDS),
    Kind("days", ("asked",), source=WORDS),
    Kind("days-declined", _COORDINATOR, source=WORDS),
    Kind("agreed-day", ("attendees",), calendar=True, source=WORDS),
    Kind("agreed-day-cancelled", ("attendees",), calendar=True, source=WORDS),
    Kind("host-pack", ("asked",), once=True, source=WORDS),
    Kind("place-offered", ("asked",), source=WORDS),
    Kind("sign-in", ("asked",), always=True),
    Kind("sign-in-locked", ("asked",), always=True),
    Kind("programme-postponed", ("asked",), source=WORDS),
    Kind("programme-resumed", ("asked",), ("my-visits",), source=WORDS),
    Kind("participation-asked", ("asked",), source=WORDS),
    Kind("line-handed-over", ("asked",), source=WORDS),
    Kind("placement-ended", ("asked",), source=WORDS),
    Kind("course-ended", ("asked",), source=WORDS),
    Kind(THEME_WANTED, ("asked",), source=WORDS),
    Kind(COURSE_DATES, ("attendees",), source=WORDS),
    Kind(COURSE_OVER, ("attendees",), source=WORDS),
)  # fmt: skip

KINDS: dict[str, Kind] = {kind.key: kind for kind in _KINDS}
"""Every kind by its key."""
ALWAYS = frozenset(kind.key for kind in _KINDS if kind.always)
"""The kinds that go out while mails are paused."""
