"""The default words of mails about tasks and entries: everything in them comes from the template and from facts."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from services.notifications.domain import words
from services.notifications.domain.template_mails.records import Owed
from services.notifications.domain.template_mails.routing import task_of
from shared.template import Template

Rows = tuple[tuple[str, str], ...]
INTRODUCE = "introduce"
"""What is owed where somebody says whether they want to be introduced."""
DISCREET = "Nobody sees your address before everybody has said yes. Nobody learns who says no."
_BUTTONS = {
    "form": "Fill it in",
    "agree": "Read it and answer",
    "answer": "Answer",
    "introduce": "Read it and answer",
    "choose": "Choose days",
    "confirm": "Confirm it",
    "tick": "Tick it off",
    "catch_up": "See what you missed",
    "roll": "Say who came",
}
"""What the button says, by what is owed."""


@dataclass(frozen=True)
class Part:
    """One thing that a mail says: in a list each has a title. ``page`` names the page behind its button."""

    lead: str
    title: str = ""
    text: tuple[str, ...] = ()
    button: str = ""
    page: str = ""
    facts: Rows = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Letter:
    """A mail in words, without what every mail has. ``home`` names the page with everything that somebody owes."""

    subject: str
    heading: str
    preheader: str
    parts: tuple[Part, ...]
    home: str = ""


@dataclass(frozen=True)
class About:
    """What a task or entry is about, in words: the thing, the school, and the people who owe or wrote it."""

    title: str = ""
    school: str = ""
    people: str = ""


def title_of(task: Owed, template: Template) -> str:
    """Return what is owed, in the template's words."""
    declared = task_of(template, task.task)
    if declared and declared.title:
        return declared.title
    form, activity = template.form(task.of), template.activity(task.of)
    return form.title if form else activity.title if activity else task.task.replace("-", " ").capitalize()


def asked(task: Owed, template: Template, about: About, page: str) -> Letter:
    """Ask for something."""
    title, day = title_of(task, template), words.day(task.due)
    part = Part(
        f"Please do this by {day}.",
        button=_BUTTONS[task.do] if page else "",
        page=page,
        facts=_facts(task, template, about),
        after=_why(task, template),
    )
    return Letter(f"{title}, by {day}", title, f"By {day}.", (part,))


def reminded(task: Owed, template: Template, about: About, page: str, today: dt.date) -> Letter:
    """Remind somebody who has not done it."""
    title, day = title_of(task, template), words.day(task.due)
    lead = (
        f"This was due on {day}, and is still open." if task.due < today else f"This is still open. It is due on {day}."
    )
    part = Part(
        lead,
        button=_BUTTONS[task.do] if page else "",
        page=page,
        facts=_facts(task, template, about),
        after=("If you have done it in the last minutes, you need not do anything.",),
    )
    when = f"it was due on {day}" if task.due < today else f"by {day}"
    return Letter(f"Reminder: {title}, {when}", title, "It is still open.", (part,))


def missed(task: Owed, template: Template, about: About, page: str = "") -> Letter:
    """Tell somebody that others have not done it. `page`: where they can do it in their place."""
    title, day = title_of(task, template), words.day(task.due)
    who = about.people or "Nobody"
    lead = f"This was due on {day} and has not been done."
    facts = (("What", title), ("Who", who), ("School", about.school), ("About", about.title), ("Due", day))
    after = ("It can still be done: the links in their mails work.",)
    if page:
        after = ("They can still do it: the links in their mails work. You can read it and answer in their place.",)
    button = "Read it and answer" if page else ""
    part = Part(lead, button=button, page=page, facts=facts, after=after)
    return Letter(f"Not done by {day}: {title}", title, lead, (part,))


def weekly(tasks: Sequence[tuple[Owed, Template, About, str]], today: dt.date, more: int = 0) -> Letter:
    """List what somebody owes, what is due first at the top; each with its own button. `more` are not listed."""
    parts = tuple(
        Part(
            f"Was due on {words.day(task.due)}." if task.due < today else f"By {words.day(task.due)}.",
            title=title_of(task, template),
            button=_BUTTONS[task.do] if page else "",
            page=page,
            facts=_facts(task, template, about),
        )
        for task, template, about, page in tasks
    )
    number = len(parts) + more
    subject = f"{parts[0].title}: {_begun(parts[0].lead.rstrip('.'))}" if number == 1 else f"{number} things to do"
    rest = (Part(f"And {more} more, which come with next week's list."),) if more else ()
    return Letter(subject, "What is still to do", "Your list for this week.", (*parts, *rest))


def _facts(task: Owed, template: Template, about: About) -> Rows:
    form, activity = template.form(task.of), template.activity(task.of)
    what = form.title if form else activity.title if activity else ""
    shown = what if what != title_of(task, template) else ""
    if task.do == INTRODUCE:
        return (("To", about.title), ("Proposed by", about.people))
    school = about.school if about.school != about.title else ""
    return (("What", shown), ("About", about.title), ("School", school))


def _why(task: Owed, template: Template) -> tuple[str, ...]:
    """Return the introduction of the form, for who fills it in, or the purpose of the activity."""
    form, activity = template.form(task.of), template.activity(task.of)
    if task.do == INTRODUCE:
        return (DISCREET,)
    if form is not None:
        return (form.intro,) if form.intro and task.do == "form" else ()
    return (activity.purpose,) if activity and activity.purpose else ()


def _begun(sentence: str) -> str:
    """The sentence as it goes on within another."""
    return sentence[:1].lower() + sentence[1:]
