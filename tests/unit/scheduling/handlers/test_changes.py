"""People, schools and calendars change; visits follow by the least change, and only those affected are told."""

import datetime as dt
import json

import pytest

from services.scheduling.planner.wording import in_words
from services.scheduling.settings import SchedulingSettings
from shared.commands.scheduling import (
    CancelVisit,
    CloseSchoolDays,
    DraftCalendar,
    ImportCalendar,
    MoveVisit,
    PublishVisits,
    ShowCalendarImpact,
    ShowVisit,
)
from shared.errors import Rejected
from shared.events.base import DateSpan
from shared.events.matching import GroupChanged
from shared.events.programmes import PersonErased, PersonReplaced, SchoolWithdrawn
from shared.events.scheduling import (
    CohortEventChanged,
    CoordinatorAsked,
    VisitCancelled,
    VisitChanged,
    VisitMoved,
    VisitScheduled,
)
from tests.unit.scheduling import facts

FOLDER = SchedulingSettings().calendar_folder / "term-dates"


def replaced(**changes):
    told = {
        "version": 2,
        "programme_id": facts.PROGRAMME,
        "enrolment_id": "enr-sch-0",
        "school_id": "sch-0",
        "role": "senior-leader",
        "person_id": facts.person("sch-0", "senior-leader"),
        "replaced_by": "per-new",
    }
    return PersonReplaced.model_validate({**told, **changes})


async def test_a_new_senior_leader_is_invited_to_the_groups_visits_and_nobody_elses(published):
    await published.tell(replaced())
    changed = await published.until(VisitChanged, 3)
    await published.settled()
    assert {event.group_id for event in published.of(VisitChanged)} == {"grp-1"}
    assert {(event.joined, event.left, event.sequence, event.why) for event in changed} == {
        (("per-new",), (facts.person("sch-0", "senior-leader"),), 1, "person-replaced")
    }
    assert len(published.of(CohortEventChanged)) == 3


async def test_a_visit_on_a_day_that_the_new_person_cannot_moves(published):
    visit = (await published.visits(group_id="grp-1"))[0].visit
    await published.tell(replaced(dates_not_possible=(DateSpan(first=visit.on, last=visit.on),)))
    (moved,) = await published.until(VisitMoved)
    assert (moved.visit_id, moved.moved_from, moved.sequence) == (visit.visit_id, visit.on, 2)


async def test_a_school_that_withdraws_hosts_nobody_and_the_others_go_on(published):
    gone = SchoolWithdrawn(version=2, programme_id=facts.PROGRAMME, enrolment_id="enr-sch-0", school_id="sch-0")
    await published.tell(gone)
    (cancelled,) = await published.until(VisitCancelled)
    assert (cancelled.host_school_id, cancelled.why) == ("sch-0", "withdrawal")
    changed = await published.until(VisitChanged, 2)
    assert {len(event.attendees) for event in changed} == {4}
    await published.tell(
        GroupChanged(
            version=2,
            group_id="grp-1",
            cohort_id=facts.COHORT,
            programme_id=facts.PROGRAMME,
            school_ids=("sch-1", "sch-2"),
            left=("sch-0",),
            needs_coordinator=True,
        )
    )
    (asked,) = await published.until(CoordinatorAsked)
    assert (asked.question, asked.target_id) == ("group-too-small", "grp-1")
    await published.settled()
    assert (len(published.of(VisitCancelled)), len(published.of(VisitChanged))) == (1, 2)


async def test_a_closure_moves_the_visits_on_it(published):
    visit = (await published.visits())[0].visit
    days = (DateSpan(first=visit.on, last=visit.on),)
    done = await published.client.ask(CloseSchoolDays(school_id=visit.host_school_id, days=days, kind="closure"))
    (moved,) = await published.until(VisitMoved)
    assert (moved.visit_id, moved.why, moved.asked_by) == (visit.visit_id, "closure", None)
    assert done.sentence.startswith("1 days noted. Moves from")


