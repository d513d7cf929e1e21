"""A trust's year in the town: duties laid out and ticked off, a school that needs attention, a review, the board."""

import datetime as dt
from pathlib import Path

import pytest

from shared.commands.duties import SumDuties
from shared.commands.parties import DecideCategory, ListCategories, ReplacePartyPerson
from shared.commands.reports import CompileReport
from shared.template.reading import faults_of
from tests.unit.improvement_model.trust import HEADS, WEEK, Trust, details, mail

TEMPLATE = Path("services/programmes/templates/improvement-model.yaml")
MONDAY = dt.date(2026, 9, 7)
TERM = 15


@pytest.fixture
async def trust() -> Trust:
    return await Trust().open()


def test_the_template_is_valid_as_it_is() -> None:
    assert faults_of(TEMPLATE.read_text(encoding="utf-8")) == ()


async def test_nobody_has_a_duty_with_themselves_and_each_meets_whom_they_report_to(trust: Trust) -> None:
    meetings = {one.school: set(one.person_ids) for one in await trust.duties("head-meeting")}
    assert sorted(meetings) == [f"School {100 + number}" for number in range(8)]  # Eve leads the ninth herself
    assert meetings["School 100"] != meetings["School 104"]
    assert all(len(people) == 2 for people in meetings.values())
    assert len(await trust.duties("chief-meeting")) == 2
    assert len(await trust.duties("executive-heads")) == 1
    (line,) = await trust.duties("line-meeting")
    assert set(line.person_ids) == {trust.ids["Ann"], trust.ids["Mia"]}
    daily = await trust.duties("break-duty")
    assert len(daily) == len(HEADS)
    assert {one.days for one in daily} == {daily[0].days}
    assert daily[0].days > 180


async def test_who_takes_over_in_the_middle_is_told_once_and_the_duties_pass_on(trust: Trust) -> None:
    before = {one.school: one.person_ids for one in await trust.duties("head-meeting")}
    trust.came()
    await trust.ask(
        ReplacePartyPerson, party="16028", person=details("executive-headteacher", "Sue"), leaving=mail("Exe")
    )
    await trust.town.day("2026-09-02")
    assert trust.came() == sorted(
        [(mail(name), "Sue takes over from Exe") for name in (*HEADS[:4], "Chi")]
        + [(mail("Sue"), "You take over from Exe")]
    )
    after = {one.school: one.person_ids for one in await trust.duties("head-meeting")}
    assert sorted(school for school in after if after[school] != before[school]) == [
        f"School {100 + number}" for number in range(4)
    ]


async def test_an_autumn_is_ticked_by_weeks_and_the_week_that_somebody_missed_shows(trust: Trust) -> None:
    town = trust.town
    for week in range(TERM):
        await town.day(MONDAY + week * WEEK)
        await trust.tick_everybody_but(*(["Bob"] if week == 3 else []))
    assert max(trust.most_mails_a_week().values()) == 1
    sums = (
        await town.find(
            SumDuties(programme_id=trust.programme_id, first=dt.date(2026, 9, 1), last=dt.date(2026, 12, 11))
        )
    ).sums
    seen = [one for one in sums if not one.person_id and one.strand == "Active and visible leadership"]
    missed = {one.school: one.missed for one in seen if one.missed}
    assert set(missed) == {"School 101"}
    assert missed["School 101"] >= 25
    of_clerk = next(one for one in town.published if getattr(one, "name", "") == "Clo" and hasattr(one, "person_id"))
    counted = await town.find(
        SumDuties(programme_id=trust.programme_id, reader_id=of_clerk.person_id, last=dt.date(2026, 12, 11))
    )
    assert counted.scope == "counts"
    assert [one for one in counted.sums if one.person_id] == []


async def test_a_school_that_needs_attention_is_visited_each_term_from_then_on(trust: Trust) -> None:
    await trust.town.day("2027-01-20")
    usual = {one.school: one.days for one in await trust.duties("quality-visit")}
    assert usual["School 102"] == 1
    await trust.ask(
        DecideCategory, urn=102, category="attention-needed", since=dt.date(2027, 2, 1), decided_by=mail("Chi"),
        reason="Reading has fallen two years in a row.",
    )  # fmt: skip
    await trust.town.day("2027-02-02")
    now = {one.school: one for one in await trust.duties("quality-visit")}
    raised = now.pop("School 102")
    assert (raised.cadence, raised.case, raised.since) == ("termly", "attention-needed", dt.date(2027, 2, 1))
    assert raised.days == 2
    assert raised.decided_by
    (decided,) = (await trust.town.find(ListCategories(programme_id=trust.programme_id))).decisions
    assert (decided.decided_by, decided.reason) == ("Chi", "Reading has fallen two years in a row.")
    assert {one.cadence for one in now.values()} == {"yearly"}


async def test_a_review_is_agreed_to_and_the_board_reads_who_has_none(trust: Trust) -> None:
    town = trust.town
    await town.day("2026-11-16")
    school_id = next(one.school_id for one in await trust.duties("head-meeting") if one.school == "School 100")
    trust.ids["Exe"] = next(
        person
        for one in await trust.duties("head-meeting")
        if one.school_id == school_id
        for person in one.person_ids
        if person != trust.ids["Ann"]
    )
    row = {"what": "Read aloud each day", "owner": "headteacher", "due": "2027-02-12", "success": "Every class does"}
    answers = {"page": "More pupils read for themselves.", "actions": [row]}
    await trust.write("term-review", school_id, "Ann", answers, "Exe")
    term, duties, *_ = trust.parts
    assert (term.title, term.text) == ("The term", "More pupils read for themselves.")
    assert [row[0] for row in duties.rows] == [
        "Active and visible leadership", "Care, support and challenge", "Opportunities for all", "The needs of all",
        "by HR director", "by chief executive", "by executive headteacher", "by headteacher", "by middle leader",
    ]  # fmt: skip
    await town.ask(CompileReport(programme_id=trust.programme_id, report="board-paper"))
    await town.settle()
    stands_out, lines, strands = trust.parts
    assert "not received from eight schools: School 101" in stands_out.lines[0]
    assert len(lines.rows) == len(HEADS)
    assert [row[-1] for row in lines.rows][1:] == ["Not received"] * 8
    assert lines.rows[0][-1] != "Not received"
    assert [row[0] for row in strands.rows] == [
        "Active and visible leadership", "Care, support and challenge", "Opportunities for all",
        "Respect, recognition and resilience", "The needs of all",
    ]  # fmt: skip
