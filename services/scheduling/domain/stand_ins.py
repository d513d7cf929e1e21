"""Who may come in somebody's place to something dated: the same for visits, agreed days and days of duties.

The place stays the person's: it says for whom the other one comes, and naming the person again gives it back.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from shared.errors import Rejected
from shared.events.agreed_visits import Invited
from shared.events.scheduling_parts import Attendee
from shared.roster import Membership, Party

__all__ = ["must_be_of_the_place", "place_of", "stand_ins_of", "stood_in", "whose"]

Place = TypeVar("Place", Attendee, Invited)


def whose(place: Attendee | Invited) -> str:
    """The person whose place it is, whoever comes."""
    return place.substitute_for or place.person_id


def stand_ins_of(places: Iterable[Attendee | Invited]) -> Mapping[str, str]:
    """Whose place -> who stands in."""
    return {one.substitute_for: one.person_id for one in places if one.substitute_for}


def place_of(places: Iterable[Place], person_id: str) -> Place:
    """The place of somebody who is invited. Raises Rejected("not-invited")."""
    found = next((one for one in places if one.person_id == person_id), None)
    if found is None:
        raise Rejected("not-invited", "Only somebody who is invited can be stood in for.")
    return found


def stood_in(places: Sequence[Place], person_id: str, substitute_id: str) -> tuple[Place, ...]:
    """These places with a substitute in somebody's. Raises Rejected for strangers, and for who comes anyway."""
    place_of(places, person_id)
    if substitute_id in {one.person_id for one in places}:
        raise Rejected("already-invited", "The substitute is invited already. Name somebody else.")
    return tuple(_with(one, substitute_id) if one.person_id == person_id else one for one in places)


def must_be_of_the_place(
    place: Attendee | Invited,
    theirs: Sequence[Membership],
    substitutes: Sequence[Membership],
    parties: Iterable[Party],
    on: dt.date,
) -> None:
    """Raise Rejected unless the substitute is of the same school, or of the trust where the role is held there.

    `theirs`: what the person does whose place it is; where nothing is known of them nothing is refused.
    """
    held, wanted = [one for one in theirs if one.holds_on(on)], [one for one in substitutes if one.holds_on(on)]
    if not theirs or any(place.school_id and one.school_id == place.school_id for one in wanted):
        return
    own = [one for one in held if one.role == place.role and not one.school_id]
    at = {one.party_id for one in own if one.party_id}
    schools = {school for party in parties if party.party_id in at for school in party.schools_on(on)}
    if any(one.party_id in at or one.school_id in schools for one in wanted if one.party_id or one.school_id):
        return
    if own and not at and any(not one.school_id and not one.party_id for one in wanted):
        return
    raise Rejected(
        "not-of-the-school",
        "Only somebody of the same school can stand in, or of the trust where the role is held there. "
        "Add them to the school first.",
    )


def _with(place: Place, substitute_id: str) -> Place:
    """The place with whoever comes; who comes for two schools is stood in for at both."""
    owner = whose(place)
    changed = {"person_id": substitute_id, "substitute_for": None if owner == substitute_id else owner}
    return place.model_copy(update=changed)
