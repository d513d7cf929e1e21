"""Duties of a trust over a year: as many as each school's calendar has periods, on open days, nobody in two places."""

import datetime as dt
from collections import Counter

import pytest

from services.scheduling.domain.duties.lines import Categorised
from services.scheduling.domain.duties.records import TRUST
from shared.template.cadences import CADENCES
from tests.unit.scheduling.duties.trusts import SEPTEMBER, Trust, duty

COUNTS = {
    "daily": 195, "weekly": 40, "fortnightly": 20, "monthly": 11, "six-a-year": 6, "termly": 3, "twice-a-year": 2,
    "yearly": 1, "as-needed": 0,
}  # fmt: skip
JANUARY, FEBRUARY = dt.date(2027, 1, 4), dt.date(2027, 2, 1)


def one_school(*activities, school="sch-1", **how):
    trust = Trust(*activities)
    trust.school(school, **how)
    trust.takes("per-head", "headteacher", school)
    return trust


@pytest.mark.parametrize("cadence", CADENCES)
def test_a_head_has_as_many_days_as_the_calendar_has_periods(cadence):
    trust = one_school(duty("drop-in", ["headteacher"], cadence)).at()
    found = trust.one("drop-in")
    assert (len(found.days), found.gaps) == (COUNTS[cadence], ())
    assert set(found.days) <= trust.year("sch-1").terms.terms.days


def test_two_authorities_use_their_own_terms():
    trust = Trust(duty("drop-in", ["headteacher"], "daily"))
    for number, authority in enumerate(("373", "926")):
        trust.school(f"sch-{number}", authority)
        trust.takes(f"per-{number}", "headteacher", f"sch-{number}")
    trust.at()
    for number in (0, 1):
        found = trust.one("drop-in", f"sch-{number}")
        assert set(found.days) == trust.year(f"sch-{number}").terms.terms.days
    assert trust.one("drop-in", "sch-0").days != trust.one("drop-in", "sch-1").days


def test_none_falls_on_a_closed_day_and_what_moved_says_why():
    inset = [dt.date(2026, 11, 5), dt.date(2026, 11, 11), dt.date(2026, 11, 17)]
    found = one_school(duty("data", ["headteacher"], "weekly"), closed=inset).at().one("data")
    assert not {*inset} & {*found.days}
    assert found.weekday == 2
    assert found.moved == {dt.date(2026, 11, 10): "On Wednesday 11 November 2026 the school is closed."}


def test_a_day_that_becomes_closed_moves_alone_and_days_that_are_over_stay():
    trust = one_school(duty("review", ["headteacher"], "six-a-year")).at()
    before = trust.one("review").days
    trust.closed["sch-1"] = frozenset([before[0], before[3]])
    after = trust.at(dt.date(2026, 12, 1)).one("review")
    assert (after.days[:3], after.days[4:]) == (before[:3], before[4:])
    assert after.days[3] != before[3]
    assert [*after.moved] == [after.days[3]]
    assert after.moved[after.days[3]].endswith("the school is closed.")
    assert trust.at(dt.date(2026, 12, 2)).one("review") == after


def test_who_joins_in_january_has_what_is_left():
    activities = [duty(name, ["headteacher"], name) for name in CADENCES]
    trust = Trust(*activities)
    trust.school("sch-1")
    trust.takes("per-head", "headteacher", "sch-1", since=JANUARY)
    trust.at(JANUARY)
    assert {name: len(trust.one(name).days) for name in CADENCES} == {
        "daily": 121, "weekly": 25, "fortnightly": 13, "monthly": 7, "six-a-year": 4, "termly": 2,
        "twice-a-year": 1, "yearly": 1, "as-needed": 0,
    }  # fmt: skip
    assert min(trust.one("daily").days) >= JANUARY


def test_a_school_that_leaves_keeps_its_history_and_has_nothing_to_come():
    trust = one_school(duty("data", ["headteacher"], "weekly")).at()
    before = trust.one("data").days
    trust.leaves("per-head", dt.date(2027, 2, 22))
    after = trust.at(dt.date(2027, 2, 22)).one("data")
    assert after.days == tuple(day for day in before if day < dt.date(2027, 2, 22))
    assert after.ended == dt.date(2027, 2, 22)


