"""Events: venue and agenda are entered once and told to who comes; tables by shared needs, shown to them alone."""

import pytest

from shared.commands.event_programmes import DescribeCohortEvent, EventItem, EventVenue, ShowEventProgramme
from shared.commands.scheduling import AnswerInvitation, DraftCalendar, ListVisits, ShowCohortEvent
from shared.errors import Rejected
from shared.events.scheduling_parts import CohortEventChanged
from tests.unit.peer_visits.year import SCHOOLS, Year

VENUE = EventVenue(name="Cutlers Hall", address="Church Street, Sheffield", access="Ramp in Church Street", capacity=8)
AGENDA = (EventItem(title="What makes feedback work", speaker="Dr Ines Ferreira", sector="university",
                    material="https://example.org/feedback.pdf"),)  # fmt: skip


async def event_of(year: Year, activity: str = "mid-year"):
    rows = (await year.town.find(ListVisits(cohort_id=year.cohort_id, limit=1))).events
    return next(one.event for one in rows if one.event.activity == activity)


async def shown(year: Year, person_id: str = ""):
    event = await event_of(year)
    return await year.town.find(ShowEventProgramme(event_id=event.event_id, person_id=person_id))


async def test_the_template_says_what_happens_until_the_coordinator_does(year: Year) -> None:
    found = await shown(year)
    assert next(one.title for one in found.agenda) == "Welcome, and what the visits so far have changed"
    assert found.venue.name == "Your coordinator confirms the venue"
    assert found.invited == 2 * len(SCHOOLS)


async def test_another_venue_is_told_to_everybody_with_the_agenda_in_mail_and_calendar(year: Year) -> None:
    event = await event_of(year)
    done = await year.town.ask(DescribeCohortEvent(event_id=event.event_id, venue=VENUE, agenda=AGENDA))
    assert done.sentence == (
        "Mid-year event: 1 item, at Cutlers Hall, Church Street, Sheffield. 12 are invited; the room takes 8. "
        "All 12 who are invited get it anew."
    )
    assert len(year.came()) == 12
    letter = year.who("headteacher", 0).letter("Mid-year event")
    assert "Where: Cutlers Hall, Church Street, Sheffield" in letter.text
    for said in ("What makes feedback work: Dr Ines Ferreira (university)", "https://example.org/feedback.pdf",
                 "Getting in: Ramp in Church Street", "The venue is known now"):  # fmt: skip
        assert said in letter.text
    calendar = next(part for part in letter.message.walk() if part.get_content_type() == "text/calendar")
    said = calendar.get_content().replace("\r\n ", "").replace("\n ", "")
    assert "LOCATION:Cutlers Hall\\, Church Street\\, Sheffield" in said
    assert "What makes feedback work" in said
    (changed,) = year.town.of(CohortEventChanged)
    assert "Ferreira" not in changed.model_dump_json()


async def test_the_page_shows_agenda_and_table_to_who_comes_and_to_nobody_else(year: Year) -> None:
    event = await event_of(year)
    await year.town.ask(DescribeCohortEvent(event_id=event.event_id, venue=VENUE, agenda=AGENDA))
    _, page = await year.who("headteacher", 0).open("Mid-year event", "answer")
    for said in ("On the day", "Dr Ines Ferreira, university", "Material", "Your table:", "You sit with"):
        assert said in page.text
    mine = next(one.person_id for one in event.attendees)
    found = await shown(year, mine)
    assert found.table
    assert mine in next(one.person_ids for one in found.tables if one.number == found.table)
    with pytest.raises(Rejected, match="no cohort event"):
        await shown(year, "per-stranger")


async def test_everybody_sits_once_and_who_cannot_come_does_not_sit(year: Year) -> None:
    event = await event_of(year)
    everybody = {one.person_id for one in event.attendees}
    tables = (await shown(year)).tables
    assert [person for one in tables for person in one.person_ids if person not in everybody] == []
    assert sorted(person for one in tables for person in one.person_ids) == sorted(everybody)
    absent = event.attendees[0].person_id
    about = {"target_id": event.event_id, "target_kind": "cohort-event", "person_id": absent}
    await year.town.ask(AnswerInvitation.model_validate({**about, "answer": "declined"}))
    seated = {person for one in (await shown(year)).tables for person in one.person_ids}
    assert seated == everybody - {absent}


async def test_an_agenda_alone_is_told_where_the_coordinator_says_so(year: Year) -> None:
    event = await event_of(year)
    describe = DescribeCohortEvent(event_id=event.event_id, agenda=AGENDA)
    await year.town.ask(describe)
    assert year.came() == []
    await year.town.ask(describe.model_copy(update={"tell": True}))
    assert len(year.came()) == 12
    assert "What happens on the day is known now" in year.who("headteacher", 0).letter("Mid-year event").text


async def test_the_venue_stays_when_the_calendar_is_drafted_again(year: Year) -> None:
    event = await event_of(year)
    await year.town.ask(DescribeCohortEvent(event_id=event.event_id, venue=VENUE))
    await year.town.ask(DraftCalendar(cohort_id=year.cohort_id))
    found = await year.town.find(ShowCohortEvent(event_id=event.event_id))
    assert found.event.place == "Cutlers Hall, Church Street, Sheffield"


async def test_what_says_nothing_or_leads_nowhere_is_refused(year: Year) -> None:
    event = await event_of(year)
    with pytest.raises(Rejected, match="Name a venue or items"):
        await year.town.ask(DescribeCohortEvent(event_id=event.event_id))
    script = (EventItem(title="Talk", material="javascript:alert(1)"),)
    with pytest.raises(Rejected, match="begins with https://"):
        await year.town.ask(DescribeCohortEvent(event_id=event.event_id, agenda=script))
    with pytest.raises(ValueError, match="one line"):
        EventVenue(name="Hall\nBcc: all@example.org")
