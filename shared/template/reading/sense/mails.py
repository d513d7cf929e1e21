"""Mails: words of their own; only fields that will be known when the mail is written."""

import difflib
import re
from collections.abc import Iterator

from shared.template.kinds import PAGES, POSTPONED, RESUMED
from shared.template.mails import Mail
from shared.template.moments import WrongMomentError, parse_moment
from shared.template.reading.faults import Fault, Where
from shared.template.template import Template
from shared.template.variables import variables_for

_FIELD = re.compile(r"\{([^{}]*)\}")


def faults(template: Template) -> Iterator[Fault]:
    """Mails without words, with unknown fields or stray braces, or that lead nowhere."""
    for index, mail in enumerate(template.mails):
        at: Where = ("mails", index)
        if not mail.kit and not (mail.subject and mail.text):
            yield Fault(at, "a mail has a `subject` and at least one paragraph under `text`.")
        if mail.button is not None and mail.button.page not in PAGES:
            what = f"there is no page '{mail.button.page}'; known: {', '.join(PAGES)}."
            yield Fault((*at, "button", "page"), what)
        yield from _fields(template, at, mail)
        yield from _of_a_pause(at, mail)


def _of_a_pause(at: Where, mail: Mail) -> Iterator[Fault]:
    """Everybody hears of a pause and its end by one mail of the kit, and by nothing else."""
    if mail.on.strip() in {POSTPONED, RESUMED}:
        yield Fault((*at, "on"), f"everybody gets a mail of the kit when the programme is {mail.on.strip()}.")


def _fields(template: Template, at: Where, mail: Mail) -> Iterator[Fault]:
    try:
        known = variables_for(template, parse_moment(mail.on))
    except WrongMomentError:
        return
    texts: list[tuple[Where, str]] = [((*at, "subject"), mail.subject)]
    texts += [((*at, "text", place), paragraph) for place, paragraph in enumerate(mail.text)]
    if mail.button is not None:
        texts.append(((*at, "button", "label"), mail.button.label))
    for place_, text in texts:
        for name in _FIELD.findall(text):
            if name not in known:
                near = difflib.get_close_matches(name, known, n=1)
                hint = f"did you mean '{{{near[0]}}}'?" if near else f"known here: {', '.join(sorted(known))}."
                yield Fault(place_, f"this mail knows no {{{name}}}; {hint}")
        if re.search(r"[{}]", _FIELD.sub("", text)):
            yield Fault(place_, "a brace stands alone; a field is written {school.name}.")
