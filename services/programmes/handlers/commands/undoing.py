"""The command that takes an import back, and the query that says before what it would do."""

import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from services.programmes.domain.enrolment.partial import wish_of
from services.programmes.domain.imports import ImportJob, Taken
from services.programmes.domain.records import EnrolmentRecord
from services.programmes.handlers.commands.enrolments import EnrolmentCommands
from services.programmes.handlers.situations import Situations
from services.programmes.ports.imports import Imports, SentMails
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.imports import ImportUndo, ShowImportUndo, UndoImport
from shared.commands.programmes import WithdrawSchool
from shared.errors import Rejected
from shared.tables.passed import counted

__all__ = ["Undoing"]

_WHY = "The import that brought it in was taken back."


@dataclass(frozen=True, slots=True)
class _Plan:
    """What an import did, by what becomes of it. `people`: who came in by it."""

    job: ImportJob
    sentence: str = ""
    leave: tuple[Taken, ...] = ()
    back: tuple[Taken, ...] = ()
    stay: tuple[Taken, ...] = ()
    people: frozenset[str] = frozenset()

    def said(self, mails: int) -> ImportUndo:
        """The plan as it is shown."""
        why = self.sentence or (_sent(mails) if mails else "")
        leave, back, stay = (tuple(one.urn for one in some) for some in (self.leave, self.back, self.stay))
        return ImportUndo(sentence=why, leave=leave, as_before=back, stay=stay, mails=mails)


class Undoing:
    """Takes an import back while nobody has heard of it."""

    def __init__(
        self, imports: Imports, situations: Situations, enrolments: EnrolmentCommands, mails: SentMails
    ) -> None:
        self._imports = imports
        self._situations = situations
        self._enrolments = enrolments
        self._mails = mails

    async def show(self, query: ShowImportUndo) -> ImportUndo:
        """What undoing it would do now. Raises Rejected("unknown-import")."""
        plan = await self._plan(query.import_id)
        return plan.said(0 if plan.sentence else await self._sent(plan))

    async def undo(self, command: UndoImport) -> Callable[[UnitOfWork], Awaitable[Done]]:
        """Ask what was sent, then take it back in one transaction.

        Raises Rejected("not-undone", "already-undone", "unknown-import").
        """
        sent = await self._sent(await self._plan(command.import_id))

        async def take_back(work: UnitOfWork) -> Done:
            plan = await self._plan(command.import_id)
            if why := plan.said(sent).sentence:
                raise Rejected("not-undone", why)
            await self._imports.undo(command.import_id)
            for one in plan.leave:
                leaving = WithdrawSchool(programme_id=one.programme_id, urn=one.urn, reason=_WHY)
                await self._enrolments.withdraw(leaving, work)
            for one in plan.back:
                await self._back(one, work)
            return Done(id=command.import_id, sentence=_done(plan))

        return take_back

    async def _plan(self, import_id: str) -> _Plan:
        job = await self._imports.get(import_id)
        if job.undone:
            return _Plan(job, "This import has been taken back already.")
        if job.check or job.state != "done" or job.asked_kind != "enrolments":
            return _Plan(job, "Nothing can be taken back: only an import of schools that has gone in.")
        programme = await self._situations.programmes.get(job.programme_id or "")
        if programme.state != "enrolling":
            return _Plan(job, "Enrolment has closed. Withdraw single schools instead.")
        leave, back, stay, people = list[Taken](), list[Taken](), list[Taken](), set[str]()
        for one in await self._imports.taken(import_id):
            now = await self._situations.enrolment(one.programme_id, one.school_id)
            if now is None or now.state == "withdrawn" or now.version != one.version:
                stay.append(one)
                continue
            people |= now.inside - (one.before.inside if one.before else frozenset())
            (back if _stood(one.before) else leave).append(one)
        nothing = "" if leave or back else "Nothing can be taken back: it changed nothing, or all has changed since."
        return _Plan(job, nothing, tuple(leave), tuple(back), tuple(stay), frozenset(people))

    async def _sent(self, plan: _Plan) -> int:
        if plan.sentence or not plan.people:
            return 0
        since = dt.datetime.fromisoformat(plan.job.asked)
        return await self._mails.since(plan.job.programme_id or "", plan.people, since)

    async def _back(self, one: Taken, work: UnitOfWork) -> None:
        assert one.before is not None
        programme = await self._situations.programmes.get(one.programme_id)
        wish = wish_of(one.before, await self._situations.contacts.known((), one.before.people))
        await self._situations.take(wish, await self._situations.of(wish, programme), work)


def _stood(before: EnrolmentRecord | None) -> bool:
    return before is not None and before.state == "enrolled"


def _sent(mails: int) -> str:
    went = "mail has" if mails == 1 else "mails have"
    return f"{mails:,} {went} gone to people who came in by it. Withdraw single schools instead."


def _done(plan: _Plan) -> str:
    said = f"The import is taken back: {counted(len(plan.leave), 'school')} left, "
    said += f"{len(plan.back):,} {'is' if len(plan.back) == 1 else 'are'} again as before"
    return f"{said}; {counted(len(plan.stay), 'school')} changed since stay as they are." if plan.stay else f"{said}."
