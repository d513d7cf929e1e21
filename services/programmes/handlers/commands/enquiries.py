"""Commands about enquiries of people outside."""

import datetime as dt
from collections.abc import Callable

from services.programmes.domain.calls_asked import asked_by_call, caller, enquiry_id, in_words
from services.programmes.domain.enquiries import TERM_OVER, Enquiry, done, received
from services.programmes.handlers.contacts import Contacts
from services.programmes.handlers.forgetting import Forgetting
from services.programmes.ports.enquiries import Enquiries
from services.programmes.ports.programmes import Programmes
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.enquiries import AskForCall, CloseEnquiry, EraseEnquiries, SendEnquiry
from shared.errors import Rejected

__all__ = ["EnquiryCommands", "known"]

A_DAY = dt.timedelta(days=1)


class EnquiryCommands:
    """One method a command. `days`: how long an enquiry is kept."""

    def __init__(
        self,
        programmes: Programmes,
        enquiries: Enquiries,
        contacts: Contacts,
        *,
        forgetting: Forgetting,
        ids: Callable[[str], str],
        days: int,
    ) -> None:
        self._programmes = programmes
        self._contacts, self._forgetting = contacts, forgetting
        self._enquiries = enquiries
        self._ids = ids
        self._days = days

    async def send(self, command: SendEnquiry, work: UnitOfWork) -> Done:
        """Take an enquiry. Raises Rejected: see `received`."""
        programme = await self._programmes.get(command.programme_id)
        enquiry, event = received(
            command,
            programme,
            await self._enquiries.brochure(command.programme_id),
            enquiry_id=self._ids("enq"),
            now=work.now,
            days=self._days,
            today_before=await self._enquiries.since(command.programme_id, work.now - A_DAY),
        )
        await self._enquiries.put(enquiry)
        work.publish(event)
        work.remind(TERM_OVER, enquiry.enquiry_id, work.now + dt.timedelta(days=self._days))
        return Done(id=enquiry.enquiry_id, sentence="Your enquiry has been sent.")

    async def ask_for_call(self, command: AskForCall, work: UnitOfWork) -> Done:
        """Keep what is said before a call, and who says it. Raises Rejected: see `received` and `in_words`."""
        programme = await self._programmes.get(command.programme_id)
        message = in_words(asked_by_call(programme), command.answers)
        name = enquiry_id(command.programme_id, command.email)
        before = await self._enquiries.one(name)
        enquiry, event = received(
            command,
            programme,
            await self._enquiries.brochure(command.programme_id),
            enquiry_id=name,
            now=work.now,
            days=self._days,
            today_before=await self._enquiries.since(command.programme_id, work.now - A_DAY),
            message=message,
        )
        person, known, new = caller(
            command.name, command.email, await self._contacts.known([command.email], ()), self._ids
        )
        await self._contacts.keep(known.changed.values(), work)
        only_here = new or bool(before and before.only_here and before.person_id == person.person_id)
        await self._enquiries.put(enquiry.model_copy(update={"person_id": person.person_id, "only_here": only_here}))
        if before is None:
            work.publish(event)
        work.remind(TERM_OVER, enquiry.enquiry_id, work.now + dt.timedelta(days=self._days))
        return Done(id=person.person_id, sentence="What you wrote has been sent.")

    async def close(self, command: CloseEnquiry, work: UnitOfWork) -> Done:
        """Note that it was answered. Raises Rejected: unknown-enquiry, already-done."""
        after = done(await known(self._enquiries, command.enquiry_id))
        await self._enquiries.put(after)
        return Done(id=after.enquiry_id, version=after.version, sentence="The enquiry is answered.")

    async def erase(self, command: EraseEnquiries, work: UnitOfWork) -> Done:
        """Erase one, or all from an address. Raises Rejected: which-enquiry, unknown-enquiry."""
        if bool(command.enquiry_id) == bool(command.email.strip()):
            raise Rejected("which-enquiry", "Name an enquiry or an address, and not both.")
        if command.enquiry_id:
            found = [await known(self._enquiries, command.enquiry_id)]
        else:
            found = await self._enquiries.from_address(command.email)
        if not found:
            raise Rejected("unknown-enquiry", "There is no enquiry from this address.")
        await self._forgetting.forget(found, work)
        said = "The enquiry is erased." if len(found) == 1 else f"{len(found)} enquiries are erased."
        return Done(id=found[0].enquiry_id, sentence=said)


async def known(enquiries: Enquiries, enquiry_id: str) -> Enquiry:
    """The enquiry with that id, or whose id begins so. Raises Rejected("unknown-enquiry")."""
    found = await enquiries.one(enquiry_id) if enquiry_id else None
    if found is None:
        raise Rejected("unknown-enquiry", "There is no such enquiry. What was erased, or kept for its term, is gone.")
    return found
