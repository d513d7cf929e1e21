"""Whether a mail may still go out. This is checked when it is sent, since much may have changed since it was queued."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from services.notifications.domain import completions
from services.notifications.domain.details import Offers, SignInEnds
from services.notifications.domain.directory import Card, Programme
from services.notifications.domain.mail import Mail
from services.notifications.domain.targets import Target, invited

_UNTIL_DONE = frozenset({"findings-reminder", "action-overdue", "dates-offered", "dates-refused", "place-offered"})
_WAIT_FOR_CARD = dt.timedelta(hours=1)
_OF_A_PAUSE = frozenset({"programme-postponed", "weekly-tasks"})
"""What goes out although the programme stands still: the news of it, and a list in which nothing of it stands."""


@dataclass(frozen=True)
class Refusal:
    """Why a mail does not go out now. ``wait``: try again soon; ``hold``: never; ``fail``: something is missing."""

    what: Literal["wait", "hold", "fail"]
    why: str


def refusal(
    mail: Mail, *, card: Card | None, target: Target | None, held_addresses: set[str], essential_only: set[str],
    finished: Mapping[str, int], now: dt.datetime, nothing_waits: bool = False, pointless: str = "",
) -> Refusal | None:  # fmt: skip
    """Return why a mail must not go out, or None.

    ``nothing_waits``: of the replies that it would tell of; ``pointless``: why it has nothing to say any more.
    """
    if card is None:
        if now - mail.queued_at < _WAIT_FOR_CARD:
            return Refusal("wait", "The person's contact card has not arrived yet.")
        return Refusal("fail", "There is no contact card for this person.")
    why = ""
    if card.email.lower() in held_addresses:
        why = "Nothing is sent to this address until it is corrected."
    elif not mail.essential and mail.person_id in essential_only:
        why = "This person wants only what is essential."
    elif mail.template in _UNTIL_DONE and any(key in finished for key in reminder_keys(mail)):
        why = "It has been done meanwhile."
    elif over := _over(mail, now):
        why = over
    elif pointless:
        why = pointless
    elif nothing_waits:
        why = "Somebody has dealt with what it is about."
    elif target is not None:
        why = _outdated(mail, target, finished, now)
    return Refusal("hold", why) if why else None


def _over(mail: Mail, now: dt.datetime) -> str:
    """Return why a mail that counts until a moment comes too late; "" where it does not."""
    if isinstance(mail.details, SignInEnds) and mail.details.until <= now:
        return "Its link and its code are over."
    return "Its deadline has passed." if isinstance(mail.details, Offers) and mail.details.deadline <= now else ""


def silent(mail: Mail, programme: Programme | None) -> str:
    """Return why nobody of a programme gets mail now, or ""; whoever runs it hears of what they must know."""
    if programme is None or mail.role == "coordinator" or mail.template in _OF_A_PAUSE:
        return ""
    return {"postponed": "The programme is postponed.", "archived": "The programme is over."}.get(programme.state, "")


def reminder_keys(mail: Mail) -> list[str]:
    """Return the keys of what, once done, makes this reminder pointless."""
    target, school, cohort = mail.target_id, mail.school_id or "", mail.refs.get("cohort", "")
    return {
        "invitation-reminder": [completions.answered(target, mail.person_id)],
        "visit-brief-reminder": [completions.brief(target)],
        "findings-reminder": [completions.findings(cohort, school)],
        "dates-offered": [completions.settled(target)],
        "dates-refused": [completions.settled(target)],
        "place-offered": [completions.settled(mail.refs.get("offer", ""))],
        "action-overdue": [completions.action(mail.refs.get("action", ""))],
    }.get(mail.template, [])


def _outdated(mail: Mail, target: Target, finished: Mapping[str, int], now: dt.datetime) -> str:
    asks_to_come = mail.method == "REQUEST" or mail.template in {
        "invitation-reminder",
        "visit-brief-reminder",
        "answer-again",
    }
    if asks_to_come and target.state != "scheduled":
        return "It does not take place any more, or has taken place."
    if asks_to_come and target.on < now.date():
        return "Its day has passed."
    if asks_to_come and mail.standing in {"attendees", "facilitator", "asked"} and not _invited(mail, target):
        return "This person is no longer invited."
    answers_since = finished.get(completions.answered(target.target_id, mail.person_id), -1)
    if mail.template == "invitation-reminder" and answers_since >= target.sequence:
        return "They have answered meanwhile."
    if mail.template == "visit-brief-reminder" and completions.brief(target.target_id) in finished:
        return "The brief has been written meanwhile."
    return ""


def _invited(mail: Mail, target: Target) -> bool:
    return any(person.person_id == mail.person_id for person in invited(target))
