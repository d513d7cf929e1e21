"""From the template and what is known to the problem that is planned."""

import datetime as dt
import json
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from services.programmes.domain.templates.reader import read_template
from services.scheduling.domain.calendars.files import days_in
from services.scheduling.domain.visits import drafts
from services.scheduling.domain.visits.drafts import draft
from services.scheduling.domain.visits.problem import Sources, passed_events, planning_rules, problem_of, standing_rules
from services.scheduling.domain.visits.records import (
    CohortRecord,
    EnrolmentRecord,
    FacilitatorRecord,
    GroupRecord,
    PersonRecord,
    ProgrammeRecord,
)
from services.scheduling.domain.visits.standing import standing_board, violations
from services.scheduling.domain.visits.terms import terms_of
from services.scheduling.planner.cohort_events import choose_events
from services.scheduling.planner.diaries import Diaries
from services.scheduling.planner.model import Rule
from services.scheduling.planner.plan import plan
from services.scheduling.planner.proofs import blocking
from services.scheduling.settings import SchedulingSettings
from services.scheduling.store.shipped import shipped_calendars
from shared.errors import Rejected
from shared.events.base import DateSpan
from shared.events.scheduling import Clash
from shared.template.reading import read_template as read_own
from tests.unit.scheduling.cases import DATA

TEMPLATE = read_template(
    (Path(__file__).parents[3] / "released" / "peer-visits.yaml").read_text(encoding="utf-8"),
    "peer-visits.yaml",
)
FOLDER = Path(__file__).parents[4] / "services" / "programmes" / "templates"
CALENDARS = shipped_calendars(SchedulingSettings().calendar_folder, "england-and-wales")
SCHOOLS = ("s1", "s2", "s3")
MAY = DateSpan(first=dt.date(2027, 5, 1), last=dt.date(2027, 5, 31))


def enrolment(school, authority="373", **more):
    people = tuple(
        PersonRecord(person_id=f"{school}-{role}", role=role, dates_not_possible=(MAY,) if school == "s1" else ())
        for role in ("headteacher", "senior-leader", "cpd-lead")
    )
    return EnrolmentRecord(
        enrolment_id=f"e-{school}",
        programme_id="p",
        school_id=school,
        authority_code=authority,
        authority={"373": "Sheffield"}.get(authority, "Elsewhere"),
        phase="primary",
        people=people,
        version=1,
        **more,
    )


def sources(today=dt.date(2026, 10, 1), year=2026, authority="373", **more):
    return Sources(
        programme=ProgrammeRecord(programme_id="p", year=year, coordinator_id="c", terms=terms_of(TEMPLATE, year)),
        cohort=CohortRecord(cohort_id="c", programme_id="p", groups=1),
        groups=(GroupRecord(group_id="g", cohort_id="c", programme_id="p", school_ids=SCHOOLS),),
        enrolments={school: enrolment(school, authority) for school in SCHOOLS},
        facilitators=(FacilitatorRecord(appointment_id="a", programme_id="p", person_id="f"),),
        calendars=CALENDARS,
        today=today,
        **more,
    )


def test_the_template_says_which_event_comes_first_and_last():
    rules = planning_rules(sources())
    assert {rule.key: rule.order for rule in rules.events} == {
        "launch": "launch",
        "mid-year": "between",
        "closing": "closing",
    }
    assert (rules.first, rules.last) == (dt.date(2026, 11, 16), dt.date(2027, 5, 28))


def test_where_there_are_no_visits_events_alone_get_dates():
    written = (FOLDER / "peer-visits.yaml").read_text(encoding="utf-8")
    whole, known = read_own(written, "peer-visits.yaml"), sources()
    events = whole.model_copy(update={"activities": [one for one in whole.activities if one.kind != "visit"]})
    terms = terms_of(events, 2026)
    found = draft(replace(known, programme=known.programme.model_copy(update={"terms": terms})), (), ())
    assert terms.pair == ("headteacher", "senior-leader")
    assert (found.visits, found.unplaced, found.blocking) == ((), (), ())
    assert {part.event.activity for part in found.events} == {"launch", "mid-year", "closing"}


def test_events_keep_off_visits_that_stay_the_launch_before_and_the_closing_after_them():
    diaries = Diaries(problem_of(sources()))
    free = {event.key: event.on for event in choose_events(diaries)}
    day = dt.timedelta(days=1)
    around = choose_events(diaries, {}, [free["mid-year"], free["closing"]])
    after = {event.key: event.on for event in around}
    assert (after["launch"], after["mid-year"] != free["mid-year"]) == (free["launch"], True)
    assert after["closing"] > free["closing"]
    early = choose_events(diaries, {}, [free["launch"]])
    assert all(event.on < free["launch"] for event in early if event.key == "launch")
    fixed = choose_events(diaries, {"launch": free["launch"] - 3 * day}, ())
    assert {event.key: event.on for event in fixed}["launch"] == free["launch"] - 3 * day


