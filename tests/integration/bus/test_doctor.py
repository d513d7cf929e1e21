"""`kindred doctor` on real servers: what it says of them when they are well, and when something is missing."""

import pytest

from kindred.doctor import servers
from kindred.running.topology import recorded
from shared.bus import Service, Topology
from shared.commands.notifications import ListMails, MailRows
from shared.operations import streams
from tests.integration.bus.samples import Ring, belfry
from tests.waiting import at_rest


def ills(findings):
    return [(finding.about, finding.sentence) for finding in findings if finding.state == "ill"]


@pytest.fixture
async def applied(jetstream):
    await streams.apply(jetstream, recorded())
    return jetstream


async def test_a_bus_as_apply_makes_it_is_well(applied):
    assert ills(await servers.bus(applied)) == []


async def test_missing_consumers_and_dead_letters_are_told(jetstream):
    await streams.apply(jetstream, Topology(recorded().consumers[1:]))
    await jetstream.publish("dead.matching.one", b"{}", headers={"kindred-reason": "x"})
    assert ills(await servers.bus(jetstream)) == [
        ("NATS", f"1 consumers are missing, such as {recorded().consumers[0].durable}: run `kindred bus apply`."),
        ("NATS", "1 messages could not be handled: see `kindred dlq ls`."),
    ]


async def test_a_database_and_its_streams_agree_until_a_stream_is_lost(running, settings, client, jetstream, mongo):
    bells = belfry(settings)
    await running(bells)
    await client.ask(Ring(bell_id="tom"), key="k")
    await at_rest(jetstream, [bells.database])
    assert ills(await servers.databases(mongo, settings.database_prefix, jetstream)) == []

    await jetstream.delete_stream("EVENTS")
    await streams.apply(jetstream, Topology())
    assert ills(await servers.databases(mongo, settings.database_prefix, jetstream)) == [
        ("belfry", "The stream EVENTS lacks what this service published: run `kindred bus rebuild`."),
    ]


async def test_no_database_is_worth_a_look(mongo, settings, applied):
    (finding,) = await servers.databases(mongo, settings.database_prefix, applied)
    assert finding.state == "look"


async def test_mails_that_a_restore_holds_are_told(running, settings, client):
    answering = Service("notifications", settings)
    rows = MailRows(total=8, mails=(), by_state={}, by_template={}, held=8)

    async def listed(_query: ListMails) -> MailRows:
        return rows

    answering.query(ListMails, listed)
    await running(answering)
    assert ills(await servers.mails(client)) == [
        ("Mails", "8 may have gone out before the restore and are held: see `kindred mails held`."),
    ]
    rows = rows.model_copy(update={"held": 0})
    (finding,) = await servers.mails(client)
    assert finding.state == "well"


async def test_notifications_that_does_not_answer_is_worth_a_look(client, monkeypatch):
    monkeypatch.setattr(servers, "PATIENCE", 0.1)
    (finding,) = await servers.mails(client)
    assert (finding.state, finding.sentence) == ("look", "Notifications does not answer: is it running?")


async def test_mails_that_are_refused_for_our_fault_are_told(mongo, settings, applied):
    mails = mongo.database(f"{settings.database_prefix}notifications")["mails"]
    rows = (
        {"state": "deferred", "fault": "full"},
        {"state": "deferred", "fault": "operator", "detail": "554 5.7.1 No"},
    )
    for number, row in enumerate(rows):
        await mails.insert_one({"_id": f"mai-{number}", "changed_at": number, **row})
    assert ills(await servers.databases(mongo, settings.database_prefix, applied)) == [
        ("Mails", "1 mails wait because they are refused, and not for the recipient's fault. The last: 554 5.7.1 No"),
    ]
