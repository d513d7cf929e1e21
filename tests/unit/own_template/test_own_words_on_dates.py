"""What a template says itself of its dates: to whom it names, with the calendar's part; all others read our words."""

import datetime as dt
from email.message import EmailMessage
from pathlib import Path

import pytest

from services.scheduling.planner.wording import in_words
from shared.commands.people import FindPeople
from shared.commands.scheduling import AttendanceLine, CancelVisit, MoveVisit, RecordAttendance
from shared.events.scheduling_parts import VisitScheduled
from tests.fakes.town import Town
from tests.unit.own_template.test_debating_league import TEMPLATES, opened, paired_and_dated

OWN = """mails:
  - key: come
    on: debate.invited
    to: [debate-coach]
    subject: "{activity.title} in {host.name}, {activity.day}"
    text: ["{person.name}, you debate in {activity.place}.", "Be there {activity.when}."]
    button: {label: Say whether you debate, page: answer}
  - key: judges-know
    on: debate.invited
    to: [programme.judge, coordinator]
    digest: debates
    subject: "A debate in {host.name}"
    text: ["It is on {activity.day}."]
  - key: other-day
    on: debate.moved
    to: [attendees]
    subject: "No debate on {activity.before}"
    text: ["You debate on {activity.day}, in {host.name}."]
    button: {label: Your dates, page: dates}
  - key: off
    on: debate.cancelled
    to: [attendees, coordinator]
    subject: "The debate in {host.name} falls away"
    text: ["Nobody speaks on {activity.day}."]
  - key: has-been
    on: debate.held
    to: [present, coordinator]
    subject: "The debate in {host.name} is over"
    text: ["It was on {activity.day}. Thank you for coming."]
  - key: the-final
    on: final.invited
    to: [bench]
    subject: "The final is on {activity.day}"
    text: ["It is in {activity.place}."]
"""


def mails(town: Town, seen: int, subject: str) -> dict[str, EmailMessage]:
    """Address -> the mail since then whose subject begins so."""
    found = town.post.mailboxes.mails[seen:]
    return {to: mail for _, to, mail in found if str(mail["Subject"]).startswith(subject)}


def text(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return " ".join(str(part.get_content()).split())


def method(mail: EmailMessage) -> str:
    """What the calendar's part asks for; "" where there is none."""
    parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    return str(parts[0].get_param("method")) if parts else ""


@pytest.fixture
async def town(tmp_path: Path) -> Town:
    """Its debates and final are dated and published."""
    written = (TEMPLATES / "debating-league.yaml").read_text(encoding="utf-8").replace("mails:\n", OWN, 1)
    (tmp_path / "debating-league.yaml").write_text(written, encoding="utf-8")
    found, programme_id = await opened(tmp_path)
    await found.day("2026-09-26")
    await paired_and_dated(found, programme_id)
    return found


def first(town: Town) -> VisitScheduled:
    visits: list[VisitScheduled] = town.of(VisitScheduled)
    return min(visits, key=lambda one: one.on)


@pytest.mark.timeout(120)
async def test_whom_it_names_is_invited_in_its_words_and_the_others_in_ours(town: Town) -> None:
    own = mails(town, 0, "Debate day in School ")
    assert {to.split("@")[0] for to in own} == {"debate-coach"}
    mail = own["debate-coach@s0.example"]
    assert method(mail) == "REQUEST"
    assert "debate-coach 0, you debate in School " in text(mail)
    assert "Say whether you debate: http" in text(mail)
    assert "When: " in text(mail)
    ours = mails(town, 0, "Please answer: debate day at School ")
    assert {to.split("@")[0] for to in ours} == {"second-coach"}
    finals = mails(town, 0, "The final is on ")
    assert len(finals) == 6
    assert {method(one) for one in finals.values()} == {"REQUEST"}
    assert "It is in Town hall, 1 Market Place, Lift at the side." in text(finals["second-coach@s2.example"])
    assert "What happens: Semi-finals: Ana Adams (university); Final" in text(finals["second-coach@s2.example"])


@pytest.mark.timeout(120)
async def test_who_is_named_and_not_invited_reads_of_all_debates_in_one_mail_without_an_entry(town: Town) -> None:
    await town.day("2026-09-28")
    told = mails(town, 0, "3 messages: League")
    assert set(told) == {"judge@league.example", "cora@league.example"}
    mail = told["judge@league.example"]
    assert method(mail) == ""
    assert all(f"A debate in School {number}" in text(mail) for number in range(3))


@pytest.mark.timeout(120)
async def test_a_new_day_and_its_end_are_told_in_its_words_and_in_the_calendar(town: Town) -> None:
    visit, seen = first(town), len(town.post.mailboxes.mails)
    await town.ask(MoveVisit(visit_id=visit.visit_id, on=visit.on.replace(day=visit.on.day + 1)))
    moved = mails(town, seen, "No debate on ")
    assert {method(one) for one in moved.values()} == {"REQUEST"}
    assert len(moved) == len(visit.attendees)
    lead = mails(town, seen, "New date, ")
    assert set(lead) == {"fay@league.example"}
    seen = len(town.post.mailboxes.mails)
    await town.ask(CancelVisit(visit_id=visit.visit_id, why="illness"))
    off = mails(town, seen, "The debate in School ")
    assert set(off) - set(moved) == {"cora@league.example"}
    assert {method(one) for to, one in off.items() if to in moved} == {"CANCEL"}
    assert method(off["cora@league.example"]) == ""


@pytest.mark.timeout(120)
async def test_whoever_was_there_hears_when_it_is_over_once_and_without_an_entry(town: Town) -> None:
    visit, seen = first(town), len(town.post.mailboxes.mails)
    await town.day(str(visit.on + dt.timedelta(days=1)))
    people = sorted(one.person_id for one in visit.attendees)
    came = [AttendanceLine(person_id=one, present=one != people[0]) for one in people]
    leader = visit.facilitator_id or ""
    await town.ask(RecordAttendance(visit_id=visit.visit_id, by=leader, lines=tuple(came)))
    await town.settle()
    over = mails(town, seen, "The debate in School ")
    absent = (await town.find(FindPeople(person_id=people[0]))).people[0].email
    assert len(over) == len(people)
    assert absent not in over
    assert "cora@league.example" in over
    assert {method(one) for one in over.values()} == {""}
    assert f"It was on {in_words(visit.on)}." in text(over["cora@league.example"])
    sent = [to for _, to, mail in town.post.mailboxes.mails[seen:] if "is over" in str(mail["Subject"])]
    assert sorted(sent) == sorted(over)
