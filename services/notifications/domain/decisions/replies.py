"""Who is told of a message that waits: its programmes' coordinators, at once or with the next list.

At once goes what concerns a day that is near, and what somebody known has written. The rest stands in one list a day,
with all that still waits. What belongs to no programme is for the coordinators of the last school year.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from services.notifications.domain.details import Forwarded, WaitingOn
from services.notifications.domain.directory import Programme
from services.notifications.domain.kept import KeptMessage
from services.notifications.domain.mail import Mail
from services.notifications.domain.mailings import Occasion, mails_of, to_coordinator
from services.notifications.domain.near import Ahead
from services.notifications.domain.replies import PROPOSED
from services.notifications.domain.routing import REPLIES_WAITING, REPLY_FORWARDED
from services.notifications.domain.targets import Concerned, Target

MOST_FORWARDED = 100
"""Messages of one programme that are forwarded in a day; whoever floods the mailbox fills the list and no more."""


@dataclass(frozen=True)
class Told:
    """The mails to queue. ``forwarded``: the message itself is among them."""

    mails: tuple[Mail, ...]
    forwarded: bool


def tell(
    message: KeptMessage, target: Target | None, own: Sequence[Programme], latest: Sequence[Programme],
    *, ahead: Ahead, room: bool, now: dt.datetime,
) -> Told:  # fmt: skip
    """Decide who is told. ``own``: the message's programmes; ``room``: fewer than the most were forwarded today."""
    soon = target is not None and target.state == "scheduled" and ahead.concerns(target.on)
    said = message.concern.words or message.concern.answer == PROPOSED
    written = bool(said and message.concern.writer_id)
    readers = [one for one in own if one.coordinator_id != message.concern.writer_id]
    forwarded = [mail for one in readers for mail in _forwarded(message, target, one, now, soon=soon)]
    at_once = forwarded if room and (soon or written) else []
    return Told((*at_once, *_listed(own or latest, ahead.morning, now)), bool(at_once))


def _forwarded(
    message: KeptMessage, target: Target | None, programme: Programme, now: dt.datetime, *, soon: bool
) -> tuple[Mail, ...]:
    refs = {"target": target.target_id, "target_kind": target.kind} if target else {}
    if message.concern.writer_id:
        refs["writer"] = message.concern.writer_id
    details = Forwarded(reply_id=message.key, soon=soon)
    occasion = Occasion("ReplyReceived", message.key, 1, refs, details)
    return mails_of(occasion, programme, to_coordinator(programme), now, REPLY_FORWARDED)


def _listed(programmes: Sequence[Programme], morning: dt.datetime, now: dt.datetime) -> list[Mail]:
    """Queue one list for each coordinator and day, however many programmes they have."""
    found: list[Mail] = []
    for person in dict.fromkeys(one.coordinator_id for one in programmes):
        details = WaitingOn(day=morning.date())
        occasion = Occasion("RepliesWaiting", f"{morning.date()}", 1, {}, details, not_before=morning)
        found += mails_of(occasion, None, {"coordinator": [Concerned(person, "coordinator")]}, now, REPLIES_WAITING)
    return found
