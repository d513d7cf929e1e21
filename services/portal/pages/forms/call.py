"""A call, for who is in it: when it is, calling it off, and choosing another time for who chose the first."""

from typing import Any, ClassVar

from services.portal.domain import words
from services.portal.domain.reading import Reading
from services.portal.pages.forms.book_call import FIELD, BookCallPage, by_day, slot_instant, slot_key
from services.portal.pages.forms.form import Facts, Saved
from services.portal.pages.portal import Portal, Visitor
from shared.commands.base import Command
from shared.commands.enquiries import EnquiryRow, ShowCaller
from shared.commands.open_calls import CallShown, GiveUpCall, ShowCall
from shared.commands.scheduling_dates import CallOfferDetail, ShowCallOffer, TakeCallSlot
from shared.errors import Rejected

GIVE_UP = "give-up"


class CallPage(BookCallPage):
    """The call that the mail was about; where another time was chosen since, at that time."""

    template: ClassVar[str] = "call.html"

    async def facts(self, portal: Portal, visitor: Visitor) -> Facts:
        """Return the call, and the times that are left for who may choose one. Raises Hidden for anybody else."""
        query = ShowCall(call_id=visitor.link.target_id, person_id=visitor.person_id)
        call: CallShown = await portal.shown(query)
        others = [one for one in call.person_ids if one != visitor.person_id]
        names = await portal.read.people.names(others)
        listed = words.listed([names.get(one) or "somebody" for one in others])
        chooses = call.chooser_id == visitor.person_id
        offer: CallOfferDetail | None = None
        if chooses and call.state == "cancelled":
            offer = await portal.owners.find(ShowCallOffer(offer_id=call.offer_id))
        slots = offer.slots if offer else ()
        programme_id = call.programme_id or visitor.link.programme_id
        return {
            "programme": await portal.read.programmes.get(programme_id) if programme_id else None,
            "title": f"Your call with {listed}",
            "host": listed,
            "call": call,
            "chooses": chooses,
            "days": by_day(slots),
            "first": slot_key(slots[0]) if slots else "",
            "said": await _said(portal, call) if call.programme_id and not chooses else None,
        }

    def read(self, visitor: Visitor, facts: Facts, reading: Reading, button: str) -> Command:
        """Return what calls it off, or books another time."""
        call: CallShown = facts["call"]
        if button == GIVE_UP or not facts["chooses"]:
            return GiveUpCall(call_id=call.call_id, person_id=visitor.person_id)
        start = slot_instant(reading.values.get(FIELD, ""))
        if start is None:
            reading.wrong(FIELD, "Choose a time.")
        return TakeCallSlot(offer_id=call.offer_id, person_id=visitor.person_id, start=start or visitor.now)

    def saved(self, facts: Facts, command: Any, reply: Any) -> Saved:
        """Say what follows."""
        if not isinstance(command, GiveUpCall):
            return super().saved(facts, command, reply)
        told = ("You both get a mail that takes it out of your calendars.",)
        again = "Choose another time" if facts["chooses"] else "See the call"
        return Saved("The call is called off", told, again)


async def _said(portal: Portal, call: CallShown) -> EnquiryRow | None:
    """What was written when the call was booked, as long as it is kept."""
    try:
        found: EnquiryRow = await portal.owners.find(
            ShowCaller(programme_id=call.programme_id, person_id=call.chooser_id)
        )
    except Rejected:
        return None
    return found