async def test_closed_days_that_are_all_over_are_refused_and_some_are_warned_of(published):
    host = (await published.visits())[0].visit.host_school_id
    over, later = dt.date(2026, 9, 30), dt.date(2026, 10, 6)
    with pytest.raises(Rejected) as refused:
        await published.client.ask(CloseSchoolDays(school_id=host, days=(DateSpan(first=over, last=over),)))
    assert (refused.value.rule, refused.value.sentence) == (
        "date-passed", "Wednesday 30 September 2026 has passed; name days from Thursday 1 October 2026 on.",
    )  # fmt: skip
    assert await published.stores.days_off.closures([host]) == {}
    done = await published.client.ask(CloseSchoolDays(school_id=host, days=(DateSpan(first=over, last=later),)))
    assert done.sentence == (
        "7 days noted. 1 of them have passed and change nothing, Wednesday 30 September 2026 first. "
        "No published visit clashes."
    )


async def test_the_impact_of_a_closure_is_seen_before_anybody_is_told(published):
    visit = (await published.visits())[0].visit
    days = (DateSpan(first=visit.on, last=visit.on),)
    query = ShowCalendarImpact(cohort_id=facts.COHORT, school_id=visit.host_school_id, days=days)
    (row,) = (await published.client.find(query)).rows
    assert (row.target_id, row.target_kind, row.on, row.state) == (visit.visit_id, "visit", visit.on, "published")
    assert [(one.school_id, one.sentence) for one in row.closed] == [(visit.host_school_id, "is closed that day")]
    assert set(row.person_ids) == {one.person_id for one in visit.attendees} | {visit.facilitator_id}
    assert [one.visit_id for one in row.repair] == [visit.visit_id]
    assert (await published.client.find(ShowCalendarImpact(cohort_id=facts.COHORT))).rows == ()
    await published.settled()
    assert published.of(VisitMoved) == []


async def upload(world, days, name="terms.json"):
    content = json.dumps({"school": "Sheffield", "academic_years": [{"dates": [{"date": str(day)} for day in days]}]})
    return await world.client.upload(content.encode(), name)


async def test_imported_term_dates_list_the_visits_that_clash_and_the_draft_proposes_the_repair(published):
    visits = [each.visit for each in await published.visits()]
    visit = visits[2]
    clashing = {each.visit_id for each in visits if each.on == visit.on}
    school_days = json.loads((FOLDER / "sheffield.json").read_text(encoding="utf-8"))["all_schooldays"]
    key = await upload(published, [day for day in school_days if day != str(visit.on)])
    done = await published.client.ask(ImportCalendar(upload=key, filename="terms.json", authority_code="373"))
    host = f"School {visit.host_school_id.removeprefix('sch-')}"
    assert f"{len(clashing)} published visits clash: " in done.sentence
    assert f"{host} on {in_words(visit.on)}" in done.sentence
    asked = await published.until(CoordinatorAsked, len(clashing))
    assert {(each.question, each.target_id) for each in asked} == {("calendar-clash", one) for one in clashing}
    drafted = await published.client.ask(DraftCalendar(cohort_id=facts.COHORT))
    assert f"{len(clashing)} changes proposed" in drafted.sentence
    calendar = await published.calendar()
    assert {difference.visit_id for difference in calendar.differences} == clashing
    assert "because the term dates have changed. No other visit moves." in calendar.differences[0].sentence
    assert published.of(VisitMoved) == []
    await published.client.ask(PublishVisits(cohort_id=facts.COHORT, revision=calendar.revision))
    moved = await published.until(VisitMoved, len(clashing))
    assert {(each.visit_id, each.why) for each in moved} == {(one, "calendar-change") for one in clashing}


@pytest.mark.parametrize("name", ["sheffield.ics", "sheffield-holidays.ics", "sheffield.json"])
async def test_sheffields_own_files_change_nothing(published, name):
    key = await published.client.upload((FOLDER / name).read_bytes(), name)
    done = await published.client.ask(ImportCalendar(upload=key, filename=name, authority_code="373"))
    assert done.sentence.endswith("No published visit clashes.")
    assert done.sentence.startswith("58")
    assert "usually" not in done.sentence


async def test_a_file_of_one_term_is_taken_in_and_its_school_year_named(world):
    days = json.loads((FOLDER / "sheffield.json").read_text(encoding="utf-8"))["all_schooldays"]
    autumn = [day for day in days if "2026-09" <= day < "2027"]
    key = await upload(world, autumn)
    done = await world.client.ask(
        ImportCalendar(upload=key, filename="terms.json", authority_code="373", accept_unusual=True)
    )
    assert f"but 2026/27 has {len(autumn)}: see whether the file leaves dates out. No published" in done.sentence


