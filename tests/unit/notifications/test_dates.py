"""Days that people agree and calls: who is written to, what comes into calendars, what is held back."""

import datetime as dt
from email import message_from_bytes, policy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from services.notifications.domain.directory import Programme, ProgrammeRole
from services.notifications.domain.eligibility import Refusal
from services.notifications.domain.mail import Mail
from services.notifications.domain.outcomes import events_of
from services.notifications.domain.programme_roles import concerned, shared_programme
from services.notifications.domain.targets import Concerned, of_call
from services.notifications.mail.builder import Builder
from services.notifications.mail.render import Renderer
from services.notifications.mail.snapshot import take
from shared.errors import Retryable
from shared.events.programmes import SchoolWithdrawn
from shared.events.scheduling_dates import CallBooked
from tests.fakes.notifications import FixedServices
from tests.unit.notifications import world
from tests.unit.notifications.story import Story, who
from tests.unit.notifications.test_golden import OFFICE
from tests.unit.notifications.test_writing import refused, write

HEAD, LEAD = world.TWO
LATER = dt.datetime(2026, 9, 18, 16, tzinfo=dt.UTC)


async def calendar_of(story: Story, mail: Mail) -> tuple[str, list[str]]:
    """The METHOD and the unfolded lines of the calendar part."""
    message = message_from_bytes((await write(story, mail)).built.mime, policy=policy.default)
    (part,) = [one for one in message.walk() if one.get_content_type() == "text/calendar"]
    lines = part.get_content().replace("\r\n", "\n").replace("\n ", "").splitlines()
    return str(part.get_param("method")), lines


async def test_the_days_on_offer_go_to_the_two_and_bring_no_calendar_entry():
    story = await Story().enrol()
    mails = await story.tell(world.dates_offered())
    assert who(mails) == {"dates-offered": [HEAD, LEAD]}
    written = await write(story, mails[0])
    (link,) = written.links
    assert (link.purpose, link.target_kind, link.target_id) == ("answer", "agreed-day", world.AGREEMENT)
    assert (link.person_id, written.built.attachments) == (HEAD, ())
    assert link.expires > world.dates_offered().deadline + dt.timedelta(days=30)  # to say how it came out
    assert "kindred dates" not in written.built.text
    assert "Wednesday 14 October 2026" in written.built.text
    assert "Answer by: Friday 18 September 2026, 17:00" in " ".join(written.built.text.split())


async def test_the_mails_say_what_the_day_is_for_and_wait_while_nobody_can_tell():
    story = await Story().enrol()
    services = FixedServices()
    services.detail = world.agreement()
    builder = Builder(OFFICE, Renderer(), services)
    mails = [
        *await story.tell(world.dates_offered()),
        *await story.tell(world.dates_agreed()),
    ]
    known = await take(story.sources, mails, story.at)
    for mail in mails:
        told = await builder.write(mail, await builder.look_up(known, mails), story.at)
        assert "Peer coaching, first session" in told.built.text
    services.silent = True
    with pytest.raises(Retryable):
        await builder.look_up(known, mails)


async def test_that_no_day_suits_goes_to_the_coordinator_with_what_the_two_add():
    story = await Story().enrol()
    (mail,) = mails = await story.tell(world.dates_refused())
    assert who(mails) == {"dates-refused": ["per-co"]}
    services = FixedServices()
    services.detail = world.agreement()
    builder = Builder(OFFICE, Renderer(), services)
    known = await builder.look_up(await take(story.sources, mails, story.at), mails)
    built = (await builder.write(mail, known, story.at)).built
    assert built.subject == "No day suits Ann Beaumont and Fiona Caldwell"
    for said in ("Any day in November suits me.", "/agreed", "Monday 12 October 2026"):
        assert said in " ".join(built.text.split())
    await story.tell(world.dates_agreed())
    assert await refused(story, mail) == Refusal("hold", "It has been done meanwhile.")


async def test_that_no_day_suits_goes_to_nobody_where_they_share_no_programme():
    story = await Story().enrol()
    gone = SchoolWithdrawn(version=2, enrolment_id="enr-2", programme_id=world.PROGRAMME, school_id="sch-2")
    await story.tell(gone)
    assert await story.tell(world.dates_refused()) == []


