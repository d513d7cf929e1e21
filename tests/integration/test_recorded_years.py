"""The years of released versions, played to the services of today: everything is understood and nothing is left over.

A new event or field changes nothing here. What fails here would fail in an installation that upgrades: mend the code,
not the recording.
"""

import re
from pathlib import Path

import pytest
from nats.aio.client import Client

from shared.bus import dead_letters
from shared.bus.envelope import read as understood
from shared.bus.reminder import Reminder
from shared.bus.subjects import PEOPLE
from shared.commands.catalogue import REQUESTS
from shared.events.catalogue import EVENTS
from shared.events.people import ContactCard, ContactForgotten
from shared.mongo import Mongo
from shared.settings import Settings
from tests.recorded import year
from tests.recorded.replay import Replay, in_those_days
from tests.recorded.year import Message
from tests.workers import STACKS

RECORDINGS = year.recordings()
EACH = pytest.mark.parametrize("recording", RECORDINGS, ids=str)
OTHERS = {
    "people.ContactCard.v1": ContactCard,
    "people.ContactForgotten.v1": ContactForgotten,
    Reminder.__name__: Reminder,
}


@EACH
def test_every_message_still_fits_its_contract(recording: Path) -> None:
    for message in year.read(recording):
        if message.is_command:
            request = REQUESTS[message.subject]
            request.model_validate_json(message.data)
            if message.outcome == "done":
                request.Reply.model_validate(message.reply)
        elif message.subject.startswith("timers."):
            understood(Reminder, message.data)
        else:
            understood((EVENTS | OTHERS)[message.headers["ce-type"]], message.data)


@EACH
def test_a_recording_is_small_and_names_nobody_real(recording: Path) -> None:
    assert (year.FOLDER / recording).stat().st_size < 2_000_000
    told = "\n".join(message.data.decode() + message.upload for message in year.read(recording))
    addresses = re.findall(r"[\w.+'-]+@([\w.-]+\w)", told)
    assert addresses
    assert [address for address in addresses if not re.search(r"\.example(\.org)?$", address)] == []  # RFC 2606


@STACKS
@EACH
async def test_every_service_takes_the_whole_year(
    recording: Path, settings: Settings, connection: Client, mongo: Mongo, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_those_days(monkeypatch)
    messages = year.read(recording)
    async with Replay(settings) as replay:
        await replay.play(messages)
        letters = [letter async for letter in dead_letters.ls(replay.jetstream)]
        assert [(letter.durable, letter.reason) for letter in letters] == []
        assert replay.refused == []
        assert await unreached(replay, messages) == []
        assert await kept(mongo, settings.database_prefix) == told(messages)


async def unreached(replay: Replay, messages: list[Message]) -> list[str]:
    """Durables that were not handed every recorded message that they subscribe to, or still hold one."""
    found = []
    for service in replay.services:
        for consumer in service.topology().consumers:
            filters = [re.compile(re.escape(each).replace(r"\*", r"[^.]+")) for each in consumer.filters]
            subjects = [one.subject for one in messages if any(each.fullmatch(one.subject) for each in filters)]
            wanted = len(set(subjects) if consumer.stream == PEOPLE else subjects)  # it keeps the latest card only
            info = await replay.jetstream.consumer_info(consumer.stream, consumer.durable)
            assert info.delivered
            if info.delivered.consumer_seq < wanted or info.num_pending or info.num_ack_pending:
                found.append(f"{consumer.durable}: {info.delivered.consumer_seq} of {wanted}")
    return found


def told(messages: list[Message]) -> dict[str, int]:
    """How many of each kind of thing the recording tells of, without what erased people leave."""
    facts = [message for message in messages if message.headers.get("ce-type")]
    erased = {fact.body["person_id"] for fact in facts if fact.headers["ce-type"] == "programmes.PersonErased.v1"}

    def ids(kind: str, field: str) -> int:
        wanted = [fact.body for fact in facts if fact.headers["ce-type"] == kind and fact.body]
        return len({body[field] for body in wanted if body.get("person_id") not in erased})

    return {
        "matching.groups": ids("matching.GroupFormed.v1", "group_id"),
        "notifications.people": ids("people.ContactCard.v1", "person_id"),
        "portal.links": ids("notifications.LinkIssued.v1", "link_id"),
        "portal.reports": ids("reporting.ReportCompiled.v1", "report_id"),
        "reporting.reports": ids("reporting.ReportCompiled.v1", "report_id"),
        "scheduling.visits": ids("scheduling.VisitScheduled.v1", "visit_id"),
    }


async def kept(mongo: Mongo, prefix: str) -> dict[str, int]:
    """The same as the services have it."""
    names = (
        "matching.groups",
        "notifications.people",
        "portal.links",
        "portal.reports",
        "reporting.reports",
        "scheduling.visits",
    )
    found = {}
    for name in names:
        service, collection = name.split(".")
        found[name] = len(await mongo.database(f"{prefix}{service}")[collection].find({}).to_list())
    return found
