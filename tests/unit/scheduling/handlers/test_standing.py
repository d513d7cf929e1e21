"""A programme stands still: what is to come is cancelled under its UID. It goes on: its calendar is dated anew."""

import datetime as dt

from services.scheduling.domain import ids
from shared.commands.scheduling import DraftCalendar
from shared.events import scheduling_parts as parts
from shared.events.programme_states import ProgrammePostponed, ProgrammeResumed
from shared.template.pauses import Pause
from tests.unit.scheduling import facts
from tests.unit.scheduling.handlers.test_templates import dated, opened

__all__ = ["dated"]
FIRST, LAST = dt.date(2026, 10, 1), dt.date(2026, 11, 12)
PAUSE = Pause(first=FIRST, last=LAST)


def postponed(version=2):
    return ProgrammePostponed(
        version=version, programme_id=facts.PROGRAMME, state="postponed", on=FIRST, pauses=(Pause(first=FIRST),)
    )


def resumed(version=3):
    told = {"programme_id": facts.PROGRAMME, "state": "running", "on": LAST, "pauses": (PAUSE,), "postponed_on": FIRST}
    return ProgrammeResumed(version=version, **told)


async def test_every_date_to_come_is_cancelled_under_its_uid(dated):
    visits, events = dated.of(parts.VisitScheduled), dated.of(parts.CohortEventScheduled)
    await dated.tell(postponed(), postponed())

    gone = {one.visit_id: one for one in dated.of(parts.VisitCancelled)}
    assert gone.keys() == {one.visit_id for one in visits}
    assert len(dated.of(parts.VisitCancelled)) == len(visits) >= 3
    assert {(one.why, one.sequence) for one in gone.values()} == {("postponement", 1)}
    (event,) = dated.of(parts.CohortEventCancelled)
    assert (event.event_id, event.why) == (events[0].event_id, "postponement")


async def test_the_calendar_is_dated_anew_and_counts_are_as_before(dated):
    before = dated.of(parts.VisitScheduled)
    await dated.tell(postponed())
    await dated.to(dt.datetime(2026, 11, 12, 9, tzinfo=dt.UTC))
    await dated.tell(resumed())
    cohort = before[0].cohort_id
    await dated.client.ask(DraftCalendar(cohort_id=cohort))
    await dated.publish()

    after = dated.of(parts.VisitScheduled)[len(before) :]
    assert len(after) == len(before)
    assert {one.host_school_id for one in after} == {one.host_school_id for one in before}
    assert not {one.visit_id for one in after} & {one.visit_id for one in before}
    assert min(one.on for one in after) >= PAUSE.after(dt.date(2026, 11, 16))
    (_, feast) = dated.of(parts.CohortEventScheduled)
    assert feast.on >= PAUSE.after(dt.date(2027, 6, 7))


async def test_a_newer_template_keeps_what_the_pause_has_moved(dated):
    await dated.tell(postponed(), resumed())
    moved = (await dated.stores.programmes.programme(facts.PROGRAMME)).terms.visit
    again = opened().model_copy(update={"version": 4, "pauses": (PAUSE,), "state": "running"})
    await dated.tell(again, opened())

    found = await dated.stores.programmes.programme(facts.PROGRAMME)
    assert (found.version, found.terms.visit) == (4, moved)
    assert found.terms.visit.first == PAUSE.after(dt.date(2026, 11, 16))


def test_ids_of_before_stay_as_they_were():
    assert ids.visit_id("grp-1", "sch-1") == ids.visit_id("grp-1", "sch-1", again=0)
    assert ids.visit_id("grp-1", "sch-1") != ids.visit_id("grp-1", "sch-1", again=1)
    assert ids.event_id("coh-1", "day") == ids.event_id("coh-1", "day", again=0)
    assert ids.event_id("coh-1", "day") != ids.event_id("coh-1", "day", again=1)