def test_a_successor_goes_on_with_the_same_days():
    trust = one_school(duty("data", ["headteacher"], "weekly")).at()
    before = trust.one("data")
    trust.leaves("per-head", JANUARY)
    trust.takes("per-new", "headteacher", "sch-1", since=JANUARY, replaces="per-head")
    after = trust.at(JANUARY).one("data")
    assert (after.days, after.duty_id) == (before.days, before.duty_id)
    assert after.people_on(dt.date(2026, 12, 1)) == ("per-head",)
    assert after.people_on(JANUARY) == ("per-new",)


def categorised(trust, since=FEBRUARY):
    trust.categories["sch-1"] = (
        Categorised(since=since, category="attention", decided_by="per-chief", why="Attendance fell."),
    )


def test_a_school_that_needs_attention_from_february_is_visited_each_term_from_then_on():
    visits = duty("visit", ["headteacher"], {"by": "category", "standard": "yearly", "attention": "termly"})
    trust = one_school(visits).at()
    (day,) = trust.one("visit").days
    assert day > FEBRUARY  # the middle of the year
    categorised(trust)
    found = trust.at(dt.date(2027, 1, 20)).one("visit")
    assert [day >= FEBRUARY for day in found.days] == [True, True]
    assert [day.month in {2, 3} for day in found.days] == [True, False]
    last = found.rhythms[-1]
    assert (last.since, last.cadence, last.case) == (FEBRUARY, "termly", "attention")
    assert (last.decided_by, last.why) == ("per-chief", "Attendance fell.")


def test_a_visit_that_was_in_its_term_counts_when_the_category_rises():
    visits = duty("visit", ["headteacher"], {"by": "category", "standard": "termly", "attention": "six-a-year"})
    trust = one_school(visits).at()
    days = trust.one("visit").days
    assert days[1] > FEBRUARY
    categorised(trust, days[1] + dt.timedelta(days=1))
    found = trust.at(days[1] + dt.timedelta(days=1)).one("visit")
    assert found.days[:2] == days[:2]
    assert [day.month for day in found.days[2:]] == [3, 5, 6]  # none more in the half-term that had its visit


def executive(schools=4, *activities):
    trust = Trust(*activities)
    trust.takes("per-exec", "executive-head")
    trust.takes("per-chief", "chief")
    trust.leads("per-chief", "per-exec", "oversees")
    for number in range(schools):
        trust.school(f"sch-{number}")
        trust.takes(f"per-{number}", "headteacher", f"sch-{number}")
        trust.leads("per-exec", f"per-{number}")
    return trust


MEETINGS = (
    duty("head-meeting", ["executive-head", "headteacher"], "weekly", over="leads"),
    duty("chief-meeting", ["chief", "executive-head"], "fortnightly", over="oversees"),
    duty("review", ["headteacher.leads", "headteacher"], "termly"),
    duty("presence", ["headteacher.leads"], "weekly", at="school"),
    duty("drop-in", ["headteacher"], "daily"),
)


def test_the_executive_head_of_four_schools_is_never_at_two_places():
    trust = executive(4, *MEETINGS).at()
    halves = where(trust, "per-exec")
    assert {len(found) for found in halves.values()} == {1}
    afternoons = {day for day, afternoon in halves if afternoon}
    assert {day.isocalendar().week for day in afternoons} == {29}  # the year ends on a Wednesday
    assert [len(one.days) for one in trust.of("head-meeting")] == [40] * 4
    assert {one.weekday for one in trust.of("head-meeting")} == {1, 2, 3, 4}
    assert len(trust.one("chief-meeting", TRUST).days) == 20


def where(trust, person):
    """(day, whether in the afternoon) -> the places at which somebody is to be then."""
    found: dict[tuple[dt.date, bool], set[str]] = {}
    for one in trust.duties.values():
        for day in one.days if person in one.people else ():
            found.setdefault((day, day in one.afternoons), set()).add(one.school_id)
    return found


def test_with_seven_schools_a_second_place_takes_the_afternoon_and_never_a_third():
    trust = executive(7, MEETINGS[0]).at()
    assert {len(found) for found in where(trust, "per-exec").values()} == {1}
    gaps = [gap for one in trust.of("head-meeting") for gap in one.gaps]
    assert [len(one.days) + len(one.gaps) for one in trust.of("head-meeting")] == [40] * 7
    assert [gap.sentence for gap in gaps] == [
        "Between Monday 19 July 2027 and Wednesday 21 July 2027 somebody is elsewhere on each of the 3 school days."
    ]


