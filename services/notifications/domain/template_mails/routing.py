"""Which of a template's own mails go out on what happened, and where it says nothing."""

from functools import lru_cache

from shared.template import Mail, Task, Template
from shared.template.kinds import PAIRINGS
from shared.template.moments import parse_moment

_parsed = lru_cache(maxsize=4096)(parse_moment)


def mails_on(template: Template, anchor: str, state: str) -> tuple[Mail, ...]:
    """Return the template's mails on a state of a form or task, or on a moment; those of the kit are not among them."""
    return tuple(mail for mail in template.mails if _is_on(mail, anchor, state) and mail.subject)


def says(template: Template, anchor: str, state: str) -> bool:
    """Whether the template has words of its own for this, in place of the default ones."""
    return bool(mails_on(template, anchor, state))


def task_of(template: Template, key: str) -> Task | None:
    """Return the declaration of a task."""
    return next((task for task in template.tasks if task.key == key), None)


def begins(mail: Mail) -> tuple[str, str]:
    """Return the moment of the clock before which a mail does not go out: its key and state."""
    instant = _parsed(mail.after)
    return instant.anchor, instant.state


def of_withdrawal(template: Template) -> frozenset[str]:
    """Return the keys of mails that say that an entry was withdrawn."""
    return frozenset(mail.key for mail in template.mails if _parsed(mail.on).state == "withdrawn")


def unsent(template: Template) -> list[str]:
    """Return the keys of mails that nothing here can bring about: of the kit, with an offset, on anything else."""
    known = {one.key for section in (template.forms, template.tasks, template.reports) for one in section}
    known |= {moment.key for moment in template.clock.moments}
    known |= {one.key for one in template.activities}
    known |= {one.key for one in template.matching if one.kind == "placements" or one.kind in PAIRINGS}
    return [mail.key for mail in template.mails if not mail.subject or not _can_come(mail, known)]


def _is_on(mail: Mail, anchor: str, state: str) -> bool:
    instant = _parsed(mail.on)
    return instant.anchor == anchor and instant.state == state and instant.offset is None


def _can_come(mail: Mail, known: set[str]) -> bool:
    instant = _parsed(mail.on)
    return instant.anchor in known and instant.offset is None