@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe", b"{}", b"BEGIN:VCALENDAR\nEND:VCALENDAR", b"[1,2]"])
async def test_a_file_that_holds_no_term_dates_is_refused(world, content):
    key = await world.client.upload(content or b" ", "terms.json")
    with pytest.raises(Rejected, match="calendar-file"):
        await world.client.ask(ImportCalendar(upload=key, filename="terms.json", authority_code="373"))


async def test_a_file_with_a_bad_date_is_refused_by_its_entries_and_nothing_of_it_is_stored(world):
    key = await upload(world, ["2026-09-01", "2027-02-30", "2026-09-02", "soon"])
    with pytest.raises(Rejected) as refused:
        await world.client.ask(ImportCalendar(upload=key, filename="terms.json", authority_code="373"))
    assert "entry 2: '2027-02-30'" in refused.value.sentence
    assert "entry 4: 'soon'" in refused.value.sentence
    assert "373" not in world.memory["terms"]


async def test_an_erased_persons_dates_are_dropped(published):
    person = facts.person("sch-0", "headteacher")
    store = published.stores.days_off
    await store.rule_out(person, [dt.date(2027, 1, 1)])
    await published.tell(PersonErased(version=1, person_id=person, erased_on=dt.date(2026, 10, 1)))
    assert await store.ruled_out([person]) == {}


async def test_what_a_coordinator_writes_about_a_cancelled_visit_is_kept_and_not_told(published):
    visit = (await published.visits())[0].visit
    await published.client.ask(CancelVisit(visit_id=visit.visit_id, why="Ada Okafor is ill"))
    (cancelled,) = await published.until(VisitCancelled)
    assert cancelled.why == "coordinator"
    detail = await published.client.find(ShowVisit(visit_id=visit.visit_id))
    assert detail.history[-1] == "Cancelled: Ada Okafor is ill"


async def test_after_a_cancelled_visit_the_group_goes_on_and_the_visit_is_not_drafted_again(published):
    first, second, _ = [each.visit for each in await published.visits(group_id="grp-1")]
    await published.client.ask(CancelVisit(visit_id=first.visit_id, why="Building work"))
    drafted = await published.client.ask(DraftCalendar(cohort_id=facts.COHORT))
    assert drafted.sentence == "Revision 2: 0 new visits, 0 changes proposed, 0 groups without dates."
    await published.client.ask(PublishVisits(cohort_id=facts.COHORT, revision=2))
    moved = await published.client.ask(MoveVisit(visit_id=second.visit_id, on=first.on))
    assert moved.sentence.startswith("The visit is on")


async def test_a_school_that_joins_gets_a_visit_and_comes_to_the_others(published):
    newcomer = facts.enrolled("sch-7")
    await published.tell(
        newcomer,
        GroupChanged(
            version=2,
            group_id="grp-1",
            cohort_id=facts.COHORT,
            programme_id=facts.PROGRAMME,
            school_ids=(*facts.GROUPS["grp-1"], "sch-7"),
            joined=("sch-7",),
        ),
    )
    changed = await published.until(VisitChanged, 3)
    assert {len(event.attendees) for event in changed} == {8}
    drafted = await published.client.ask(DraftCalendar(cohort_id=facts.COHORT))
    assert drafted.sentence == "Revision 2: 1 new visits, 0 changes proposed, 0 groups without dates."
    await published.client.ask(PublishVisits(cohort_id=facts.COHORT, revision=2))
    scheduled = await published.until(VisitScheduled, 7)
    assert scheduled[-1].host_school_id == "sch-7"
    assert len(scheduled[-1].attendees) == 8


async def test_history_tells_what_became_of_a_visit(published):
    visit = (await published.visits())[0].visit
    days = (DateSpan(first=visit.on, last=visit.on),)
    await published.client.ask(CloseSchoolDays(school_id=visit.host_school_id, days=days))
    detail = await published.client.find(ShowVisit(visit_id=visit.visit_id))
    assert len(detail.history) == 1
    assert "because a school is closed" in detail.history[0]
