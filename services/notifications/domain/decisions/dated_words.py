"""What happens to a date in the template's own words: whom they name hears it so, with the same calendar entry."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from services.notifications.domain.decisions.decision import Decision
from services.notifications.domain.decisions.gathered import Gathered
from services.notifications.domain.kinds import COURSE_OVER
from services.notifications.domain.mail import WORDS_REF, Mail
from services.notifications.domain.targets import Target
from services.notifications.domain.template_mails.people import Recipient
from shared.events.scheduling_parts import Attendee
from shared.template import Template
from shared.template.references import parse_reference

STATES = {"Scheduled": "invited", "Moved": "moved", "Changed": "changed", "Cancelled": "cancelled"}
"""The last word of an event's name -> the state of the activity that it brings."""


def state_of(event: str) -> str:
    """Return the state that an event of this name brings a date to; "" where nobody is written to because of it."""
    return next((state for word, state in STATES.items() if event.endswith(word)), "")


def concerned(decision: Decision) -> frozenset[str]:
    """Return who gets a mail about the date anyway: their calendars change."""
    gathered = {mail.person_id for one in decision.gathered for mail in one.mails}
    return frozenset({mail.person_id for mail in decision.mails} | gathered)


def in_own_words(decision: Decision, said: Mapping[str, str]) -> Decision:
    """Return it with those mails worded that have words. `said`: person -> the key of the template's mail.

    Whoever is no longer needed hears that in our words.
    """
    gathered = tuple(Gathered(_worded(one.mails, said), one.passage) for one in decision.gathered)
    return replace(decision, mails=_worded(decision.mails, said), gathered=gathered)


def invited_as(references: Iterable[str], template: Template, target: Target) -> list[Recipient]:
    """Return who is invited in one of these roles, from whichever school: that is what a role means of a date.

    Of a day that people agree their own school is known, and roles mean its people. `attendees` are known, too.
    """
    return among(references, template, target.attendees, by_role=target.kind != "agreed-visit")


def among(
    references: Iterable[str], template: Template, invited: Iterable[Attendee], *, by_role: bool = True
) -> list[Recipient]:
    """Return those of the people who are invited, or offered a place, whom `attendees` or their role means."""
    plain = [one for one in map(parse_reference, references) if one.scope == "own" and not one.relation]
    everybody = any(one.is_function and one.role == "attendees" for one in plain)
    roles = {role for one in plain if by_role for role in template.roles_of(one.role)}
    found = [one for one in invited if everybody or one.role in roles]
    return [Recipient(one.person_id, one.role, one.school_id) for one in found]


def means_invited(reference: str, template: Template) -> bool:
    """Return whether it means some of those who are invited, not people who are found by another way."""
    one = parse_reference(reference)
    plain = one.scope == "own" and not one.relation
    return plain and (one.role == "attendees" or bool({role.key for role in template.roles} & {one.role}))


def _worded(mails: Sequence[Mail], said: Mapping[str, str]) -> tuple[Mail, ...]:
    return tuple(
        mail.model_copy(update={"refs": {**mail.refs, WORDS_REF: said[mail.person_id]}})
        if mail.person_id in said and not mail.left and mail.template != COURSE_OVER
        else mail
        for mail in mails
    )