def test_nobody_is_where_something_else_takes_them():
    trust = executive(1, *MEETINGS)
    away = [(9, 10), (9, 16), (9, 25), (9, 29), (10, 5)]  # once on each day of the week
    trust.away["per-exec"] = {dt.date(2026, *day) for day in away}
    found = trust.at().one("head-meeting")
    assert not {*trust.away["per-exec"]} & {*found.days}
    assert found.moved[dt.date(2026, 9, 15)] == "On Wednesday 16 September 2026 somebody is elsewhere."


def test_who_is_executive_head_and_head_has_no_meeting_with_themselves():
    trust = Trust(*MEETINGS)
    trust.takes("per-both", "executive-head")
    trust.school("sch-1")
    trust.takes("per-both", "headteacher", "sch-1")
    trust.leads("per-both", "per-both")
    trust.at()
    assert sorted(one.activity for one in trust.duties.values()) == ["drop-in", "presence"]


def test_without_an_executive_head_what_one_does_with_the_head_is_not_laid_out():
    trust = one_school(*MEETINGS).at()
    assert [one.activity for one in trust.duties.values()] == ["drop-in"]


@pytest.mark.parametrize("schools", [11, 12, 16])
def test_with_more_schools_than_half_days_in_a_week_what_cannot_be_is_said_of_each_week(schools):
    """Two schools a day, five days a week: whoever leads more cannot be in all of them."""
    found = executive(schools, duty("presence", ["executive-head"], "weekly", at="school")).at().of("presence")
    weeks = max(len(one.days) for one in found)
    assert len(found) == schools
    assert {len(one.days) + len(one.gaps) for one in found} == {weeks}
    without = [one for one in found if not one.days]
    assert len(without) == schools - 10
    said = {gap.sentence.partition(" somebody ")[2].split(" on each")[0] for one in without for gap in one.gaps}
    assert said == {"is elsewhere"}
    assert max(Counter(day for one in found for day in one.days).values()) == 2


def test_a_cadence_by_role_is_everybodys_own():
    often = {"by": "role", "chief": "termly", "executive-head": "weekly"}
    presence = duty("presence", ["chief", "executive-head"], often, at="school")
    trust = executive(2, presence).at()
    assert [len(one.days) for one in trust.of("presence", person="per-chief")] == [3, 3]
    assert [len(one.days) for one in trust.of("presence", person="per-exec")] == [40, 40]


def test_two_meetings_lie_as_many_school_weeks_apart_as_the_template_says():
    around = duty("around", ["headteacher"], "twice-a-year", apart_school_weeks=22)
    found = one_school(around).at().one("around")
    first, second = found.days
    assert sum(first < day <= second for day in Trust().year("sch-1").terms.terms.days) >= 110
    wide = duty("around", ["headteacher"], "twice-a-year", apart_school_weeks=39)
    found = one_school(wide).at().one("around")
    assert found.moved[found.days[1]].startswith("Less than 39 school weeks after")


def test_nothing_changes_where_nothing_has_changed():
    trust = executive(4, *MEETINGS).at()
    before = dict(trust.duties)
    assert trust.at(SEPTEMBER + dt.timedelta(days=60)).duties == before


def test_nobody_visits_two_schools_on_one_day_however_full_their_weeks_are():
    hours = {"starts": dt.time(9), "ends": dt.time(12)}
    trust = Trust(
        duty("presence", ["headteacher.leads"], "weekly", at="school"),
        duty("walk", ["headteacher.leads"], "termly", at="school", **hours),
        duty("visit", ["headteacher.leads", "headteacher"], "yearly", at="school", **hours),
    )
    trust.takes("per-exec", "executive-head")
    for number in range(8):
        trust.school(f"sch-{number}")
        trust.takes(f"per-{number}", "headteacher", f"sch-{number}")
        trust.leads("per-exec", f"per-{number}")
    trust.at()
    visits = [one for one in trust.duties.values() if one.activity in {"walk", "visit"}]
    at: dict[dt.date, set[str]] = {}
    for one in visits:
        for day in one.days:
            at.setdefault(day, set()).add(one.school_id)
    assert len(visits) == 16
    assert {len(one.days) for one in visits if one.activity == "walk"} == {3}
    assert {len(schools) for schools in at.values()} == {1}
    before = dict(trust.duties)
    assert dict(trust.at(dt.date(2026, 9, 2)).duties) == before, "laid out again, nothing moves"
