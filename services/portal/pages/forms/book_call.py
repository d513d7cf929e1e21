"""Choosing the time of a call from the slots that are left; who is too late sees the rest."""

import datetime as dt
from collections.abc import Sequence
from itertools import groupby
from typing import Any, ClassVar

from services.portal.domain import access, words
from services.portal.domain.reading import Reading
from services.portal.pages.forms.form import Facts, FormPage, Saved
from services.portal.pages.portal import Hidden, Portal, Visitor
from shared.commands.base import Command
from shared.commands.scheduling_dates import CallOfferDetail, ShowCallOffer, SlotRow, TakeCallSlot

FIELD = "slot"


class BookCallPage(FormPage):
    """One choice among all slots: `slot` is the instant at which the call begins."""

    purpose: ClassVar[str] = "answer"
    template: ClassVar[str] = "book-call.html"
    fields: ClassVar[dict[str, str]] = {"slot-taken": FIELD, "day-taken": FIELD, "not-open": FIELD, "too-late": FIELD}

    async def facts(self, portal: Portal, visitor: Visitor) -> Facts:
        """Return the slots that are left, or the call; raises Hidden for somebody who was not asked."""
        offer: CallOfferDetail = await portal.owners.find(ShowCallOffer(offer_id=visitor.link.target_id))
        if not access.may_agree(visitor.person_id, (offer.person_id,)):
            raise Hidden
        names = await portal.read.people.names([offer.host_id])
        host = names.get(offer.host_id) or "the other"
        programme_id = visitor.link.programme_id
        return {
            "programme": await portal.read.programmes.get(programme_id) if programme_id else None,
            "title": f"Your call with {host}",
            "host": host,
            "offer": offer,
            "days": by_day(offer.slots),
            "first": slot_key(offer.slots[0]) if offer.slots else "",
        }

    async def start(self, portal: Portal, visitor: Visitor, facts: Facts) -> dict[str, str]:
        """Begin with nothing chosen."""
        return {}

    def read(self, visitor: Visitor, facts: Facts, reading: Reading, button: str) -> Command:
        """Return the booking; a slot that is no longer left is refused by its owner."""
        offer: CallOfferDetail = facts["offer"]
        start = slot_instant(reading.values.get(FIELD, ""))
        if start is None:
            reading.wrong(FIELD, "Choose a time.")
        return TakeCallSlot(
            offer_id=offer.offer_id,
            person_id=visitor.person_id,
            start=start or visitor.now,  # without one, the problem noted keeps it unsent
        )

    def saved(self, facts: Facts, command: Any, reply: Any) -> Saved:
        """Say when the call is and what happens next."""
        local = command.start.astimezone(words.LONDON)
        said = f"You have a call with {facts['host']}: {words.moment(local.date(), local.time())}."
        return Saved("The call is booked", (said, "You both get it by mail for your calendars."), "See the call")


def by_day(slots: Sequence[SlotRow]) -> list[tuple[dt.date, dict[str, str]]]:
    """Slots as they are shown: day -> what is sent, and the time in words."""
    days = groupby(slots, lambda row: row.on)
    return [(on, {slot_key(row): words.clock(row.starts) for row in rows}) for on, rows in days]


def slot_key(row: SlotRow) -> str:
    """What is sent where this slot is chosen: the instant, so that 9:00 is one time on every day of the year."""
    return row.start.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%MZ")


def slot_instant(text: str) -> dt.datetime | None:
    """The instant that was sent, or None."""
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
