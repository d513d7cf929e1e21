"""Links that anybody may answer: opened, answered, closed, shown."""

import datetime as dt
from collections.abc import Callable

from services.reporting.domain.counting import links
from services.reporting.domain.counting.answering import sheet_about
from services.reporting.domain.counting.links import SharedLink
from services.reporting.domain.entries import views
from services.reporting.domain.entries.access import unknown
from services.reporting.domain.entries.context import Context
from services.reporting.handlers.contexts import Contexts
from services.reporting.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.clock import Clock
from shared.commands.base import Done
from shared.commands.shared_links import (
    AnswerSharedLink,
    CloseSharedLink,
    LinkRow,
    LinkRows,
    ListSharedLinks,
    OpenSharedLink,
    SharedForm,
    ShowSharedLink,
)
from shared.errors import Rejected
from shared.template.counting import groups_of

__all__ = ["SharedLinkCommands", "SharedLinkQueries"]

THANKS = "Counted, thank you. Nobody can see which answers are yours."


class SharedLinkCommands:
    """One method a command. `new_token`: a word that nobody guesses."""

    def __init__(self, stores: Stores, contexts: Contexts, new_token: Callable[[], str]) -> None:
        self._links = stores.shared_links
        self._sheets = stores.sheets
        self._contexts = contexts
        self._new_token = new_token

    async def open(self, command: OpenSharedLink, work: UnitOfWork) -> LinkRow:
        """Open a fresh link; the one before closes."""
        context, before = await self._found(command, work)
        today = context.programme.local_day(work.now)
        link = links.opened(context, command.about_id, before, command.person_id, token=self._new_token(), day=today)
        if before is not None:
            await self._links.put(links.closed(before, context, command.person_id))
        await self._links.put(link)
        return row(link, context)

    async def close(self, command: CloseSharedLink, work: UnitOfWork) -> LinkRow:
        """Take no more answers."""
        context, before = await self._found(command, work)
        link = links.closed(before, context, command.person_id)
        await self._links.put(link)
        return row(link, context)

    async def answer(self, command: AnswerSharedLink, work: UnitOfWork) -> Done:
        """Count an answer. Of who gave it nothing is known."""
        link = await self._links.get(command.token)
        if link and link.state in links.CLOSED:  # thousands may come once it was posted in public
            raise Rejected("closed", links.CLOSED[link.state])
        context = await context_of(link, self._contexts, work.now) if link else None
        if link is None or context is None:
            raise unknown_link()
        blank = sheet_about(context, link.about_id, context.programme.local_day(work.now), link.turn)
        counted = links.answered(
            link,
            await self._sheets.get(blank.sheet_id) or blank,
            context,
            group=command.group,
            given=command.answers,
            seen=command.mark,
            now=work.now,
        )
        await self._links.put(counted.link)
        await self._sheets.put(counted.sheet)
        return Done(id=link.token, version=counted.link.answers, sentence=THANKS)

    async def _found(
        self, command: OpenSharedLink | CloseSharedLink, work: UnitOfWork
    ) -> tuple[Context, SharedLink | None]:
        about = (command.programme_id, command.form, command.about_id)
        context = await self._contexts.of_form(*about, (command.person_id,), work.now, choosing=False)
        if context is None:
            raise unknown()
        return context, next(iter(await self._links.of(*about)), None)


class SharedLinkQueries:
    """One method a query."""

    def __init__(self, stores: Stores, contexts: Contexts, clock: Clock) -> None:
        self._links = stores.shared_links
        self._contexts = contexts
        self._clock = clock

    async def show(self, query: ShowSharedLink) -> SharedForm:
        """Return the form that a link opens. Raises Rejected: unknown-link."""
        link = await self._links.get(query.token)
        context = await context_of(link, self._contexts, self._clock.now()) if link else None
        if link is None or context is None:
            raise unknown_link()
        return SharedForm(
            state=link.state,
            sentence=links.why_not(link, context),
            entry=views.empty_form("", link.about_id, context, {}),
            groups=groups_of(context.form, context.programme.template),
        )

    async def list(self, query: ListSharedLinks) -> LinkRows:
        """Return a page of links, of each form and thing the latest first."""
        found = links.wanted(await self._links.of(query.programme_id, query.form, query.about_id), query)
        end = query.offset + query.limit
        if query.person_id:
            theirs = [
                (link, context)
                for link in found
                if (context := await self._context(link)) and links.may_open(context, query.person_id)
            ]
            return LinkRows(links=tuple(row(*each) for each in theirs[query.offset : end]), total=len(theirs))
        shown = [(link, await self._context(link)) for link in found[query.offset : end]]
        return LinkRows(links=tuple(row(link, context) for link, context in shown if context), total=len(found))

    async def _context(self, link: SharedLink) -> Context | None:
        return await context_of(link, self._contexts, self._clock.now())


async def context_of(link: SharedLink, contexts: Contexts, now: dt.datetime) -> Context | None:
    """The context of an answer by nobody."""
    return await contexts.of_form(link.programme_id, link.form, link.about_id, (), now)


def row(link: SharedLink, context: Context) -> LinkRow:
    """A link as whoever may open it sees it."""
    known = link.model_dump(include=set(LinkRow.model_fields))
    return LinkRow(**known, form_title=context.form.title, about=context.subject.title)


def unknown_link() -> Rejected:
    """What is answered where there is no such link."""
    return Rejected("unknown-link", "There is no such link. Ask whoever gave it to you for the whole address.")
