"""Mails about reports of a template: to their readers with a button, to the coordinator where there is none."""

import pytest

from shared.events.notifications import LinkIssued
from shared.template import Mail
from tests.unit.notifications import exchange
from tests.unit.notifications.exchange import COORDINATOR, VISITOR, person
from tests.unit.notifications.post_office import PostOffice

HOST_LEAD, HOST_HEAD = person(2, "cpd-lead"), person(2, "headteacher")


@pytest.fixture
async def office():
    """A post office with the exchange of two schools."""
    office = PostOffice()
    await exchange.begin(office.story)
    return office


def last(office, person_id):
    (*_, mail) = office.mailboxes.to(f"{person_id}@schools.example")
    return str(mail["Subject"]), " ".join(mail.get_body(("plain",)).get_content().split()), mail


def links_of(office, person_id):
    return [one for one in office.transact.published if isinstance(one, LinkIssued) and one.person_id == person_id]


async def test_readers_get_a_button_and_no_attachment(office):
    await office.tell(exchange.report_released())
    await office.deliver()
    assert sorted(row.person_id for row in (await office.listed()).mails) == sorted([HOST_HEAD, HOST_LEAD, VISITOR])
    subject, text, mail = last(office, HOST_HEAD)
    assert subject == "Findings and action plan, Riverside School 2"
    assert "Read the report" in text
    assert "3 pages, 82 KB as PDF" in text
    assert "Each time the report is opened is noted." in text
    assert [*mail.iter_attachments()] == []
    links = links_of(office, HOST_HEAD)
    assert [(link.purpose, link.target_id, link.target_kind) for link in links] == [("report", "rpt-1", "report")]


async def test_governors_who_are_not_named_get_nothing(office):
    await office.tell(exchange.report_released(reader_ids=(VISITOR,)))
    await office.deliver()
    assert [row.person_id for row in (await office.listed()).mails] == [VISITOR]


async def test_the_same_edition_goes_to_nobody_twice_and_a_new_one_says_so(office):
    for version in (3, 4):
        await office.tell(exchange.report_released(version=version, reader_ids=(VISITOR,)))
    await office.tell(exchange.report_released(version=6, edition=2, reader_ids=(VISITOR, HOST_HEAD)))
    await office.deliver()
    assert len(office.mailboxes.to(f"{VISITOR}@schools.example")) == 2
    subject, text, _ = last(office, VISITOR)
    assert subject == "Findings and action plan, Riverside School 2 (version 2)"
    assert "There is a new version of this report." in text


async def test_entries_that_a_report_is_made_of_are_told_with_the_report_alone(office):
    await office.tell(exchange.findings())
    await office.tell(exchange.released())
    assert (await office.listed()).total == 0


async def test_the_coordinator_hears_why_there_is_none(office):
    await office.tell(exchange.report_failed())
    await office.deliver()
    subject, text, _ = last(office, COORDINATOR)
    assert subject == "Not made: Findings and action plan"
    assert "There is nothing to report yet." in text
    assert "/reports" in text


async def test_a_template_may_have_words_of_its_own(office):
    said = Mail.model_validate(
        {
            "key": "plan-ready", "on": "action-plan.released", "to": ["host.headteacher"],
            "subject": "{report.title} of {school.name}", "text": ["Please read it with your team."],
            "button": {"label": "Read it", "page": "report"},
        }
    )  # fmt: skip
    mails = (*exchange.TEMPLATE.mails, said)
    await office.tell(exchange.opened(exchange.TEMPLATE.model_copy(update={"mails": mails})))
    await office.tell(exchange.report_released())
    await office.deliver()
    assert [row.person_id for row in (await office.listed()).mails] == [HOST_HEAD]
    subject, text, _ = last(office, HOST_HEAD)
    assert subject == "Findings and action plan of Riverside School 2"
    assert "Please read it with your team." in text
    assert [link.target_kind for link in links_of(office, HOST_HEAD)] == ["report"]
