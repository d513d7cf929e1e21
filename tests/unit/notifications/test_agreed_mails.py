"""Mails about days that people agree: whose turn it is is asked, agreed days go into calendars, one by one."""

import datetime as dt
from typing import Any

import icalendar
import pytest

from shared.commands.agreed_visits import AgreedVisitRow, ArrangementDetail, DeclinedRow
from shared.events import agreed_visits as told
from tests.unit.notifications import exchange
from tests.unit.notifications.agreed import (
    ATTENDEES,
    FACTS,
    FIRST,
    LEAD,
    OTHER,
    changed,
    day,
    notes,
    proposed,
    successor,
)
from tests.unit.notifications.exchange import COORDINATOR, VISITOR
from tests.unit.notifications.post_office import PostOffice
from tests.unit.notifications.test_template_mails import subjects, text


@pytest.fixture
async def office() -> PostOffice:
    office = PostOffice()
    await exchange.begin(office.story)
    return office


def entries(office, person_id):
    """(METHOD, UID, SEQUENCE, day) of every calendar entry that somebody got."""
    found = []
    for mail in office.mailboxes.to(f"{person_id}@schools.example"):
        for part in mail.walk():
            if part.get_content_type() == "text/calendar":
                calendar: Any = icalendar.Calendar.from_ical(part.get_payload(decode=True))
                (event,) = calendar.walk("VEVENT")
                on = event["dtstart"].dt.date()
                found.append((str(calendar["method"]), str(event["uid"]), event["sequence"], on))
    return found


def detail(**changes):
    facts = {key: value for key, value in FACTS.items() if key != "kind"}
    return ArrangementDetail(
        **facts, kind="agreed-visit", title="Visit", state="waiting", needed=2, timezone="Europe/London",
        starts=dt.time(9), ends=dt.time(15), hold_working_days=5, **changes,
    )  # fmt: skip


async def test_whose_turn_it_is_gets_the_days_and_until_when_they_are_kept(office):
    for _ in range(2):
        await office.tell(proposed())
        await office.deliver()
    assert subjects(office, LEAD) == ["Please choose a day: Visit to the host school, Riverside School 2"]
    assert subjects(office, VISITOR) == []
    said = text(office, LEAD)
    for words in ("Viola Swift has named 2 days", "Tuesday 15 June 2027", "Wednesday 9 June 2027, 7:00", "Choose days"):
        assert words in said


async def test_each_day_is_an_entry_of_its_own_in_everybody_s_calendar(office):
    await office.tell(day(told.AgreedVisitScheduled, by=LEAD))
    await office.tell(day(told.AgreedVisitScheduled, "avi-2", OTHER, by=LEAD))
    await office.deliver()
    for one in (VISITOR, LEAD):
        assert sorted((method, sequence, on) for method, _, sequence, on in entries(office, one)) == [
            ("REQUEST", 0, FIRST), ("REQUEST", 0, OTHER)
        ]  # fmt: skip
        assert len({uid for _, uid, _, _ in entries(office, one)}) == 2
    said = text(office, VISITOR)
    for words in ("Lesson observation", "Viola Swift and Lee Lead 2", "notes for visitors follow"):
        assert words in said
    assert "notes for visitors follow" not in text(office, LEAD)


async def test_a_moved_day_is_updated_and_a_cancelled_one_taken_out_under_its_own_uid(office):
    office.services.arranged = detail(
        visits=(
            AgreedVisitRow(
                visit_id="avi-1", number=1, on=OTHER, starts=dt.time(9), ends=dt.time(15), state="cancelled",
                sequence=2, words="We are inspected.",
            ),
        )
    )  # fmt: skip
    await office.tell(day(told.AgreedVisitScheduled))
    await office.deliver()
    await office.tell(day(told.AgreedVisitMoved, on=OTHER, version=2, moved_from=FIRST))
    await office.deliver()
    assert "It takes place on Tuesday 22 June 2027, not on Tuesday 15 June 2027." in text(office, VISITOR)
    await office.tell(day(told.AgreedVisitCancelled, on=OTHER, version=3, why="person", by=LEAD))
    await office.deliver()
    found = entries(office, VISITOR)
    assert sorted((method, sequence) for method, _, sequence, _ in found) == [
        ("CANCEL", 2), ("REQUEST", 0), ("REQUEST", 1)
    ]  # fmt: skip
    assert len({uid for _, uid, _, _ in found}) == 1
    said = text(office, VISITOR)
    assert "Lee Lead 2 has cancelled it. They wrote: “We are inspected.”" in said
    assert "The other days stay as they are." in said


async def test_who_no_longer_comes_has_it_taken_out_and_the_others_keep_it(office):
    await office.tell(day(told.AgreedVisitScheduled))
    await office.deliver()
    await office.tell(changed())
    await office.deliver()
    assert [method for method, *_ in entries(office, LEAD)] == ["REQUEST", "CANCEL"]
    assert "you need not come any more" in text(office, LEAD)
    assert [method for method, *_ in entries(office, successor().person_id)] == ["REQUEST"]


