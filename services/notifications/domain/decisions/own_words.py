"""Mails in the template's own words: one for each occasion, or gathered into one a day."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from services.notifications.domain.decisions.decision import Decision
from services.notifications.domain.decisions.gathered import Gathered
from services.notifications.domain.details import OwnWords
from services.notifications.domain.directory import Programme
from services.notifications.domain.mail import compose_row
from services.notifications.domain.template_mails import slots
from services.notifications.domain.template_mails.people import Recipient, letter_to
from services.notifications.domain.template_mails.records import Passage
from shared import template as language


@dataclass(frozen=True)
class OwnMail:
    """A mail of the template on an occasion: what it is about, for whom; `occasion`: what tells it from others.

    `at_once`: it is a moment of the clock, for everybody at the same time. `dated`: person -> the ids of the dates that
    fall away for them with what it tells; a digest names none.
    """

    programme: Programme
    template: language.Template
    mail: language.Mail
    passage: Passage
    people: Sequence[Recipient]
    occasion: str
    at_once: bool = False
    dated: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def sent(own: OwnMail, now: dt.datetime) -> Decision:
    """Send it to everybody it is for, each once; with a digest key into their mail of the day."""
    people = {one.person_id: one for one in reversed(own.people)}
    if own.mail.digest:
        return Decision(gathered=tuple(_digest(own, one, now) for one in people.values()))
    return Decision(
        tuple(
            compose_row(
                letter_to(one, "own-words", essential=own.mail.essential),
                f"own/{own.mail.key}/{own.occasion}",
                now,
                programme_id=own.programme.programme_id,
                refs=_refs(own.passage),
                details=OwnWords(passages=(own.passage,), dated=own.dated.get(one.person_id, ())),
            )
            for one in people.values()
        )
    )


def _digest(own: OwnMail, someone: Recipient, now: dt.datetime) -> Gathered:
    programme_id, essential = own.programme.programme_id, own.mail.essential
    cause = f"digest/{programme_id}/{own.mail.digest}" + ("" if essential else "/optional")
    letter = letter_to(someone, "own-words", essential=essential)
    mails = [
        compose_row(
            letter,
            f"{cause}/{slot.key}",
            now,
            programme_id=programme_id,
            refs={},
            details=OwnWords(),
            not_before=slot.at,
        )
        for slot in slots.of_digest(now, own.template.timezone, at_once=own.at_once)
    ]
    return Gathered(mails, own.passage.model_copy(update={"occasion": own.occasion}))


def _refs(passage: Passage) -> dict[str, str]:
    refs = {"entry": passage.entry_id, "task": passage.task_id, "school": passage.school_id}
    return {name: value for name, value in refs.items() if value}
