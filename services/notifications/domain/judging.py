"""Which answers of calendars count.

An answer counts when it proves whose it is, is to the date that stands, and has not been taken before. Of several the
one that arrived last counts, whatever DTSTAMP and SEQUENCE say: calendar programs repeat the one and raise the other.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from services.notifications.domain.replies import CalendarReply
from services.notifications.domain.targets import Target

Proof = Literal["own", "other-address", "none"]
Fate = Literal["counts", "filed", "waits", "asked"]


@dataclass(frozen=True)
class Answerer:
    """Whose answer it is taken to be. ``known``: in the contact book; ``proof``: that they gave it.

    ``other-address``: the seal is theirs, and another address answered.
    """

    person_id: str | None
    proof: Proof
    invited: bool
    known: bool = False


@dataclass(frozen=True)
class Judged:
    """What becomes of a reply, and why. ``asked``: it waits, and the invited person is asked by mail."""

    fate: Fate
    why: str = ""


def judge(reply: CalendarReply, target: Target | None, answerer: Answerer) -> Judged:
    """Decide what becomes of a reply that has not been taken before."""
    if target is None:
        return Judged("waits", "A reply to something unknown.")
    if answerer.person_id is None or not answerer.invited:
        return _uninvited(reply, answerer)
    if reply.answer is None:
        return Judged("waits", _no_answer(reply, target, answerer))
    if answerer.proof != "own":
        return Judged("asked", _unproven(reply, answerer))
    if target.state != "scheduled":
        return Judged("filed", "An answer to what has taken place or been cancelled.")
    return Judged("counts") if stands(reply, target) else Judged("asked", "An answer to a date that has moved since.")


def _no_answer(reply: CalendarReply, target: Target, answerer: Answerer) -> str:
    doubt = "" if answerer.proof == "own" else " Nothing proves that they say so themselves."
    if reply.proposes:
        span = _span(reply, ZoneInfo(target.timezone))
        return f"{reply.address} proposes another time: {span}.{doubt} To take it up: kindred visits move"
    return f"{reply.address} would send {reply.delegated_to} instead.{doubt} To allow it: kindred replies place"


def _span(reply: CalendarReply, zone: ZoneInfo) -> str:
    """Return a proposed time as clocks at the school show it."""
    if reply.starts is None:
        return "none is named"
    if not isinstance(reply.starts, dt.datetime):
        return f"{reply.starts:%A} {reply.starts.day} {reply.starts:%B %Y}"
    begins = reply.starts.astimezone(zone) if reply.starts.tzinfo else reply.starts
    said = f"{begins:%A} {begins.day} {begins:%B %Y}, {begins:%H:%M}"
    if not isinstance(reply.ends, dt.datetime):
        return said
    ends = reply.ends.astimezone(zone) if reply.ends.tzinfo else reply.ends
    return f"{said} to {ends:%H:%M}"


def _unproven(reply: CalendarReply, answerer: Answerer) -> str:
    if answerer.proof == "other-address":
        return "An answer from another address than the one that was invited."
    if reply.address != reply.sender:
        return "A reply for somebody else than who sent it."
    return "An answer that nothing proves. The person has been mailed a link to answer with."


def _uninvited(reply: CalendarReply, answerer: Answerer) -> Judged:
    if answerer.known and reply.answer == "accepted":
        return Judged("filed", "Accepted by somebody who is told of it and not asked.")
    return Judged("waits", "A reply from an address that was not invited.")


def stands(reply: CalendarReply, target: Target) -> bool:
    """Tell whether a reply is to the date that stands: by its DTSTART, and only without one by its SEQUENCE."""
    if reply.starts is None:
        return reply.sequence >= target.sequence
    if not isinstance(reply.starts, dt.datetime) or target.starts is None:
        found = reply.starts
        return (found.date() if isinstance(found, dt.datetime) else found) == target.on
    zone = ZoneInfo(target.timezone)
    begins = dt.datetime.combine(target.on, target.starts, zone)
    said = reply.starts if reply.starts.tzinfo else reply.starts.replace(tzinfo=zone)
    return said.astimezone(dt.UTC) == begins.astimezone(dt.UTC)
