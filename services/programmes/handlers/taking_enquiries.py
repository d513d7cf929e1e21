"""Enquiries of people outside: what is shown of them, what brings them to an end, and how all of it is wired."""

from collections.abc import Callable

from services.programmes.domain.calls_asked import asked_by_call, enquiry_id
from services.programmes.domain.enquiries import TERM_OVER, PublishedBrochure
from services.programmes.handlers.commands.enquiries import EnquiryCommands, known
from services.programmes.handlers.contacts import Contacts
from services.programmes.handlers.forgetting import Forgetting
from services.programmes.ports.enquiries import Enquiries
from services.programmes.ports.people import People
from services.programmes.ports.programmes import Programmes
from services.programmes.ports.stores import Stores
from shared.bus import Reminder, Service, UnitOfWork
from shared.commands import enquiries as asked
from shared.events.enquiries import EnquiryErased
from shared.events.reports import ReportPublished, ReportUnpublished

__all__ = ["take_enquiries"]


class EnquiryQueries:
    """One method a query."""

    def __init__(self, programmes: Programmes, enquiries: Enquiries, people: People) -> None:
        self._programmes = programmes
        self._enquiries = enquiries
        self._people = people

    async def list(self, query: asked.ListEnquiries) -> asked.EnquiryRows:
        """Enquiries of a programme, or of all."""
        about = (query.programme_id, query.state, query.search)
        found = await self._enquiries.listed(*about, limit=query.limit, offset=query.offset)
        names = {one: (await self._programmes.get(one)).name for one in {each.programme_id for each in found}}
        return asked.EnquiryRows(
            total=await self._enquiries.counted(*about),
            waiting=await self._enquiries.counted(query.programme_id, "waiting"),
            enquiries=tuple(one.row(names[one.programme_id]) for one in found),
        )

    async def caller(self, query: asked.ShowCaller) -> asked.EnquiryRow:
        """What somebody wrote before a call. Raises Rejected("unknown-enquiry")."""
        person = await self._people.get(query.person_id)
        found = await known(self._enquiries, enquiry_id(query.programme_id, person.email))
        return found.row((await self._programmes.get(found.programme_id)).name)

    async def questions(self, query: asked.ShowCallQuestions) -> asked.CallQuestions:
        """What is asked before a call. Raises Rejected("no-open-call")."""
        form = asked_by_call(await self._programmes.get(query.programme_id))
        return asked.CallQuestions(title=form.title, intro=form.intro, fields=form.fields)

    async def show(self, query: asked.ShowEnquiry) -> asked.EnquiryRow:
        """One enquiry. Raises Rejected("unknown-enquiry")."""
        found = await known(self._enquiries, query.enquiry_id)
        return found.row((await self._programmes.get(found.programme_id)).name)


class EnquiryEvents:
    """What opens enquiries and closes them, and ends one."""

    def __init__(self, enquiries: Enquiries, forgetting: Forgetting) -> None:
        self._enquiries = enquiries
        self._forgetting = forgetting

    async def brochure(self, event: ReportPublished | ReportUnpublished, work: UnitOfWork) -> None:
        """A brochure is published, or no longer."""
        before = await self._enquiries.brochure(event.programme_id)
        if before is not None and before.version >= event.version:
            return
        takes = isinstance(event, ReportPublished) and event.enquiries
        now = PublishedBrochure(programme_id=event.programme_id, open=takes, version=event.version)
        await self._enquiries.put_brochure(now)

    async def erased(self, event: EnquiryErased, work: UnitOfWork) -> None:
        """Delete it. Usually the command has done so already; after a restore it has not."""
        await self._enquiries.erase(event.enquiry_id)

    async def over(self, reminder: Reminder, work: UnitOfWork) -> None:
        """Erase an enquiry that was kept as long as its page said."""
        enquiry = await self._enquiries.one(reminder.key)
        if enquiry is not None and enquiry.enquiry_id == reminder.key:
            await self._forgetting.forget([enquiry], work)


def take_enquiries(
    service: Service, stores: Stores, contacts: Contacts, *, ids: Callable[[str], str], days: int
) -> None:
    """Wire commands, queries, events and the end of the term."""
    found, forgetting = stores.enquiries, Forgetting(stores.people, stores.enquiries)
    acts = EnquiryCommands(stores.programmes, found, contacts, forgetting=forgetting, ids=ids, days=days)
    service.command(asked.AskForCall, acts.ask_for_call)
    service.command(asked.SendEnquiry, acts.send)
    service.command(asked.CloseEnquiry, acts.close)
    service.command(asked.EraseEnquiries, acts.erase)
    queries = EnquiryQueries(stores.programmes, found, stores.people)
    service.query(asked.ShowCaller, queries.caller)
    service.query(asked.ShowCallQuestions, queries.questions)
    service.query(asked.ListEnquiries, queries.list)
    service.query(asked.ShowEnquiry, queries.show)
    events = EnquiryEvents(found, forgetting)
    service.subscribe(ReportPublished, "programmes-brochures-published", events.brochure)
    service.subscribe(ReportUnpublished, "programmes-brochures-unpublished", events.brochure)
    service.subscribe(EnquiryErased, "programmes-enquiries-erased", events.erased)
    service.timer(TERM_OVER, events.over)
