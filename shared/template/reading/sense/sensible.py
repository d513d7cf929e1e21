"""Settings that would say nothing where they stand, or that name what there is not."""

import datetime as dt
import re
import zoneinfo
from collections.abc import Iterator

from shared.template.days import day_of, shifted
from shared.template.kinds import HELD, OFFERED, SCHOOL_STAGES
from shared.template.mails import Mail
from shared.template.moments import moment_in
from shared.template.reading.faults import Fault, Where
from shared.template.reading.sense.walk import written_in
from shared.template.tasks import Task
from shared.template.template import Template
from shared.template.words import MOMENT, PEOPLE

_A_YEAR = 2027
_OF_A_DATE = ("answer", "dates")
"""Pages to which a mail on a date can lead; everybody who is invited has them."""
_OF_DATES = {OFFERED: ("home",), HELD: ("dates", "home")}
"""The same where nobody is invited yet, or no more."""
_AUTHORITY = re.compile(r"\d{3}")


def faults(template: Template) -> Iterator[Fault]:
    """Each with the field it is in."""
    yield from _whole(template)
    yield from _held(template)
    for index, task in enumerate(template.tasks):
        yield from _task(template, ("tasks", index), task)
    for index, mail in enumerate(template.mails):
        yield from _button(template, ("mails", index, "button", "page"), mail)
        yield from _not_before(template, ("mails", index, "after"), mail)
    yield from _asked_in_vain(template)
    for index, activity in enumerate(template.activities):
        if bool(activity.starts) != bool(activity.ends):
            said = "it has one hour only: write both `starts` and `ends`, or leave both to its people."
            yield Fault(("activities", index, "starts" if activity.starts else "ends"), said)
    for index, one in enumerate(template.matching):
        yield from _places(("matching", index), one.islands, one.phases_apart)
    if not any(one.facilitated for one in template.activities):
        for at, text in written_in(PEOPLE, template):
            if text == "facilitator":
                yield Fault(at, "nobody leads anything here: no activity has `facilitated: true`.")


def _whole(template: Template) -> Iterator[Fault]:
    if template.timezone not in zoneinfo.available_timezones():
        yield Fault(("timezone",), f"there is no time zone '{template.timezone}'; one is Europe/London.")
    part = template.participation
    if part.provisional_until and "maybe" not in part.answers:
        yield Fault(
            ("participation", "provisional_until"), "nobody can say maybe: add it to `answers`, or leave it out."
        )
    if part.ask_again not in {"", "next year"}:
        yield Fault(("participation", "ask_again"), f"'{part.ask_again}' is none of: next year.")


def _places(at: Where, islands: tuple[str, ...], phases: tuple[tuple[str, ...], ...]) -> Iterator[Fault]:
    for place, code in enumerate(islands):
        if not _AUTHORITY.fullmatch(code):
            yield Fault((*at, "islands", place), f"'{code}' is no code of an authority, such as \"921\".")
    for place, pair in enumerate(phases):
        for one in pair:
            if one not in SCHOOL_STAGES:
                yield Fault((*at, "phases_apart", place), f"'{one}' is none of: {', '.join(SCHOOL_STAGES)}.")


def _not_before(template: Template, at: Where, mail: Mail) -> Iterator[Fault]:
    instant = moment_in(mail.after) if mail.after else None
    if instant is not None and (instant.offset or template.clock.moment(instant.anchor) is None):
        what = f"'{mail.after}' is no moment of the clock: declare it there, and name it here without an offset."
        yield Fault(at, what)


def _asked_in_vain(template: Template) -> Iterator[Fault]:
    """What schools say of themselves when they enrol serves groups, and tables of shared needs."""
    grouped = any(one.kind == "groups" for one in template.matching)
    seated = any(one.tables for one in template.activities)
    for name, serves in (("strengths", grouped), ("needs", grouped or seated), ("travel_km", grouped)):
        if getattr(template.enrolment, name) is not None and not serves:
            yield Fault(("enrolment", name), "no schools are grouped, so that nothing comes of it: leave it out.")


def _task(template: Template, at: Where, task: Task) -> Iterator[Fault]:
    if task.times is not None and not task.repeat:
        yield Fault((*at, "times"), "say how often it comes: `repeat: term` or `repeat: year`.")
    opens = day_of(task.opens, template, _A_YEAR)
    due = _of_task(template, task.due, opens, None)
    if (opens and due and due < opens) or _before_it_opens(task.due):
        yield Fault((*at, "due"), f"'{task.due}' comes before '{task.opens}', when it is asked.")
    for place, text in enumerate(task.remind):
        day = _of_task(template, text, opens, due)
        if (opens and day and day < opens) or _before_it_opens(text):
            yield Fault((*at, "remind", place), f"'{text}' comes before '{task.opens}', when it is asked.")


def _of_task(template: Template, text: str, opens: dt.date | None, due: dt.date | None) -> dt.date | None:
    """The day of a moment that may count from the task's own days; None where nobody can tell."""
    instant = moment_in(text)
    base = {"opened": opens, "due": due}.get(instant.anchor) if instant else None
    if instant and base:
        return shifted(base, instant.offset) if instant.offset else base
    return day_of(text, template, _A_YEAR)


def _before_it_opens(text: str) -> bool:
    instant = moment_in(text)
    return instant is not None and instant.anchor == "opened" and bool(instant.offset and instant.offset.number < 0)


def _held(template: Template) -> Iterator[Fault]:
    """Visits of which nobody says who came never have been held."""
    silent = {one.key for one in template.activities if one.kind == "visit" and not one.facilitated}
    for at, text in written_in(MOMENT, template):
        instant = moment_in(text)
        if instant and instant.anchor in silent and instant.state == "held":
            said = f"nobody says who came to '{instant.anchor}': give it `facilitated: true`."
            yield Fault(at, f"'{text}' never comes, since {said}")


def _button(template: Template, at: Where, mail: Mail) -> Iterator[Fault]:
    """A page that this mail cannot lead to."""
    instant = moment_in(mail.on)
    if mail.button is None or instant is None:
        return
    key, page = instant.anchor, mail.button.page
    form, report = template.form(key), any(one.key == key for one in template.reports)
    task = any(one.key == key and form is None and not report for one in template.tasks)
    dated = template.activity(key) is not None
    if page == "projects" and not any(one.things for one in template.matching):
        yield Fault(at, "no round places people to things, so there is no list to choose from.")
    elif dated and page not in (pages := _OF_DATES.get(instant.state, _OF_A_DATE)):
        yield Fault(at, f"a mail on '{mail.on}' leads to one of: {', '.join(pages)}.")
    elif page == "answer" and not dated:
        yield Fault(at, f"a mail on '{mail.on}' invites to nothing; 'home' is the person's own page.")
    elif page == "entry" and not (form or task):
        yield Fault(at, f"a mail on '{mail.on}' is about no entry; 'home' is the person's own page.")
    elif page == "task" and not (form or task):
        yield Fault(at, f"a mail on '{mail.on}' is about no task; 'home' is the person's own page.")
    elif page == "report" and not report:
        yield Fault(at, f"a mail on '{mail.on}' is about no report; 'home' is the person's own page.")
