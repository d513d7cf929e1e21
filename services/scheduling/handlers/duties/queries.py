"""What people see of duties: lists, their own week, sums."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from services.scheduling.domain.agreed.records import EngineProgramme, HostSchool
from services.scheduling.domain.calendars.term_dates import school_year
from services.scheduling.domain.dates.duties import Cadence
from services.scheduling.domain.duties.records import TRUST, Duty, PersonWeek, Standing, monday
from services.scheduling.domain.duties.summing import Key, Reader, Span, Ticks, led_by, paged, standings, summed
from services.scheduling.domain.duties.ticking import theirs
from services.scheduling.domain.duties.weeks import paused, school_week
from services.scheduling.domain.ids import duty_week_id
from services.scheduling.handlers.duties.commands import programme_of
from services.scheduling.handlers.duties.loading import school_years, without_calendar
from services.scheduling.handlers.duties.whereabouts import Whereabouts, days_between
from services.scheduling.ports.stores import Stores
from shared.commands import duties as asks
from shared.errors import Rejected
from shared.template.resolving import Needed, roles_named

__all__ = ["DutyQueries"]

UNKNOWN = Rejected("unknown-week", "There is no such week of duties. `kindred duties list` shows whose they are.")


class DutyQueries:
    """One method a query."""

    def __init__(self, stores: Stores, now: Callable[[], dt.datetime]) -> None:
        self._stores, self._now = stores, now

    async def list(self, query: asks.ListDuties) -> asks.DutyRows:
        """A page of duties."""
        programme = await programme_of(self._stores, query.programme_id)
        today = programme.today(self._now())
        last = programme.year + programme.template.clock.years - 1
        current = min(max(school_year(today), programme.year), last)
        year = current if query.year is None else query.year
        every = await self._stores.duties.of_programme(
            query.programme_id, year, school_id=query.school_id,
            person_id=query.person_id, activity=query.activity, without_day=query.without_day,
        )  # fmt: skip
        page = every[query.offset : query.offset + query.limit]
        ticks = await self._stores.duties.ticked([one.duty_id for one in page])
        schools = await self._stores.engine.all_schools(programme.programme_id)
        names, where = {one.school_id: one.name for one in schools}, await self._where(page)
        here = [one for one in schools if query.school_id in {"", one.school_id}]
        missing = [
            asks.MissingCalendar(authority_code=code, year=year, schools=tuple(one.name for one in found))
            for code, found in (await without_calendar(self._stores, here, year)).items()
        ]
        rows = tuple(_row(one, programme, ticks, names, today) for one in page)
        return asks.DutyRows(total=len(every), duties=tuple(map(where, rows, page)), missing=tuple(missing))

    async def _where(self, page: Sequence[Duty]) -> Callable[[asks.DutyRow, Duty], asks.DutyRow]:
        """What adds to a row who is where on the days that could not be."""
        found = [one for one in page if one.gaps or one.instead_of]
        days = {day for one in found for gap in one.gaps for day in (gap.first, gap.last)}
        days |= {usual for one in found for usual in one.instead_of.values()}
        people = {person for one in found for person in one.people}
        known = await Whereabouts.on(self._stores, people, days, self._now())

        def told(row: asks.DutyRow, duty: Duty) -> asks.DutyRow:
            gaps = [
                gap.model_copy(update={"who": known.of(duty, days_between(gap.first, gap.last))}) for gap in row.gaps
            ]
            usual = duty.instead_of
            moved = [
                one.model_copy(update={"who": known.of(duty, [usual[one.on]])}) if one.on in usual else one
                for one in row.moved
            ]
            return row.model_copy(update={"gaps": tuple(gaps), "moved": tuple(moved)})

        return told

    async def week(self, query: asks.ShowDutyWeek) -> asks.DutyWeek:
        """Somebody's duties of one week, and what was said of them."""
        if query.week_id:
            known = await self._stores.duties.week(query.week_id)
            if known is None:
                raise UNKNOWN
            return await self._week(known.programme_id, known.person_id, known.monday, known)
        if not (query.programme_id and query.person_id and query.week):
            raise UNKNOWN
        week = monday(query.week)
        known = await self._stores.duties.week(duty_week_id(query.programme_id, query.person_id, week.isoformat()))
        return await self._week(query.programme_id, query.person_id, week, known)

    async def _week(self, programme_id: str, person_id: str, week: dt.date, known: PersonWeek | None) -> asks.DutyWeek:
        programme = await programme_of(self._stores, programme_id)
        every = await self._stores.duties.of_programme(programme_id, school_year(week), person_id=person_id)
        own = theirs(every, person_id, week, [day for day in school_week(week) if paused(day, programme.pauses)])
        wanted = [one for one in every if one.duty_id in {*own.days, *own.as_needed}]
        ticks = await self._stores.duties.ticked([one.duty_id for one in wanted], [week])
        names = await self._names(programme)
        rows = []
        for one in wanted:
            said, days = ticks.get((one.duty_id, week)), own.days.get(one.duty_id, ())
            rows.append(
                asks.WeekDuty(
                    duty_id=one.duty_id,
                    title=_title(programme, one.activity),
                    strand=_strand(programme, one.strand),
                    school=names.get(one.school_id, ""),
                    person_ids=one.people_on(days[-1] if days else week),
                    days=days,
                    done=said.done if said else (),
                    not_done=said.not_done if said else (),
                )
            )
        return asks.DutyWeek(
            week_id=duty_week_id(programme_id, person_id, week.isoformat()),
            programme_id=programme_id,
            person_id=person_id,
            monday=week,
            last=school_week(week)[-1],
            can=known is not None,
            ticked=bool(known and known.ticked),
            duties=tuple(rows),
        )

    async def sum(self, query: asks.SumDuties) -> asks.DutySums:
        """How duties stand, as far as the reader may see it."""
        programme = await programme_of(self._stores, query.programme_id)
        today = programme.today(self._now())
        last = query.last or today
        first = query.first or dt.date(programme.year, 8, 1)
        if query.term:
            first = await self._term(programme, last) or first
        every: list[Duty] = []
        for year in range(school_year(first), school_year(last) + 1):
            every += await self._stores.duties.of_programme(query.programme_id, year, school_id=query.school_id)
        if query.concerning:
            every = [one for one in every if not {one.school_id, *one.people}.isdisjoint(query.concerning)]
        ticks = await self._stores.duties.ticked([one.duty_id for one in every])
        reader = await self._reader(programme, query.reader_id, today)
        span = Span(first=first, last=last, today=today, pauses=programme.pauses)
        found = summed(every, ticks, span, reader, by_strand=query.by_strand)
        page, schools, of_all = paged(found, query.limit, query.offset)
        shown = page if query.limit else found
        names = await self._stores.engine.schools(programme.programme_id, {key.school_id for key, _ in shown})
        return asks.DutySums(
            scope=reader.scope,
            first=first,
            last=last,
            sums=tuple(_sum(key, counts, programme, names) for key, counts in shown),
            schools=schools,
            of_all=asks.DutySum(**_counted(of_all)),
        )

    async def _term(self, programme: EngineProgramme, day: dt.date) -> dt.date | None:
        """The first day of the term of a day, or of the last that has begun."""
        every = await self._stores.engine.all_schools(programme.programme_id)
        years = await school_years(self._stores, (), every, school_year(day))
        if TRUST not in years:
            return None
        begun = [one.first for one in years[TRUST].terms.periods(Cadence.TERMLY) if one.first <= day]
        return max(begun, default=None)

    async def _reader(self, programme: EngineProgramme, reader_id: str, today: dt.date) -> Reader:
        if reader_id in {"", programme.coordinator_id}:
            return Reader(person_id=reader_id, runs=True)
        template = programme.template
        named = [who for task in template.tasks if task.missed for who in task.missed.counts]
        mine = await self._stores.roster.of_person(programme.programme_id, reader_id)
        holding = {one.role for one in mine if one.holds_on(today)}
        led = await self._led(programme, reader_id)
        counts = bool(holding.intersection(roles_named(named, template)))
        return Reader(person_id=reader_id, leads=led, counts=counts)

    async def _led(self, programme: EngineProgramme, person_id: str) -> frozenset[str]:
        """Everybody whom somebody leads, near or far."""
        if not programme.template.relations:
            return frozenset()
        schools = [one.school_id for one in await self._stores.engine.all_schools(programme.programme_id)]
        members = await self._stores.roster.members(programme.programme_id, Needed(school_ids=frozenset(schools)))
        people = {one.person_id for one in members}
        relations = await self._stores.roster.standing_among(programme.programme_id, people)
        upward = {one.key for one in programme.template.relations if one.upward}
        standing = [
            (one.to_person, one.from_person) if one.relation in upward else (one.from_person, one.to_person)
            for one in relations
            if not one.ended
        ]
        return led_by(person_id, standing)

    async def _names(self, programme: EngineProgramme) -> Mapping[str, str]:
        return {one.school_id: one.name for one in await self._stores.engine.all_schools(programme.programme_id)}


