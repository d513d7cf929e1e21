"""A template's year as a table."""

import datetime as dt
from pathlib import Path

import pytest

from shared.template.days import shifted
from shared.template.moments import Offset
from shared.template.preview import Row, year_of
from shared.template.reading import read_template
from tests.unit.template.written import WRITTEN_FILE

TEMPLATE = read_template(WRITTEN_FILE.read_text(encoding="utf-8"), "x")
YEAR = year_of(TEMPLATE, 2026)


def rows(what: str, detail: str) -> list[Row]:
    return [row for row in YEAR if row.what == what and row.detail == detail]


def test_a_day_of_the_calendar_is_exact() -> None:
    assert rows("asked", "Name your practitioners") == [
        Row(dt.date(2026, 11, 5), "", "asked", "cpd-lead", "Name your practitioners")
    ]


def test_what_depends_on_people_says_on_what_and_the_latest_day() -> None:
    (asked,) = rows("asked", "Agree to your colleague's project")

    assert asked.cause == "nomination.submitted"
    assert asked.day == dt.date(2026, 11, 20)


def test_a_reminder_counts_from_its_own_task() -> None:
    days = [row.day for row in rows("reminded if silent", "Post your projects")]

    assert days == [dt.date(2026, 10, 19), dt.date(2026, 10, 28)]


def test_agreeing_comes_after_submitting() -> None:
    (written,), (agreed,) = (
        rows("due", "Write your findings and action plan"),
        rows("due", "Agree to the findings, or ask for changes"),
    )

    assert written.day == dt.date(2027, 6, 11)
    assert agreed.day == dt.date(2027, 6, 25)


def test_rows_stand_in_the_order_of_their_days_and_open_ones_last() -> None:
    days = [row.day for row in YEAR]
    known = [day for day in days if day is not None]

    assert known == sorted(known)
    assert days[len(known) :] == [None] * (len(days) - len(known))


def test_every_task_mail_and_report_is_there() -> None:
    shown = {row.detail for row in YEAR}

    assert {task.title for task in TEMPLATE.tasks} <= shown
    assert {report.title for report in TEMPLATE.reports} <= shown
    assert {mail.subject for mail in TEMPLATE.mails} <= shown


@pytest.mark.parametrize(
    ("number", "unit", "day"),
    [
        (1, "working days", dt.date(2026, 11, 9)),
        (-5, "working days", dt.date(2026, 10, 30)),
        (10, "days", dt.date(2026, 11, 16)),
        (-2, "weeks", dt.date(2026, 10, 23)),
    ],
)
def test_an_offset_from_a_friday(number: int, unit: str, day: dt.date) -> None:
    assert shifted(dt.date(2026, 11, 6), Offset(number, unit)) == day


def test_a_task_goes_by_what_people_read_and_says_how_often_it_comes() -> None:
    folder = Path(__file__).parents[1] / "own_template" / "templates"
    mentoring = read_template((folder / "governors-mentoring.yaml").read_text(encoding="utf-8"), "x")
    asked = {row.detail: row.what for row in year_of(mentoring, 2026) if row.what.startswith("asked")}
    assert asked["What has it done for you?"] == "asked, each year, 2 times"
    assert asked["What stays between you"] == asked["Your first private session"] == "asked"


def year(name: str) -> list[Row]:
    folders = (Path(__file__).parents[1] / "own_template" / "templates", WRITTEN_FILE.parent)
    path = next(path for folder in folders if (path := folder / f"{name}.yaml").exists())
    return list(year_of(read_template(path.read_text(encoding="utf-8"), "x"), 2026))


def test_what_has_no_day_yet_is_there_and_says_when_it_comes() -> None:
    trust = {row.what: row for row in year("improvement-model") if row.day is None}
    assert trust["Drop in on lessons"] == Row(None, "all year", "Drop in on lessons", "headteacher", "duty, daily")
    often = "standard: yearly, attention-needed: termly, causing-concern: termly"
    assert trust["Quality visit"].detail == f"duty, {often}"
    journey = {row.what: (row.cause, row.who, row.detail) for row in year("leadership-journey") if row.day is None}
    assert journey["A first talk"] == ("when it is booked", "trainer", "call")
    assert journey["Sharing a place with a neighbour"] == ("coordinator", "coordinator", "round of neighbours")


def test_who_hears_of_what_is_missed_and_who_chooses_a_theme_are_there() -> None:
    debates = year("debating-league")
    missed = next(row for row in debates if row.what == "told if it is missed" and row.detail == "Name your team")
    assert missed.who == "coordinator"
    (poll,) = [row for row in debates if row.what == "theme chosen"]
    assert (poll.day, poll.who, poll.detail) == (
        dt.date(2026, 10, 9),
        "what most have named",
        "The motion of the season",
    )
    (pools,) = [row for row in debates if row.what == "Pools"]
    assert (pools.cause, pools.detail) == ("when enrolment is closed", "round of groups")
    welcome = [row.who for row in debates if row.what == "asked" and row.detail == "Read the rules"]
    assert welcome == ["debate-coach, only schools that are Newcomers"]
    readers = [row.who for row in debates if row.what == "report" and row.detail == "The season"]
    assert readers == ["own.bench, coordinator if team.lift"]


def test_papers_are_made_some_days_before_each_day_of_a_course() -> None:
    papers = [row.day for row in year("improvement-model") if row.what == "paper: The board meets"]
    assert papers == [dt.date(2026, 10, 29), dt.date(2027, 2, 18), dt.date(2027, 6, 3)]
