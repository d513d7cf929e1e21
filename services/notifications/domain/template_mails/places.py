"""What people hear of a place that is kept for them, or for somebody whom they named."""

import datetime as dt

from services.notifications.domain import words
from services.notifications.domain.template_mails.wording import About, Letter, Part

_WISHES = {1: "first wish", 2: "second wish", 3: "third wish"}


def letter(whom: str, about: About, until: dt.date, wish: int | None, page: str) -> Letter:
    """Return the mail; `whom`: the person meant, where they are somebody else; `page`: where it is answered."""
    day = words.day(until)
    subject = f"A place for {whom}, until {day}" if whom else f"A place for you, until {day}"
    said = f"the {_WISHES[wish]} of {whom}" if whom and wish in _WISHES else f"your {_WISHES.get(wish or 0, '')}"
    lead = f"A place has become free. It is kept for {whom or 'you'} until the end of {day}."
    answer = "Say whether they take it" if whom else "Say whether you take it"
    part = Part(
        lead,
        text=(f"It is {said}.",) if wish in _WISHES else (),
        button=answer,
        page=page,
        facts=(("What", about.title), ("School", about.school if about.school not in about.title else "")),
        after=("If nobody answers by then, it goes to the next who waits. Either of you can answer." if whom else
               "If you say nothing by then, it goes to the next who waits.",),
    )  # fmt: skip
    return Letter(subject, f"A place for {whom or 'you'}", f"It is kept until {day}.", (part,))