async def test_an_agreed_day_takes_the_whole_day_in_each_calendar_and_asks_for_no_answer():
    story = await Story().enrol()
    mails = await story.tell(world.dates_agreed())
    assert who(mails) == {"dates-agreed": [HEAD, LEAD]}
    mail = mails[0]
    method, lines = await calendar_of(story, mail)
    assert method == "REQUEST"
    assert {
        f"UID:{world.uid(world.AGREEMENT, mail.person_id)}", "SEQUENCE:2", "DTSTART;VALUE=DATE:20261014",
        "DTEND;VALUE=DATE:20261015", "SUMMARY:Day with Fiona Caldwell", "STATUS:CONFIRMED",
    } <= set(lines)  # fmt: skip
    assert "BEGIN:VTIMEZONE" not in lines
    (attendee,) = [line for line in lines if line.startswith("ATTENDEE")]
    assert all(part in attendee for part in ("PARTSTAT=ACCEPTED", "ROLE=REQ-PARTICIPANT", "RSVP=FALSE"))
    assert attendee.endswith(f"mailto:{world.address(HEAD)}")


async def test_a_withdrawn_day_is_cancelled_under_the_same_uid_with_a_higher_sequence():
    story = await Story().enrol()
    await story.tell(world.dates_agreed())
    mails = await story.tell(world.dates_withdrawn())
    assert who(mails) == {"dates-withdrawn": [HEAD, LEAD]}
    mail = mails[1]
    method, lines = await calendar_of(story, mail)
    assert method == "CANCEL"
    assert {
        f"UID:{world.uid(world.AGREEMENT, mail.person_id)}",
        "SEQUENCE:3",
        "STATUS:CANCELLED",
        "METHOD:CANCEL",
    } <= set(lines)
    assert all(mail.state == "suppressed" for mail in story.mails.mails.values() if mail.template == "dates-agreed")


async def test_who_is_asked_to_choose_a_time_gets_a_link_and_the_host_nothing():
    story = await Story().enrol()
    mails = await story.tell(world.call_offered())
    assert who(mails) == {"call-offered": [HEAD]}
    written = await write(story, mails[0])
    (link,) = written.links
    assert (link.purpose, link.target_kind, link.target_id) == ("answer", "call-offer", "off-1")
    assert written.built.subject == "Please choose a time for your call with Fiona Caldwell"
    assert "30 minutes" in written.built.text


async def test_a_call_stands_at_its_local_time_and_its_cancellation_takes_it_out():
    story = await Story().enrol()
    (mail, *_) = await story.tell(world.call_booked())
    method, lines = await calendar_of(story, mail)
    assert method == "REQUEST"
    assert {
        f"UID:{world.uid(world.CALL, mail.person_id)}", "SEQUENCE:1", "DTSTART;TZID=Europe/London:20261023T090000",
        "DTEND;TZID=Europe/London:20261023T093000", "SUMMARY:Call with Fiona Caldwell", "BEGIN:VTIMEZONE",
    } <= set(lines)  # fmt: skip
    mails = await story.tell(world.call_cancelled())
    assert who(mails) == {"call-cancelled": [HEAD, LEAD]}
    mail = mails[0]
    method, lines = await calendar_of(story, mail)
    assert method == "CANCEL"
    assert {f"UID:{world.uid(world.CALL, mail.person_id)}", "SEQUENCE:2", "STATUS:CANCELLED"} <= set(lines)


async def test_the_same_event_twice_makes_one_mail_and_an_older_one_none():
    story = await Story().enrol()
    for event in (world.dates_offered(), world.dates_agreed(), world.call_booked(), world.call_cancelled()):
        assert len(await story.tell(event)) == 2
        assert await story.tell(event) == []
    assert await story.tell(world.call_booked()) == []
    assert (await story.stores.targets.find([world.CALL]))[world.CALL].state == "cancelled"


async def test_nobody_s_address_reaches_somebody_else_but_the_coordinator_s():
    story = await Story().enrol()
    mails = [
        *await story.tell(world.dates_offered()),
        *await story.tell(world.dates_agreed()),
        *await story.tell(world.call_booked()),
    ]
    for mail in mails:
        written = await write(story, mail)
        shown = {name for name in world.NAMES if world.address(name) in written.built.mime.decode()}
        assert shown == {mail.person_id, "per-co"}
        assert set(written.built.mentions) == {HEAD, LEAD, "per-co"}


