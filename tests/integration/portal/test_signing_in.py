"""A coordinator signs in on the real bus: four services, a real mail, no secret in a log, a database or an event."""

import json
import re
import time

import httpx
import pyotp
import pytest

from services.notifications.app import build as notifications
from services.notifications.settings import NotificationsSettings
from services.portal.adapters import owners
from services.portal.app import build as portal
from services.portal.settings import PortalSettings
from services.programmes.app import build as programmes
from services.reporting.app import build as reporting
from shared.bus.wire import ACTOR
from shared.commands.audit import AuditState, ListAudit, VerifyAudit
from shared.commands.coordinators import AddCoordinator, ListCoordinators, RemoveCoordinator
from shared.commands.sign_in import ResetSignIn
from shared.errors import Rejected
from tests.fakes.notifications.mailboxes import Mailboxes
from tests.integration.notifications.relay import Handler, serving
from tests.integration.portal.test_service import free_port, reached
from tests.unit.portal.driver import read, send
from tests.waiting import until, until_equal

ADA, ADDRESS = "Ada Okafor", "ada@trust.example"


@pytest.fixture
async def stage(settings, running, client, monkeypatch):
    """Programmes, portal, notifications and reporting at work; who asks them, a browser, and what the relay took."""
    monkeypatch.setattr(owners, "TRY", 30.0)  # only a subject that nobody serves is given up
    monkeypatch.setattr(owners, "PATIENCE", 1.0)
    port, mailboxes = free_port(), Mailboxes()
    public = f"http://127.0.0.1:{port}"
    async with serving(mailboxes, handler=Handler(mailboxes)) as relay:
        sends = NotificationsSettings(
            **settings.model_dump(), smtp_host="127.0.0.1", smtp_port=relay, public_url=public
        )
        shows = PortalSettings(**settings.model_dump(), portal_port=port, public_url=public)
        await running(programmes(settings), portal(shows), notifications(sends), reporting(settings))
        async with httpx.AsyncClient(base_url=public, follow_redirects=True, timeout=30) as browser:
            await until(lambda: reached(browser))
            yield client, browser, mailboxes


async def the_mail(mailboxes, number):
    """The text of the mail of that number, once the relay has taken it."""
    await until(lambda: len(mailboxes.to(ADDRESS)) >= number, f"until mail {number} is there")
    return mailboxes.to(ADDRESS)[number - 1].get_body(("plain",)).get_content()


def found(pattern, text):
    match = re.search(pattern, text)
    assert match, text
    return match[1]


async def signed_in(browser, mailboxes):
    """By the code of the mail and a new authenticator; the secrets that were used."""
    page = await send(browser, await browser.get("/sign-in"), {"address": ADDRESS})
    text = await the_mail(mailboxes, 1)
    code = found(r"Code: (\d{6})\b", text)
    (path,) = re.findall(r"http://127\.0\.0\.1:\d+(/sign-in/l/\S+)", text)
    page = await send(browser, page, {"code": code})
    key = "".join(found(r"Key:\s+([A-Z2-7 ]{39})", read(page).text).split())
    page = await send(browser, page, {"code": pyotp.TOTP(key).at(int(time.time()))})
    recovery = re.findall(r"<code>([a-z2-7-]{14})</code>", page.text)
    assert len(recovery) == 8, page.text
    session = browser.cookies["kindred-sign-in-session"]
    return {"code": code, "proof": path.rpartition(".")[2], "key": key, "session": session, "recovery": recovery[0]}


async def test_nothing_that_opens_the_console_is_kept_told_or_logged(
    stage, mongo, settings, jetstream, at_rest, caplog, capsys
):
    client, browser, mailboxes = stage
    added = await client.ask(AddCoordinator(name=ADA, email=ADDRESS))
    await at_rest()
    secrets = await signed_in(browser, mailboxes)
    home = await browser.get("/console")
    assert (home.status_code, ADA in home.text) == (200, True)
    await at_rest()
    kept = []
    for name in await mongo.databases():
        if name.startswith(settings.database_prefix):
            for collection in await mongo.database(name).collections():
                rows = await mongo.database(name)[collection].find({}).to_list()
                kept += [(name, collection, repr(row)) for row in rows]
    told = [repr(await jetstream.get_msg("EVENTS", number)) for number in await numbers(jetstream)]
    said = caplog.text + "".join(capsys.readouterr())
    assert added.id in "".join(told)
    places = {
        what: [place[:2] for place in kept if secret in place[2]] + [one for one in (*told, said) if secret in one]
        for what, secret in secrets.items()
    }
    assert places == {what: [] for what in secrets}


async def numbers(jetstream):
    state = (await jetstream.stream_info("EVENTS")).state
    return range(state.first_seq, state.last_seq + 1)


async def test_what_a_coordinator_does_bears_their_id_and_signing_in_stands_in_the_audit_log(
    stage, jetstream, at_rest, settings
):
    client, browser, mailboxes = stage
    added = await client.ask(AddCoordinator(name=ADA, email=ADDRESS))
    await at_rest()
    await signed_in(browser, mailboxes)
    page = await browser.get("/console/programmes/open")
    form = read(page).forms[1]
    fields = {**form.fields, "template": "peer-visits", "name": "Peer visits", "year": "2026", "do": "open"}
    headers = {"origin": str(browser.base_url).rstrip("/")}
    page = await browser.post("/console/programmes/open", data=fields, headers=headers)
    assert (page.status_code, read(page).h1) == (200, "Peer visits")
    assert "matching, tasks do not answer" in page.text
    opened = [
        found
        for number in await numbers(jetstream)
        if ".ProgrammeOpened." in (found := await jetstream.get_msg("EVENTS", number)).subject
    ]
    assert added.id in json.dumps(opened[-1].headers), ACTOR
    await browser.post("/sign-out", data={"csrf": form.fields["csrf"], "do": "here"}, headers=headers)
    assert (await browser.get("/console")).url.path == "/sign-in"

    async def acts():
        found = await client.find(ListAudit(person_id=added.id))
        return sorted(line.act for line in found.lines)

    await until_equal(acts, ["authenticator:set-up", "signed-in:set-up", "signed-out:by-hand"])
    state: AuditState = await client.find(VerifyAudit())
    assert (state.lines, state.broken_at) == (3, None)


async def test_who_is_taken_off_the_list_is_out_at_once(stage, at_rest):
    client, browser, mailboxes = stage
    ada = await client.ask(AddCoordinator(name=ADA, email=ADDRESS))
    with pytest.raises(Rejected, match="last-coordinator"):
        await client.ask(RemoveCoordinator(person_id=ada.id))
    tariq = await client.ask(AddCoordinator(name="Tariq Aziz", email="tariq@trust.example"))
    await at_rest()
    await signed_in(browser, mailboxes)
    assert (await client.ask(ResetSignIn(person_id=tariq.id))).id == tariq.id
    assert (await browser.get("/console")).url.path == "/console"
    await client.ask(RemoveCoordinator(person_id=ada.id))
    await at_rest()
    assert (await browser.get("/console")).url.path == "/sign-in"
    assert [row.name for row in (await client.find(ListCoordinators())).coordinators] == ["Tariq Aziz"]
