"""What messages are about, by name: the visit with its day, and the person."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from services.notifications.domain.directory import Card
from services.notifications.domain.kept import KeptMessage
from services.notifications.domain.targets import Target
from services.notifications.ports import Cards, Programmes, Targets

_TITLES = {"agreed-day": "Agreed day", "agreed-visit": "Agreed day", "call": "Call", "visit": "Visit"}


@dataclass(frozen=True)
class About:
    """What one message is about. ``visit``: the host's name, or the event's title; all are empty where not known."""

    visit: str = ""
    on: dt.date | None = None
    person: str = ""


async def abouts(
    targets: Targets, programmes: Programmes, cards: Cards, messages: Sequence[KeptMessage]
) -> list[About]:
    """Return what each message is about, read in a few queries."""
    concerns = [one.concern for one in messages]
    found = await targets.find({one.target_id for one in concerns if one.target_id})
    people = await cards.find({one.person_id for one in concerns if one.person_id})
    hosts: dict[tuple[str, str], str] = {}
    for programme_id in sorted({one.programme_id for one in found.values() if one.host_school_id}):
        wanted = {one.host_school_id for one in found.values() if one.host_school_id}
        for school in await programmes.schools(programme_id, sorted(wanted)):
            hosts[programme_id, school.school_id] = school.name
    return [_about(found.get(one.target_id), people.get(one.person_id), hosts) for one in concerns]


def _about(target: Target | None, card: Card | None, hosts: dict[tuple[str, str], str]) -> About:
    person = card.name if card else ""
    if target is None:
        return About(person=person)
    host = hosts.get((target.programme_id, target.host_school_id or ""), "")
    return About(host or target.title or _TITLES.get(target.kind, ""), target.on, person)