def test_nothing_is_planned_inside_the_notice_period():
    rules = planning_rules(sources(today=dt.date(2026, 11, 18)))
    assert rules.first == dt.date(2026, 12, 3)
    assert passed_events(sources(today=dt.date(2026, 11, 18))) == ("launch",)


def test_a_passed_event_is_named_and_the_rest_is_planned():
    found = draft(sources(today=dt.date(2026, 11, 18)), (), ())
    assert [record.event.activity for record in found.events] == ["mid-year", "closing"]
    assert [(clash.rule, clash.sentence) for clash in found.blocking] == [
        ("event-window", "The time for 'Launch event' has passed; it has no date.")
    ]
    assert len(found.visits) == 3


def test_only_the_pair_must_come_and_the_cpd_lead_is_not_asked():
    problem = problem_of(sources())
    assert problem.groups[0].pairs["s2"] == ("s2-headteacher", "s2-senior-leader")


def test_dates_come_from_enrolment_answers_and_other_cohorts():
    days = [dt.date(2027, 1, day) for day in (7, 14, 21)]
    problem = problem_of(
        sources(ruled_out={"s2-headteacher": [days[0]]}, engaged={"f": [days[1]]}, closures={"s3": [days[2]]})
    )
    assert problem.people["s2-headteacher"].impossible == {days[0]}
    assert problem.facilitators["f"].impossible == {days[1]}
    assert problem.schools["s3"].closed == {days[2]}
    assert len(problem.people["s1-headteacher"].impossible) == 31


def test_other_authorities_follow_the_default_and_the_calendar_says_so():
    found = draft(sources(authority="999"), (), ())
    assert found.calendars == ("Elsewhere: plausible default",)
    assert len(found.visits) == 3


def test_a_year_without_term_dates_has_no_calendar_and_says_why():
    found = draft(sources(year=2035, today=dt.date(2035, 9, 3)), (), ())
    assert (found.visits, found.unplaced, found.blocking[0].rule) == ((), ("g",), "term-dates")


def test_the_draft_passes_the_checker_and_a_spoilt_one_does_not():
    known = sources()
    found = draft(known, (), ())
    assert violations(known, found.visits, found.events, ()) == []
    spoilt = found.visits[0].model_copy(
        update={"visit": found.visits[0].visit.model_copy(update={"on": dt.date(2027, 5, 13)})}
    )
    rules = {each.rule for each in violations(known, (spoilt, *found.visits[1:]), found.events, ())}
    assert {Rule.PERSON_DATES, Rule.EXAM_WINDOW} <= rules
    overruled = spoilt.model_copy(update={"although": ("person-dates", "exam-window", "spacing")})
    assert violations(known, (overruled, *found.visits[1:]), found.events, ()) == []


def cancelled(events, *activities):
    return [
        each.model_copy(update={"state": "cancelled"}) if each.event.activity in activities else each for each in events
    ]


def test_a_cancelled_event_keeps_no_visit_off_its_day():
    known = sources()
    found = draft(known, (), ())
    days = {each.event.activity: each.event.on for each in found.events}
    on = days["mid-year"]
    visit = min(found.visits, key=lambda each: abs(each.visit.on - on))
    moved = visit.model_copy(update={"visit": visit.visit.model_copy(update={"on": on})})
    visits = [moved if each is visit else each for each in found.visits]
    assert Rule.PERSON_DAY in {each.rule for each in violations(known, visits, found.events, ())}
    assert violations(known, visits, cancelled(found.events, "mid-year"), ()) == []
    board, without = (standing_board(known, found.visits, e) for e in (found.events, cancelled(found.events, *days)))
    freed = without.diaries.horizon.dates(
        without.days & ~without.diaries.horizon.mask(board.diaries.horizon.dates(board.days))
    )
    assert on in set(freed)


@pytest.mark.parametrize(
    ("gone", "dated"), [(("mid-year",), ["launch", "closing"]), (("launch", "mid-year", "closing"), [])]
)
def test_a_new_draft_dates_no_event_that_was_cancelled(gone, dated):
    known = sources()
    first = draft(known, (), ())
    again = draft(known, first.visits, cancelled(first.events, *gone))
    assert [each.event.activity for each in again.events] == dated
    assert (again.blocking, len(again.visits)) == ((), 3)


def test_a_cancelled_event_whose_time_has_passed_is_not_said_to_lack_a_date():
    first = draft(sources(), (), ())
    late = draft(sources(today=dt.date(2026, 11, 18)), (), cancelled(first.events, "launch"))
    assert late.blocking == ()


