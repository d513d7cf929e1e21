"""The impact check finds closed days on the calendar in outline, and shows what the whole cohort's board comes to."""

import datetime as dt
import random
from collections import Counter
from typing import Any

import pytest

from benchmarks.scheduling_stored import COHORT
from services.scheduling.domain.calendars.records import AuthorityCalendar, ExamWindow, ExamYear, HolidayYear
from services.scheduling.domain.visits.impact import impact
from services.scheduling.domain.visits.records import VisitRecord
from services.scheduling.handlers.loading import nearby
from services.scheduling.handlers.loading.cohorts import standing
from services.scheduling.handlers.queries import impact as handler
from services.scheduling.handlers.queries.impact import ImpactQueries
from services.scheduling.planner.horizon import frozen_until
from shared.commands.scheduling import ShowCalendarImpact
from shared.events.base import DateSpan
from tests.fakes.memory import Memory
from tests.unit.scheduling.cohorts import LATER, hardly_free, known, remembered, varied
from tests.workers import UNTRACED

pytestmark = UNTRACED

QUERY = ShowCalendarImpact(cohort_id=COHORT)
CHANGED = ("holidays", "exams", "closures", "ruled_out")
MARCH = [dt.date(2027, 3, 1) + dt.timedelta(days=n) for n in range(26)]


@pytest.fixture
def memory():
    return Memory()


@pytest.fixture
async def found(memory):
    return await remembered(varied(), memory, LATER)


def standing_visits():
    return [each for each in varied().published.visits if each.state != "cancelled" and each.visit.on >= LATER.date()]


async def closed_somehow(found, rng):
    """Bank holidays, an authority's lost week, tests of primary schools and closures, and people hardly ever free."""
    known, visits = varied().sources.calendars, standing_visits()
    holidays = {day for day in known.bank_holidays if day.year == 2027} | set(rng.sample(MARCH, rng.choice((0, 1, 2))))
    await found.calendars.put_holidays([HolidayYear(year=2027, source="test", days=tuple(sorted(holidays)))])
    code, first = rng.choice(sorted(known.terms)), rng.choice(visits).visit.on
    week = {first + dt.timedelta(days=n) for n in range(rng.choice((0, 3)))}
    days = tuple(sorted(known.terms[code].days - week))
    await found.calendars.put(AuthorityCalendar(authority_code=code, source="test", days=days))
    start = rng.choice(MARCH)
    window = ExamWindow(first=start, last=start + dt.timedelta(days=rng.choice((0, 2))), phases=("primary",))
    await found.calendars.put_exams([ExamYear(year=2026, source="test", windows=(window,))])
    for record in rng.sample(visits, 40):
        await found.days_off.close(rng.choice([each.school_id for each in record.visit.attendees]), [record.visit.on])
        if rng.random() < 0.8:
            await found.days_off.rule_out(*hardly_free(record, rng))


async def opened_again(found, memory):
    for name in CHANGED:
        memory[name].clear()
    for code, terms in varied().sources.calendars.terms.items():
        days = tuple(sorted(terms.days))
        await found.calendars.put(AuthorityCalendar(authority_code=code, source="test", days=days))


def told(hit):
    """What a row says of a visit."""
    closed = tuple((one.school, one.sentence) for one in hit.closed)
    record = hit.record
    return hit.target_id, record.visit.on, record.state, closed, record.invited, hit.repair, hit.advice


def said(row):
    closed = tuple((one.school_id, one.sentence) for one in row.closed)
    repair = tuple((one.visit_id, one.sentence) for one in row.repair)
    assert (row.closed_in_all, row.people) == (len(closed), len(row.person_ids))
    return row.target_id, row.on, row.state, closed, row.person_ids, repair, row.advice


async def whole_impact(found):
    whole = await standing(found, COHORT, LATER)
    return impact(whole.board(), whole.visits, whole.events, whole.sources.today)


def words(hits):
    """Which tiers, reasons and pieces of advice there are, by words of theirs."""
    text = " ".join([*(one.sentence for hit in hits for one in hit.closed), *(hit.advice for hit in hits)])
    text += " ".join(sentence for hit in hits for _, sentence in hit.repair)
    wanted = (
        "bank holiday", "is closed that day", "authority's term dates", "tests or examinations",
        "No other visit moves", "other visits of the group move", "makes room.", "Another facilitator leads",
        "chose this date", "too near", "No other date keeps", "are not moved",
    )  # fmt: skip
    return {each: text.count(each) for each in wanted}


