"""Entries on the real bus: two people at once, sign-off, silence, and what is told."""

import asyncio
import datetime as dt

import pytest

from services.reporting.app import build
from services.reporting.domain.decisions.block_reports import known_id
from shared.bus.clock import advance_by
from shared.commands import forms as asks
from shared.commands.audit import ListAudit, VerifyAudit
from shared.commands.reports import FetchReport, ShowReport
from shared.errors import Rejected
from tests.integration.reporting.conftest import all_told, tell
from tests.unit.reporting.entries import exchange
from tests.unit.reporting.entries.harness import GOOD_FINDINGS
from tests.waiting import until_equal

OWN_HEAD = exchange.person("head", exchange.OWN)


@pytest.fixture
async def reporting(own, teller, running):
    """Reporting, told of the exchange."""
    service = build(own)
    await running(service, teller)
    await tell(teller, *exchange.everything(), exchange.placed())
    placements = service.database["placements"]
    await until_equal(placements.count, 1)
    return service


def draft(form, about, person, answers, revision=0):
    return asks.SaveDraft(
        programme_id=exchange.PROGRAMME, form=form, about_id=about, person_id=person, answers=answers, revision=revision
    )  # fmt: skip


@pytest.mark.parametrize("settings", ["motor", "pymongo"], indirect=True)
async def test_two_people_at_once_lose_nothing(reporting, client):
    assert reporting
    begun = await client.ask(draft("plan", exchange.OWN, exchange.OWN_LEAD, {"aim": "Read"}))
    both = (
        draft("plan", exchange.OWN, exchange.OWN_LEAD, {"aim": "Read more"}, begun.revision),
        draft("plan", exchange.OWN, OWN_HEAD, {"how": "Daily"}, begun.revision),
    )
    await asyncio.gather(*(client.ask(one) for one in both))
    shown = await client.find(asks.ShowEntry(entry_id=begun.entry_id, person_id=OWN_HEAD))
    assert shown.answers == {"aim": "Read more", "how": "Daily"}


async def reads(client):
    """How many lines of the audit log say that somebody read; what was released and compiled has its own."""
    return sum(not line.act for line in (await client.find(ListAudit())).lines)


async def test_findings_go_from_draft_to_readers(reporting, client, jetstream):
    saved = await client.ask(draft("findings", exchange.MATCH, exchange.VISITOR, GOOD_FINDINGS))
    entry_id = saved.entry_id
    sent = asks.SubmitEntry(entry_id=entry_id, person_id=exchange.VISITOR, revision=saved.revision)
    assert await client.ask(sent, key="once") == await client.ask(sent, key="once")
    with pytest.raises(Rejected, match="no such entry"):
        await client.find(asks.ShowEntry(entry_id=entry_id, person_id=exchange.COORDINATOR))
    await advance_by(jetstream, dt.timedelta(days=16))

    async def asked():
        rows = await client.find(asks.ListEntries(named=entry_id))
        return rows.entries[0].coordinator_asked

    await until_equal(asked, expected=True)
    await client.ask(asks.AgreeEntry(entry_id=entry_id, person_id=exchange.COORDINATOR, number=1))
    await client.ask(asks.ReleaseEntry(entry_id=entry_id, person_id=exchange.HOST_HEAD, number=1))
    shown = await client.find(asks.ShowEntry(entry_id=entry_id, person_id=exchange.HOST_LEAD))
    assert shown.answers["summary"] == GOOD_FINDINGS["summary"]
    reading = asks.ShowEntry(entry_id=entry_id, person_id=exchange.HOST_HEAD)
    await asyncio.gather(*(client.find(reading) for _ in range(6)))
    assert await reads(client) == 7
    report_id = known_id(exchange.PROGRAMME, "plan-report", exchange.MATCH)
    shown_report = ShowReport(report_id=report_id, person_id=exchange.HOST_HEAD)

    async def compiled():
        return (await client.find(shown_report)).state

    await until_equal(compiled, "compiled")
    fetched = await client.find(FetchReport(report_id=report_id, person_id=exchange.HOST_HEAD, format="pdf"))
    assert fetched.content.startswith(b"%PDF")
    assert await reads(client) == 8
    assert (await client.find(VerifyAudit())).broken_at is None
    with pytest.raises(Rejected, match="no such report"):
        await client.find(FetchReport(report_id=report_id, person_id=exchange.OWN_LEAD, format="pdf"))
    told = await all_told(reporting, jetstream, "events.reporting.*.>")
    names = [headers["ce-type"].split(".")[1] for headers, _ in told]
    of_entry = [name for name in names if not name.startswith("Report")]
    assert of_entry == ["FormSubmitted", "AgreementOverdue", "FormAgreed", "ProjectFindingsSubmitted", "FormReleased"]
    of_report = [name for name in names if name.startswith("Report")]
    assert of_report == ["ReportRequested", "ReportCompiled", "ReportReleased"]
    assert str(GOOD_FINDINGS["summary"]) not in str(told)