def test_a_standing_calendar_is_judged_by_the_whole_windows():
    rules = standing_rules(sources(today=dt.date(2027, 4, 1)), ["launch"])
    assert (rules.first, [rule.key for rule in rules.events]) == (dt.date(2026, 11, 16), ["launch"])


@pytest.mark.parametrize("name", ["sheffield.json", "sheffield.ics"])
def test_json_and_ics_of_one_authority_hold_the_same_days(name):
    stored = json.loads((DATA / "term-dates" / "sheffield.json").read_text(encoding="utf-8"))["all_schooldays"]
    days = days_in((DATA / "term-dates" / name).read_bytes(), name)
    assert [str(day) for day in days] == stored


def test_an_ics_of_holidays_is_turned_round():
    stored = json.loads((DATA / "term-dates" / "sheffield.json").read_text(encoding="utf-8"))["all_schooldays"]
    content = (DATA / "term-dates" / "sheffield-holidays.ics").read_bytes()
    assert [str(day) for day in days_in(content, "holidays.ics")] == stored


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"  ",
        b"\x00\x01",
        b"{}",
        b'{"academic_years": []}',
        b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        b"[" * 100_000,
    ],
)
def test_what_is_no_calendar_is_refused_in_a_sentence(content):
    with pytest.raises(Rejected) as refusal:
        days_in(content, "file.json")
    assert refusal.value.rule == "calendar-file"


def test_that_nobody_leads_visits_is_said_once_with_what_to_do():
    known = sources()
    four = tuple(GroupRecord(group_id=f"g{n}", cohort_id="c", programme_id="p", school_ids=SCHOOLS) for n in range(4))
    found = draft(replace(known, groups=four, facilitators=()), [], [])
    assert len(found.unplaced) == 4
    assert [(clash.rule, clash.group_id, clash.sentence, clash.relaxing_gives) for clash in found.blocking] == [
        (
            "no-facilitator",
            None,
            "The programme has no facilitator, and somebody must lead each visit: no group gets dates.",
            "Appoint facilitators (`kindred facilitators add`), then plan again (`kindred visits draft`).",
        )
    ]


def test_where_somebody_leads_visits_elsewhere_each_group_is_named():
    elsewhere = FacilitatorRecord(appointment_id="a", programme_id="p", person_id="f", regions=("London",))
    placed = {school: enrolment(school, region="Yorkshire and The Humber") for school in SCHOOLS}
    found = draft(replace(sources(), enrolments=placed, facilitators=(elsewhere,)), [], [])
    assert [(clash.rule, clash.group_id) for clash in found.blocking] == [("facilitator-region", "g")]


def test_a_clash_tells_whether_fewer_things_might_block_as_well(monkeypatch: pytest.MonkeyPatch):
    days = [dt.date(2026, 9, 1) + dt.timedelta(days=n) for n in range(330)]
    each = {f"s{n + 1}-headteacher": [day for day in days if day.weekday() % 3 == n] for n in range(3)}
    assert {clash.smallest for clash in draft(sources(ruled_out=each), (), ()).blocking} == {True}
    monkeypatch.setattr(blocking, "explain", partial(blocking.explain, steps=1))
    assert {clash.smallest for clash in draft(sources(ruled_out=each), (), ()).blocking} == {False}


def test_somebody_enrolled_at_two_schools_is_away_on_the_dates_of_both():
    span = DateSpan(first=dt.date(2027, 3, 1), last=dt.date(2027, 3, 2))
    head = PersonRecord(person_id="s1-headteacher", role="headteacher", dates_not_possible=(span,))
    known = sources()
    second = known.enrolments["s2"].model_copy(update={"people": (head,)})
    day = dt.date(2027, 6, 1)
    both = replace(known, enrolments={**known.enrolments, "s2": second}, ruled_out={"s1-headteacher": [day]})
    assert problem_of(both).people["s1-headteacher"].impossible == {*MAY.days(), *span.days(), day}


@pytest.mark.parametrize("proven", [True, False])
def test_a_clash_tells_whether_the_group_must_go_without(proven: bool, monkeypatch: pytest.MonkeyPatch):
    def planned(*asked, **how):
        found = plan(*asked, **how)
        return replace(found, unplaced=tuple(replace(each, proven=proven) for each in found.unplaced))

    monkeypatch.setattr(drafts, "plan", planned)
    never = [dt.date(2026, 9, 1) + dt.timedelta(days=n) for n in range(330)]
    (clash,) = draft(sources(ruled_out={"s1-headteacher": never}), (), ()).blocking
    assert (clash.group_id, clash.proven) == ("g", proven)


def test_an_older_clash_does_not_say_whether_it_is_proven():
    assert Clash.model_validate({"rule": "person-dates", "group_id": "g"}).proven is None
