"""Answers that are only counted: taken whole, and parted at once from who gave them."""

from services.reporting.domain.counting.answering import count_answers, sheet_about
from services.reporting.domain.counting.polls import poll_id
from services.reporting.domain.entries.access import unknown
from services.reporting.domain.entries.records import EngineProgramme, entry_id
from services.reporting.domain.entries.searching import Wanted
from services.reporting.handlers.commands.entries import new_entry
from services.reporting.handlers.contexts import Contexts
from services.reporting.handlers.ordering import ReportOrders
from services.reporting.handlers.publishing import publish
from services.reporting.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.counting import CountAnswers
from shared.errors import Rejected

__all__ = ["CountingCommands"]

OVER = "“{name}” is over, and its answers have been counted: yours comes too late. Those that came before stay."
"""What is said to somebody who answers once the programme has been brought to its end."""


class CountingCommands:
    """One method a command."""

    def __init__(self, stores: Stores, contexts: Contexts, orders: ReportOrders) -> None:
        self._stores = stores
        self._contexts = contexts
        self._orders = orders

    async def count(self, command: CountAnswers, work: UnitOfWork) -> Done:
        """Count them, and note that this person has answered."""
        about = (command.programme_id, command.form, command.about_id)
        context = await self._contexts.of_form(*about, (command.person_id,), work.now)
        if context is None:
            raise unknown()
        programme, form = context.programme, context.form
        blank = sheet_about(context, command.about_id, programme.local_day(work.now))
        await self._refuse_closed(programme, form.key, blank.period)
        known_id = entry_id(programme.programme_id, form, command.about_id, command.person_id, blank.period)
        entry = await self._stores.entries.get(known_id)
        decision = count_answers(
            command.answers,
            entry or new_entry(known_id, command.about_id, context, work.now, {}),
            await self._stores.sheets.get(blank.sheet_id) or blank,
            context,
            person_id=command.person_id,
            seen=command.mark,
            word=command.word,
            counted_before=form.once_a_person and await self._has_answered(command),
            now=work.now,
        )
        if decision.record is not None:
            await self._stores.entries.put(decision.record)
        if decision.sheet is not None:
            await self._stores.sheets.put(decision.sheet)
        publish(decision, work)
        for state in ("submitted", "agreed"):
            await self._orders.entry_is(state, context, work)
        return decision.done

    async def _refuse_closed(self, programme: EngineProgramme, form: str, round_: str) -> None:
        """Raises Rejected: closed. Neither a poll that was weighed nor a programme that is over takes more answers."""
        if programme.over:
            raise Rejected("closed", OVER.format(name=programme.name))
        for poll in (one for one in programme.template.polls if one.form == form):
            record = await self._stores.polls.get(poll_id(programme.programme_id, poll.key))
            if record is not None and record.round == round_:
                raise Rejected("closed", f"“{poll.title}” has closed and was counted.")

    async def _has_answered(self, command: CountAnswers) -> bool:
        wanted = Wanted(programme_id=command.programme_id, form=command.form, author_id=command.person_id)
        total, _ = await self._stores.entries.search(wanted, limit=1)
        return bool(total)
