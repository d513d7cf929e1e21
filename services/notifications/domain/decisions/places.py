"""Places in other schools that become free: whoever is offered one hears of it, and so does who named them."""

import datetime as dt
from collections.abc import Mapping, Sequence

from services.notifications.domain import completions
from services.notifications.domain.decisions.decision import Decision
from services.notifications.domain.details import PlaceKept, PlacementOver
from services.notifications.domain.mail import compose_row
from services.notifications.domain.template_mails.people import Recipient, letter_to
from shared.events.placements import PlacementEnded
from shared.events.rounds import OfferFacts, PlaceOffered


def offered(event: PlaceOffered, people: Sequence[Recipient], now: dt.datetime) -> Decision:
    """Tell them what is kept, and until when."""
    refs = {"offer": event.offer_id, "entry": event.thing_entry_id, "person": event.person_id}
    details = PlaceKept(until=event.until, wish=event.wish)
    return Decision(
        tuple(
            compose_row(
                letter_to(one, "place-offered", essential=True),
                f"PlaceOffered/{event.offer_id}",
                now,
                programme_id=event.programme_id,
                refs=refs,
                details=details,
            )
            for one in people
        )
    )


def ended(
    event: PlacementEnded, people: Sequence[Recipient], dated: Mapping[str, tuple[str, ...]], now: dt.datetime
) -> Decision:
    """Tell whoever hears nothing of it in the template's words. `dated`: person -> their dates that fall away."""
    refs = {"person": event.person_id, "school": event.host_school_id}
    return Decision(
        tuple(
            compose_row(
                letter_to(one, "placement-ended", essential=True),
                f"PlacementEnded/{event.match_id}/{event.version}",
                now,
                programme_id=event.programme_id,
                refs=refs,
                details=PlacementOver(dated=dated.get(one.person_id, ())),
            )
            for one in people
        )
    )


def settled(event: OfferFacts) -> Decision:
    """Nobody need hear of it any more."""
    return Decision(completed={completions.settled(event.offer_id): 0})