async def test_the_coordinator_reads_why_no_day_suits(office):
    said = DeclinedRow(person_id=LEAD, words="We are inspected all June.", at=dt.datetime(2027, 6, 1, tzinfo=dt.UTC))
    office.services.arranged = detail(declined=(said,))
    await office.tell(told.DaysDeclined(version=3, **FACTS, needed=2, person_id=LEAD))
    await office.deliver()
    body = text(office, COORDINATOR)
    assert "Lee Lead 2 says that no day suits." in body
    assert "We are inspected all June." in body
    assert "/agreed" in body


async def test_the_host_s_notes_go_to_the_visitor_when_they_are_written(office):
    await office.tell(day(told.AgreedVisitScheduled))
    await office.deliver()
    await office.tell(notes())
    await office.deliver()
    assert subjects(office, VISITOR)[-1] == "Before you come: Visit to the host school, Riverside School 2"
    assert len(subjects(office, LEAD)) == 1


async def test_a_pause_takes_days_away_with_the_one_mail_that_says_so(office):
    await office.tell(day(told.AgreedVisitScheduled, by=LEAD))
    await office.tell(day(told.AgreedVisitScheduled, "avi-2", OTHER, by=LEAD))
    await office.deliver()
    office.mailboxes.mails.clear()
    await office.tell(exchange.postponed())
    for visit, on in (("avi-1", FIRST), ("avi-2", OTHER)):
        await office.tell(day(told.AgreedVisitCancelled, visit, on, version=2, why="postponed"))
    await office.deliver()
    assert subjects(office, VISITOR) == ["Northern project exchange is postponed"]
    assert [(method, sequence) for method, _, sequence, _ in entries(office, VISITOR)] == [("CANCEL", 1), ("CANCEL", 1)]
    gone = [mail for mail in (await office.listed()).mails if mail.template == "agreed-day-cancelled"]
    assert gone == []


async def test_who_has_let_it_go_before_the_mail_went_out_is_not_asked(office):
    await office.tell(exchange.findings())
    await office.tell(exchange.agreed())
    await office.tell(exchange.released())
    await office.deliver()
    assert subjects(office, exchange.person(2, "headteacher")) == []


async def test_the_end_of_a_placement_is_one_mail_with_every_day_that_falls_away(office):
    for visit, on in (("avi-1", FIRST), ("avi-2", OTHER)):
        await office.tell(day(told.AgreedVisitScheduled, visit, on, by=LEAD))
    await office.deliver()
    office.mailboxes.mails.clear()
    await office.tell(exchange.placement_ended())
    for visit, on in (("avi-1", FIRST), ("avi-2", OTHER)):
        await office.tell(day(told.AgreedVisitCancelled, visit, on, version=2, why="placement-ended"))
    await office.deliver()
    for person in (VISITOR, LEAD):
        assert len(subjects(office, person)) == 1
        assert [(method, sequence) for method, _, sequence, _ in entries(office, person)] == [("CANCEL", 1)] * 2
        assert "Dates that fall away" in text(office, person)
        assert "Tuesday 15 June 2027" in text(office, person)


async def test_where_the_template_says_nothing_everybody_concerned_hears_in_default_words(office):
    bare = exchange.TEMPLATE.model_copy(update={"mails": ()})
    await office.tell(exchange.opened(bare).model_copy(update={"version": 9}))
    await office.tell(day(told.AgreedVisitScheduled, by=LEAD))
    await office.deliver()
    office.mailboxes.mails.clear()
    await office.tell(exchange.placement_ended())
    await office.deliver()
    for person in (VISITOR, LEAD):
        assert subjects(office, person) == ["A placement at Riverside School 2 ends"]


async def test_who_stands_in_is_invited_and_the_other_one_s_calendar_is_cleared(office):
    await office.tell(day(told.AgreedVisitScheduled, by=LEAD))
    await office.deliver()
    deputy = successor().model_copy(update={"substitute_for": LEAD})
    places = (ATTENDEES[0], deputy)
    facts: dict[str, Any] = {"joined": (deputy.person_id,), "left": (LEAD,), "why": "substitute"}
    await office.tell(day(told.AgreedVisitChanged, version=2, attendees=places, **facts))
    await office.deliver()
    (mine,), (asked, gone) = entries(office, deputy.person_id), entries(office, LEAD)
    assert (mine[0], mine[2], mine[3]) == ("REQUEST", 1, FIRST)
    assert (gone[0], gone[1]) == ("CANCEL", asked[1])
    assert "You come in place of Lee Lead 2, for this one day." in text(office, deputy.person_id)
    assert "comes in your place, for this one day. You need not come." in text(office, LEAD)
    assert "(in place of Lee Lead 2)" in text(office, VISITOR)
    await office.tell(day(told.AgreedVisitCancelled, version=3, attendees=places, why="coordinator"))
    await office.deliver()
    assert entries(office, deputy.person_id)[-1][0] == "CANCEL"
    assert len(entries(office, LEAD)) == 2
