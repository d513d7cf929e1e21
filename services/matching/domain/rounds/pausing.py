"""A programme stands still: offers fall away. It goes on: leavers' places pass on, and what is free is offered."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace

from services.matching.domain.rounds.decisions import hand_over
from services.matching.domain.rounds.events import offer_event
from services.matching.domain.rounds.offering import settle
from services.matching.domain.rounds.standing import RoundDecision, Standing
from shared.roster import Membership

__all__ = ["pause", "resume", "successors"]


def pause(standing: Standing) -> RoundDecision:
    """Every open offer falls away; it may be made again."""
    back = tuple(
        one.model_copy(update={"state": "withdrawn", "paused": True, "version": one.version + 1})
        for one in standing.open_offers
    )
    record = standing.record.changed() if back else None
    return RoundDecision(record=record, offers=back, events=tuple(map(offer_event, back)))


def resume(standing: Standing, left: Mapping[str, str | None], today: dt.date) -> RoundDecision:
    """Act on what happened meanwhile. `left`: who no longer holds the role of their placement -> who does instead."""
    done = RoundDecision()
    for person_id, successor in left.items():
        handed = hand_over(standing, person_id, successor, today, then_settle=False)
        for match in handed.matches:
            standing = standing.with_match(match)
        if handed.record:
            standing = standing.with_record(handed.record)
        done = replace(
            done,
            record=handed.record or done.record,
            matches=(*done.matches, *handed.matches),
            events=(*done.events, *handed.events),
        )
    return settle(standing, today, done)


def successors(standing: Standing, members: Iterable[Membership], today: dt.date) -> dict[str, str | None]:
    """Who is placed and no longer holds the role -> the last of those who took their place one after the other."""
    members = list(members)
    held = {(one.person_id, one.role, one.school_id) for one in members if one.holds_on(today)}
    after = {(one.replaces, one.role, one.school_id): one.person_id for one in members if one.replaces}
    found: dict[str, str | None] = {}
    for match in standing.in_force:
        key = (match.person_id, match.role, match.school_id)
        person: str | None = match.person_id
        for _ in members:
            if person is None or (person, *key[1:]) in held:
                break
            person = after.get((person, *key[1:]))
        if key not in held:
            found[match.person_id] = person if person and (person, *key[1:]) in held else None
    return found
