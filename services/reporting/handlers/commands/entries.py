"""Entries of forms: kept as typed, handed in, agreed to or sent back, let go, taken back."""

import datetime as dt

from services.reporting.domain.decisions.decision import Answered
from services.reporting.domain.entries import introducing, signing, submitting
from services.reporting.domain.entries.access import may, unknown
from services.reporting.domain.entries.answering import answer_lines
from services.reporting.domain.entries.context import Context
from services.reporting.domain.entries.drafts import save_draft
from services.reporting.domain.entries.opening import refuse_early
from services.reporting.domain.entries.records import DraftField, Entry, entry_id
from services.reporting.handlers.contexts import Contexts
from services.reporting.handlers.following import Following
from services.reporting.ports.entries import Entries
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.forms import (
    AgreeEntry,
    AnswerLines,
    AskForChanges,
    DraftSaved,
    ReleaseEntry,
    SaveDraft,
    SubmitEntry,
    WithdrawEntry,
)
from shared.commands.introductions import AnswerIntroduction
from shared.template.answers import Answers

__all__ = ["EntryCommands"]


class EntryCommands:
    """One method a command."""

    def __init__(self, contexts: Contexts, entries: Entries, following: Following) -> None:
        self._contexts = contexts
        self._entries = entries
        self._following = following

    async def save(self, command: SaveDraft, work: UnitOfWork) -> DraftSaved:
        """Keep what was typed; the first time, begin the entry."""
        entry, context = await self._begun(command, work.now)
        decision = save_draft(
            command.answers, entry, context, person_id=command.person_id, seen=command.revision, now=work.now
        )
        if decision.record is not None:
            await self._entries.put(decision.record)
        saved = decision.entry
        return DraftSaved(entry_id=saved.entry_id, revision=saved.revision, conflicts=decision.conflicts)

    async def submit(self, command: SubmitEntry, work: UnitOfWork) -> Done:
        """Hand in the draft."""
        entry, context = await self._load(command.entry_id, work.now, choosing=True)
        decision = submitting.submit(
            entry, context, person_id=command.person_id, revision=command.revision, now=work.now
        )
        return await self._carry_out(decision, context, work)

    async def ask_for_changes(self, command: AskForChanges, work: UnitOfWork) -> Done:
        """Send it back."""
        entry, context = await self._load(command.entry_id, work.now)
        said = {"person_id": command.person_id, "text": command.text}
        decision = signing.ask_for_changes(entry, context, number=command.number, now=work.now, **said)
        return await self._carry_out(decision, context, work)

    async def answer(self, command: AnswerLines, work: UnitOfWork) -> Done:
        """Answer its lines."""
        entry, context = await self._load(command.entry_id, work.now)
        decision = answer_lines(
            entry,
            context,
            person_id=command.person_id,
            number=command.number,
            given=command.answers,
            now=work.now,
        )
        return await self._carry_out(decision, context, work)

    async def introduce(self, command: AnswerIntroduction, work: UnitOfWork) -> Done:
        """Say whether one wants to be introduced."""
        entry, context = await self._load(command.entry_id, work.now)
        said = command.model_dump(include={"person_id", "number", "willing"})
        return await self._carry_out(introducing.answer(entry, context, now=work.now, **said), context, work)

    async def agree(self, command: AgreeEntry, work: UnitOfWork) -> Done:
        """Let it count."""
        entry, context = await self._load(command.entry_id, work.now)
        decision = signing.agree(entry, context, person_id=command.person_id, number=command.number, now=work.now)
        return await self._carry_out(decision, context, work)

    async def release(self, command: ReleaseEntry, work: UnitOfWork) -> Done:
        """Let its readers read it."""
        entry, context = await self._load(command.entry_id, work.now)
        decision = signing.release(entry, context, person_id=command.person_id, number=command.number, now=work.now)
        return await self._carry_out(decision, context, work)

    async def withdraw(self, command: WithdrawEntry, work: UnitOfWork) -> Done:
        """Take it back."""
        entry, context = await self._load(command.entry_id, work.now)
        decision = signing.withdraw(entry, context, person_id=command.person_id, now=work.now)
        return await self._carry_out(decision, context, work)

    async def _begun(self, command: SaveDraft, now: dt.datetime) -> tuple[Entry, Context]:
        """The entry that is written, or a new one without authors."""
        if command.entry_id:
            return await self._load(command.entry_id, now)
        about = (command.programme_id, command.form, command.about_id)
        context = await self._contexts.of_form(*about, (command.person_id,), now, choosing=False)
        if context is None:
            raise unknown()
        known_id = entry_id(command.programme_id, context.form, command.about_id, command.person_id, command.another)
        entry = await self._entries.get(known_id)
        if entry is not None:
            return entry, context
        if may(command.person_id, "fill", None, context):
            refuse_early(context.not_yet)
        kept = await self._contexts.kept(context, command.about_id)
        return new_entry(known_id, command.about_id, context, now, kept), context

    async def _load(self, known_id: str, now: dt.datetime, *, choosing: bool = False) -> tuple[Entry, Context]:
        entry = await self._entries.get(known_id)
        context = await self._contexts.of_entry(entry, now, choosing=choosing) if entry else None
        if entry is None or context is None:
            raise unknown()
        return entry, context

    async def _carry_out(self, decision: Answered[Entry], context: Context, work: UnitOfWork) -> Done:
        await self._following.carry_out(decision, context, work)
        return decision.done


def new_entry(known_id: str, about_id: str, context: Context, now: dt.datetime, kept: Answers) -> Entry:
    """An entry without authors. `kept`: what it begins with, where the form keeps what was written last time."""
    return Entry(
        entry_id=known_id,
        programme_id=context.programme.programme_id,
        form=context.form.key,
        about=context.form.about,
        about_id=about_id,
        school_id=context.subject.situation.school_id,
        wording=context.programme.template.version,
        draft={key: DraftField(value=value, person_id="", revision=0) for key, value in kept.items()},
        changed_at=now,
    )
