"""Polls: weighed when their moment comes, chosen, shown."""

import datetime as dt
from collections.abc import Mapping

from services.reporting.domain.counting.polls import PollRecord, chosen, poll_id, shown, weighed
from services.reporting.domain.entries.records import EngineProgramme
from services.reporting.domain.entries.subjects import programme_wide
from services.reporting.domain.words import academic_year, spelt
from services.reporting.handlers.contexts import Contexts
from services.reporting.handlers.publishing import publish
from services.reporting.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.clock import Clock
from shared.commands.base import Done
from shared.commands.polls import ChooseTheme, ListOwnPolls, PollRow, PollRows, ShowPolls, ThemeRow
from shared.errors import Rejected
from shared.template.answers import choices
from shared.template.counting import period
from shared.template.polls import Poll

__all__ = ["PollHandlers"]


class PollHandlers:
    """One method a command, query or thing that happens."""

    def __init__(self, stores: Stores, contexts: Contexts, clock: Clock) -> None:
        self._stores = stores
        self._contexts = contexts
        self._clock = clock

    async def moment(self, programme: EngineProgramme, moment: str, on: dt.date, work: UnitOfWork) -> None:
        """Weigh the polls that close at this moment of the clock; one that has closed stays as it is."""
        for poll in programme.template.polls:
            if poll.closes != moment or await self._stores.polls.get(poll_id(programme.programme_id, poll.key)):
                continue
            form = programme.template.form(poll.form)
            if form is None:
                continue
            round_ = period(form, programme.year, on)
            sheets = await self._stores.sheets.of_form(programme.programme_id, form.key)
            choosers = await self._named(programme, poll, on)
            decision = weighed(
                poll,
                programme,
                [one for one in sheets if one.period == round_],
                titles_of(poll, programme),
                choosers or (programme.coordinator_id,),
                least=form.least_shown,
                round_=round_,
                on=on,
            )
            assert decision.record is not None
            await self._stores.polls.put(decision.record)
            publish(decision, work)

    async def choose(self, command: ChooseTheme, work: UnitOfWork) -> Done:
        """Choose a theme. Raises Rejected: unknown-poll and what `chosen` raises."""
        programme = await self._stores.engine_programmes.get(command.programme_id)
        poll = next((one for one in programme.template.polls if one.key == command.poll), None) if programme else None
        if programme is None or poll is None:
            raise Rejected("unknown-poll", "There is no such poll.")
        record = await self._stores.polls.get(poll_id(programme.programme_id, poll.key))
        titles = titles_of(poll, programme)
        choosers = await self._choosers(programme, poll, record) if record else ()
        decision = chosen(
            record,
            poll,
            titles,
            theme=command.theme,
            person_id=command.person_id,
            choosers=(*choosers, programme.coordinator_id),
        )
        assert decision.record is not None
        await self._stores.polls.put(decision.record)
        publish(decision, work)
        return decision.done

    async def show(self, query: ShowPolls) -> PollRows:
        """Return a programme's polls. Raises Rejected: unknown-programme."""
        programme = await self._stores.engine_programmes.get(query.programme_id)
        if programme is None:
            raise Rejected("unknown-programme", "There is no such programme whose template declares polls.")
        records, done = await self._closed(programme)
        rows = [
            _row(poll, titles_of(poll, programme), records.get(poll_id(programme.programme_id, poll.key)), done)
            for poll in programme.template.polls
        ]
        return PollRows(polls=tuple(rows))

    async def own(self, query: ListOwnPolls) -> PollRows:
        """Return the closed polls that are somebody's to settle, also once they are."""
        one = await self._stores.polls.get(query.poll_id) if query.poll_id else None
        programme = await self._stores.engine_programmes.get(one.programme_id if one else query.programme_id)
        if programme is None or not programme.template.polls:
            return PollRows()
        records, done = await self._closed(programme)
        rows = list[PollRow]()
        for poll in programme.template.polls:
            record = records.get(poll_id(programme.programme_id, poll.key))
            if record is None or not record.among or query.poll_id not in {"", record.poll_id}:
                continue
            if query.person_id in await self._choosers(programme, poll, record):
                rows.append(_row(poll, titles_of(poll, programme), record, done))
        return PollRows(polls=tuple(rows))

    async def _closed(self, programme: EngineProgramme) -> tuple[dict[str, PollRecord], dict[str, str]]:
        """The polls of programmes like this that have closed, and when each theme was last chosen."""
        before = await self._stores.polls.of_template(programme.template.key)
        done = {one.theme_title: academic_year(one.year) for one in reversed(before) if one.theme}
        return {one.poll_id: one for one in before}, done

    async def _choosers(self, programme: EngineProgramme, poll: Poll, record: PollRecord) -> tuple[str, ...]:
        """Who settles a poll now: whoever holds the role today; while nobody does, who was asked when it closed."""
        today = programme.local_day(self._clock.now())
        return await self._named(programme, poll, today) or record.chooser_ids

    async def _named(self, programme: EngineProgramme, poll: Poll, on: dt.date) -> tuple[str, ...]:
        named = poll.settled_by
        return await self._contexts.named(programme, (named,), programme_wide(programme), on) if named else ()


def titles_of(poll: Poll, programme: EngineProgramme) -> dict[str, str]:
    """Theme -> words, of what the poll's question offers."""
    form = programme.template.form(poll.form)
    field = form.field(poll.field) if form else None
    return dict(choices(field, programme.template) or {}) if field else {}


def _row(poll: Poll, titles: Mapping[str, str], record: PollRecord | None, done: Mapping[str, str]) -> PollRow:
    if record is None:
        return PollRow(poll=poll.key, title=poll.title, state="open", last_done=dict(done))
    themes = tuple(
        ThemeRow(themes=tuple(titles.get(one, one) for one in keys), number=number) for keys, number in shown(record)
    )
    few = f"Fewer than {spelt(record.least)} people answered, so no numbers are shown."
    merged = f"Themes that fewer than {spelt(record.least)} named stand together."
    known = record.model_dump(include={"closed_on", "answered", "person_id"})
    return PollRow(
        poll=poll.key,
        poll_id=record.poll_id,
        programme_id=record.programme_id,
        title=poll.title,
        state="chosen" if record.theme else "waits",
        themes=themes,
        sentence=few if not themes else merged if any(len(one.themes) > 1 for one in themes) else "",
        among={} if record.theme else {one: titles.get(one, one) for one in record.among},
        chooser_ids=() if record.theme else record.chooser_ids,
        theme=record.theme_title,
        activity=poll.names or "",
        last_done=dict(done),
        **known,
    )