def _sum(
    key: Key, counts: Counter[Standing], programme: EngineProgramme, names: Mapping[str, HostSchool]
) -> asks.DutySum:
    return asks.DutySum(
        school_id=key.school_id,
        school=names[key.school_id].name if key.school_id in names else "",
        strand=_strand(programme, key.strand),
        activity=_title(programme, key.activity) if key.activity else "",
        person_id=key.person_id,
        **_counted(counts),
    )


def _counted(counts: Counter[Standing]) -> dict[str, int]:
    due = sum(count for how, count in counts.items() if how not in {"excused", "to-come"})
    return {"due": due, **{how: counts[how] for how in ("done", "missed", "excused", "open")}}


def _row(one: Duty, programme: EngineProgramme, ticks: Ticks, names: Mapping[str, str], today: dt.date) -> asks.DutyRow:
    span = Span(first=dt.date.min, last=dt.date.max, today=today, pauses=programme.pauses)
    year = [how for _, _, how in standings([one], ticks, span)]
    rhythm = max(
        (each for each in one.rhythms if each.since <= today), key=lambda each: each.since, default=one.rhythms[0]
    )
    return asks.DutyRow(
        duty_id=one.duty_id,
        activity=one.activity,
        title=_title(programme, one.activity),
        strand=_strand(programme, one.strand),
        school_id=one.school_id,
        school=names.get(one.school_id, ""),
        person_ids=one.people_on(today),
        cadence=rhythm.cadence,
        case=rhythm.case,
        since=rhythm.since,
        decided_by=rhythm.decided_by,
        why=rhythm.why,
        days=len(one.days),
        done=year.count("done"),
        missed=year.count("missed"),
        excused=year.count("excused"),
        following=next((day for day in one.days if day >= today), None),
        moved=tuple(asks.MovedDay(on=day, why=why) for day, why in one.moved.items()),
        called_off=tuple(asks.MovedDay(on=on, why=why) for on, why in one.called_off.items()),
        gaps=tuple(asks.DutyGap(**gap.model_dump()) for gap in one.gaps),
        ended=one.ended,
    )


def _title(programme: EngineProgramme, activity: str) -> str:
    found = programme.template.activity(activity)
    return found.title if found else activity


def _strand(programme: EngineProgramme, key: str) -> str:
    return next((one.title for one in programme.template.entries("strands") if one.key == key), "")
