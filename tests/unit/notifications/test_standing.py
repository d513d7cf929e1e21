"""A programme is postponed and goes on: one mail a person each time, and none in between."""

import datetime as dt
from email.message import EmailMessage

import pytest

from shared.events.parties import LineHandedOver
from shared.events.tasks import TaskReopened
from tests.unit.notifications import exchange
from tests.unit.notifications.exchange import COORDINATOR, VISITOR, person
from tests.unit.notifications.post_office import PostOffice

HOST_LEAD, HOST_HEAD = person(2, "cpd-lead"), person(2, "headteacher")
EVERYBODY = {person(number, role) for number in (1, 2) for role in exchange.ROLES} | {VISITOR, COORDINATOR}
MORNING = dt.datetime(2027, 2, 10, 9, tzinfo=dt.UTC)


@pytest.fixture
async def office() -> PostOffice:
    """A post office with the exchange of two schools, a visit to come and one that is over."""
    office = PostOffice()
    await exchange.begin(office.story)
    office.clock.at = MORNING
    await office.story.bus.handle(
        exchange.visit(),
        exchange.visit(visit_id="vis-y", on=dt.date(2027, 4, 15), sequence=3),
        exchange.visit(visit_id="vis-gone", on=dt.date(2027, 2, 1)),
    )
    await office.deliver()
    office.mailboxes.mails.clear()
    return office


def calendars(mail: EmailMessage) -> list[tuple[str, str, str]]:
    """METHOD, UID and SEQUENCE of each calendar file."""
    found = []
    for part in mail.walk():
        if part.get_content_type() == "text/calendar" and part.get_filename():
            lines = part.get_payload(decode=True).decode().splitlines()  # type: ignore[union-attr]  # a leaf part
            said = dict(line.partition(":")[::2] for line in lines)
            found.append((str(part.get_param("method")), said["UID"].partition("@")[0], said["SEQUENCE"]))
    return found


def text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return " ".join(body.get_content().split())


async def test_everybody_gets_one_mail_with_every_date_that_falls_away_under_its_uid(office):
    for _ in range(2):
        await office.tell(exchange.postponed())
        await office.deliver()

    sent = {address: office.mailboxes.to(f"{address}@schools.example") for address in EVERYBODY}
    assert {address: len(mails) for address, mails in sent.items()} == dict.fromkeys(EVERYBODY, 1)
    (mail,) = sent[VISITOR]
    assert mail["Subject"] == "Northern project exchange is postponed"
    assert "meant to go on from Monday 24 April 2028" in text(mail)
    assert "Visit to the host school: Thursday 4 March 2027, 9:00 to 15:00" in text(mail)
    assert [(method, sequence) for method, _, sequence in calendars(mail)] == [("CANCEL", "2"), ("CANCEL", "4")]
    assert len({uid for _, uid, _ in calendars(mail)}) == 2
    (other,) = sent[HOST_HEAD]
    assert calendars(other) == []
    assert "Dates that fall away" not in text(other)


async def test_a_date_whose_own_cancellation_came_first_keeps_its_sequence(office):
    await office.tell(exchange.postponed())
    cancelled = exchange.cancelled(sequence=2, version=2)
    await office.tell(cancelled)
    await office.deliver()

    (mail,) = office.mailboxes.to(f"{VISITOR}@schools.example")
    assert [sequence for _, _, sequence in calendars(mail)] == ["2", "4"]


async def test_no_mail_goes_out_while_it_stands_still_not_even_one_that_waited(office):
    await office.tell(exchange.asked())
    await office.tell(exchange.postponed())
    await office.tell(exchange.reminded())
    await office.tell(exchange.circulated())
    await office.deliver(dt.timedelta(hours=24))

    subjects = {str(mail["Subject"]) for one in EVERYBODY for mail in office.mailboxes.to(f"{one}@schools.example")}
    assert subjects == {"Northern project exchange is postponed"}


async def test_it_goes_on_with_one_mail_and_what_is_owed_again_is_on_its_page(office):
    await office.tell(exchange.postponed())
    await office.deliver()
    office.mailboxes.mails.clear()
    await office.tell(exchange.resumed())
    await office.tell(TaskReopened.model_validate({**exchange.task_facts(version=5), "reason": "resumed"}))
    await office.deliver()

    for one in EVERYBODY:
        (mail,) = office.mailboxes.to(f"{one}@schools.example")
        assert mail["Subject"] == "Northern project exchange goes on"
    assert "See what is yours to do" in text(mail)
    await office.tell(exchange.reminded(version=6))
    await office.deliver()
    assert len(office.mailboxes.to(f"{VISITOR}@schools.example")) == 2


async def test_an_older_state_changes_nothing(office):
    await office.tell(exchange.resumed())
    await office.tell(exchange.postponed())
    await office.deliver()

    (mail,) = office.mailboxes.to(f"{VISITOR}@schools.example")
    assert mail["Subject"] == "Northern project exchange goes on"


async def test_a_school_is_asked_whether_it_takes_part(office):
    await office.tell(exchange.asked_again())
    await office.tell(exchange.asked_again(version=2, because="provisional", until=dt.date(2026, 10, 15)))
    await office.deliver()

    again, provisional = office.mailboxes.to(f"{person(1, 'headteacher')}@schools.example")
    assert "Last year your school did not take part." in text(again)
    assert "A maybe counts until Thursday 15 October 2026." in text(provisional)


async def test_who_takes_over_and_whoever_stands_to_them_hears_of_it_once(office):
    handed = LineHandedOver(
        version=1, handover_id="hnd-1", programme_id=exchange.PROGRAMME, role="cpd-lead", left=HOST_LEAD,
        successor=VISITOR, on=dt.date(2027, 2, 22), person_ids=(HOST_HEAD,),
    )  # fmt: skip
    for _ in range(2):
        await office.tell(handed)
        await office.deliver()

    (told,) = office.mailboxes.to(f"{HOST_HEAD}@schools.example")
    (new,) = office.mailboxes.to(f"{VISITOR}@schools.example")
    assert office.mailboxes.to(f"{HOST_LEAD}@schools.example") == []
    assert told["Subject"].endswith("takes over from Lee Lead 2")
    assert "From Monday 22 February 2027" in text(told)
    assert new["Subject"] == "You take over from Lee Lead 2"
    assert "work with you now: Hazel Head 2." in text(new)