async def test_days_that_are_settled_or_past_their_deadline_are_offered_no_more():
    story = await Story().enrol()
    (mail, _) = await story.tell(world.dates_offered())
    assert await refused(story, mail) is None
    assert await refused(story, mail, now=LATER) == Refusal("hold", "Its deadline has passed.")
    await story.tell(world.dates_agreed())
    assert await refused(story, mail) == Refusal("hold", "It has been done meanwhile.")


async def test_people_who_share_no_programme_are_written_to_all_the_same():
    story = await Story().enrol()
    gone = SchoolWithdrawn(version=2, enrolment_id="enr-2", programme_id=world.PROGRAMME, school_id="sch-2")
    await story.tell(gone)
    mails = await story.tell(world.dates_agreed())
    assert [(mail.person_id, mail.programme_id) for mail in mails] == [(HEAD, None), (LEAD, None)]
    built = (await write(story, mails[0])).built
    assert built.subject == "Agreed: Wednesday 14 October 2026, with Fiona Caldwell"
    assert "Questions?" not in built.text
    assert b"Reply-To" not in built.mime


@pytest.mark.parametrize("state", ["accepted", "bounced"])
async def test_a_day_or_call_is_no_invitation_that_others_hear_was_sent(state):
    story = await Story().enrol()
    (mail, _) = await story.tell(world.call_booked())
    told = events_of(mail.model_copy(update={"state": state, "accepted_once": True}))
    assert [type(fact).__name__ for fact in told] == ([] if state == "accepted" else ["MailBounced"])


def test_the_newest_programme_that_all_share_is_theirs_each_with_their_part_in_it():
    template = world.TEMPLATE
    programmes = [
        Programme(programme_id=name, name=name, year=year, coordinator_id="per-co", template=template)
        for name, year in (("prg-old", 2025), ("prg-new", 2026), ("prg-other", 2027))
    ]
    parts = [
        ProgrammeRole(programme_id="prg-old", person_id="a", role="headteacher", school_id="sch-1"),
        ProgrammeRole(programme_id="prg-new", person_id="a", role="cpd-lead", school_id="sch-1"),
        ProgrammeRole(programme_id="prg-other", person_id="a", role="clerk", school_id="sch-9"),
        ProgrammeRole(programme_id="prg-old", person_id="b", role="facilitator"),
        ProgrammeRole(programme_id="prg-new", person_id="b", role="facilitator"),
    ]
    shared = shared_programme(("a", "b"), parts, programmes)
    assert shared == programmes[1]
    assert concerned(("a", "b"), parts, shared) == [
        Concerned("a", "cpd-lead", "sch-1"),
        Concerned("b", "facilitator"),
    ]
    assert shared_programme(("a", "c"), parts, programmes) is None


@settings(deadline=None, max_examples=60)
@given(
    on=st.dates(dt.date(2026, 1, 1), dt.date(2030, 12, 31)),
    starts=st.integers(5 * 12, 15 * 12).map(lambda n: dt.time(n * 5 // 60, n * 5 % 60)),
    minutes=st.integers(1, 96).map(lambda n: n * 5),
)
async def test_a_call_is_as_long_in_the_calendar_as_it_was_booked(on, starts, minutes):
    story = await Story(dt.datetime(2025, 12, 1, tzinfo=dt.UTC)).enrol()
    facts = {**world.call_booked().model_dump(), "on": on, "starts": starts, "minutes": minutes}
    (mail, _) = await story.tell(CallBooked.model_validate(facts))
    (entry,) = Calendar.from_ical("\r\n".join((await calendar_of(story, mail))[1])).walk("VEVENT")
    first, last = entry.decoded("dtstart"), entry.decoded("dtend")
    assert (first.date(), first.time()) == (on, starts)
    length = last.astimezone(dt.UTC) - first.astimezone(dt.UTC)
    assert length == dt.timedelta(minutes=minutes)


def test_a_call_over_the_hour_at_which_clocks_change_ends_by_the_clock_on_the_wall():
    booked = CallBooked(
        version=1, call_id="cal-1", person_ids=("a", "b"), on=dt.date(2027, 3, 28), starts=dt.time(0, 45), minutes=30,
        timezone="Europe/London",
    )  # fmt: skip
    assert of_call(booked, [Concerned("a", "clerk")], "", 1).ends == dt.time(2, 15)