async def test_the_rows_are_those_of_the_whole_board_on_random_calendars(found, memory):
    rng, seen = random.Random(1), Counter[str]()
    for _ in range(6):
        await closed_somehow(found, rng)
        hits, shown = await whole_impact(found), await ImpactQueries(found).shown(QUERY)
        visits = [hit for hit in hits if isinstance(hit.record, VisitRecord)]
        assert [said(row) for row in shown.rows if row.target_kind == "visit"] == [told(hit) for hit in visits]
        events: dict[str, Any] = {}
        for hit in hits[len(visits) :]:
            events.setdefault(hit.record.event.activity, hit)
        rows = [row for row in shown.rows if row.target_kind == "cohort-event"]
        assert [(row.target_id, row.on) for row in rows] == [(h.target_id, h.record.event.on) for h in events.values()]
        assert [row.closed_in_all for row in rows] == [len(hit.closed) for hit in events.values()]
        assert shown.total == len(shown.rows)
        seen.update(words(hits))
        await opened_again(found, memory)
    assert min(seen.values()) > 0, seen


async def test_a_school_supposed_to_be_closed_counts_as_one_that_is(found):
    record = standing_visits()[60]
    school, day = record.visit.host_school_id, record.visit.on
    span = DateSpan(first=day, last=day)
    supposed = await ImpactQueries(found).shown(QUERY.model_copy(update={"school_id": school, "days": (span,)}))
    await found.days_off.close(school, [day])
    assert supposed == await ImpactQueries(found).shown(QUERY)
    assert record.visit.visit_id in {row.target_id for row in supposed.rows}


async def test_without_a_hit_no_group_is_loaded_and_with_one_few_are(found, monkeypatch):
    loaded, of_groups = [], nearby.of_groups

    async def counted(*given):
        near = await of_groups(*given)
        loaded.append(len(near.sources.groups))
        return near

    monkeypatch.setattr(nearby, "of_groups", counted)
    assert {row.target_kind for row in (await ImpactQueries(found).shown(QUERY)).rows} <= {"cohort-event"}
    assert loaded == []
    record = standing_visits()[60]
    await found.days_off.close(record.visit.host_school_id, [record.visit.on])
    await ImpactQueries(found).shown(QUERY)
    assert 0 < max(loaded) <= 8


async def test_very_many_hits_are_shown_from_the_first_and_counted(found, monkeypatch):
    days = {each.visit.on for each in standing_visits()}
    every = HolidayYear(year=2027, source="test", days=tuple(sorted(day for day in days if day.year == 2027)))
    await found.calendars.put_holidays([every])
    monkeypatch.setattr(handler, "MOST", 40)
    monkeypatch.setattr(handler, "LISTED", 5)
    hits, shown = await whole_impact(found), await ImpactQueries(found).shown(QUERY)
    visits = [hit for hit in hits if isinstance(hit.record, VisitRecord)]
    events = [row for row in shown.rows if row.target_kind == "cohort-event"]
    assert [said(row) for row in shown.rows if row.target_kind == "visit"] == [told(hit) for hit in visits[:40]]
    assert shown.total == len(visits) + len(events)
    assert {(len(row.closed), row.person_ids) for row in events} == {(5, ())}
    schools = {school for group in varied().sources.groups for school in group.school_ids}
    assert events[0].closed_in_all <= len(schools)
    parts = [each for each in varied().published.events if each.event.activity == "closing"]
    (closing,) = [row for row in events if row.target_id in {each.event.event_id for each in parts}]
    assert closing.people == sum(len(each.invited) for each in parts)


async def test_who_is_invited_to_an_event_in_one_part_is_named():
    stores = await remembered(known(), Memory(), LATER)
    events = {each.event.event_id: each for each in known().published.events if each.event.on >= LATER.date()}
    rows = [row for row in (await ImpactQueries(stores).shown(QUERY)).rows if row.target_kind == "cohort-event"]
    assert rows
    for row in rows:
        assert (row.person_ids, row.people) == (events[row.target_id].invited, len(events[row.target_id].invited))


def test_the_cohort_has_visits_that_are_near_and_such_as_are_pinned():
    frozen = frozen_until(LATER.date(), 10, varied().sources.calendars.bank_holidays)
    assert sum(each.visit.on <= frozen for each in standing_visits()) > 5
    assert sum(each.pinned for each in standing_visits()) > 20
