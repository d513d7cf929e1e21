"""A command becomes an event, the event an effect, each once."""

import asyncio
from functools import partial
from typing import ClassVar

import pytest
from nats.js.errors import NotFoundError

from shared.bus import Service
from shared.errors import Permanent, Rejected, Retryable
from tests.integration.bus.samples import Counted, Heard, Rang, Ring, ShowBell, belfry, idle, subjects_of, village
from tests.waiting import patience, until


@pytest.mark.parametrize("settings", ["motor", "pymongo"], indirect=True)
async def test_a_command_reaches_those_who_hear(running, settings, client, jetstream):
    bells, people = belfry(settings), village(settings)
    await running(bells, people)
    assert await client.ask(Ring(bell_id="tom", times=3), key="k1", actor="per-1") == Counted(bell_id="tom", version=1)
    assert await client.find(ShowBell(bell_id="tom")) == Counted(bell_id="tom", version=1)

    async def heard():
        return await people.database["heard"].find({}, projection={"_id": 0}).to_list()

    assert await until(heard) == [{"bell": "tom", "version": 1, "by": "per-1"}]
    await until(lambda: idle(jetstream, "EVENTS", "village-rang"))

    async def told():
        found = await subjects_of(jetstream, "EVENTS")
        return found if len(found) == 2 else None

    assert await until(told) == {"events.belfry.Rang.v1.tom": 1, "events.village.Heard.v1.tom": 1}


async def test_the_trace_and_the_correlation_go_from_command_to_last_event(running, settings, client, jetstream):
    await running(belfry(settings), village(settings))
    await client.ask(Ring(bell_id="tom"), key="k1")
    await until(lambda: subjects_of_two(jetstream))
    rang = await jetstream.get_last_msg("EVENTS", "events.belfry.Rang.v1.tom")
    heard = await jetstream.get_last_msg("EVENTS", "events.village.Heard.v1.tom")
    assert rang.headers["ce-specversion"] == "1.0"
    assert rang.headers["ce-type"] == "belfry.Rang.v1"
    assert rang.headers["ce-source"] == "kindred/belfry"
    assert rang.headers["ce-subject"] == "tom"
    assert rang.headers["ce-correlationid"] == heard.headers["ce-correlationid"] == "Ring:k1"
    assert heard.headers["ce-causationid"] == rang.headers["ce-id"]
    assert rang.headers["traceparent"].split("-")[1] == heard.headers["traceparent"].split("-")[1]
    assert rang.headers["content-type"] == "application/json"


async def test_what_is_published_apart_while_an_event_is_handled_follows_it_unless_it_names_another(
    running, settings, client, jetstream
):
    async def hear(event, _work):
        async def apart(work):
            work.publish(Heard(bell_id="own", version=1))
            work.publish(Heard(bell_id="other", version=1), follows="another-cause")

        await crowd.transact(apart)

    crowd = village(settings, hear)
    await running(belfry(settings), crowd)
    await client.ask(Ring(bell_id="tom"), key="k1")
    found = {}
    for bell in ("own", "other"):
        heard = await until(partial(last, jetstream, f"events.village.Heard.v1.{bell}"))
        found[bell] = heard.headers["ce-correlationid"]
    assert found == {"own": "Ring:k1", "other": "another-cause"}


async def last(jetstream, subject):
    try:
        return await jetstream.get_last_msg("EVENTS", subject)
    except NotFoundError:
        return None


async def subjects_of_two(jetstream):
    return len(await subjects_of(jetstream, "EVENTS")) == 2


async def test_the_same_key_gets_the_same_answer_and_one_event(running, settings, client, jetstream):
    await running(belfry(settings))
    answers = await asyncio.gather(*(client.ask(Ring(bell_id="tom"), key="same") for _ in range(10)))
    assert answers == [Counted(bell_id="tom", version=1)] * 10
    await until(lambda: subjects_of(jetstream, "EVENTS"))
    assert await subjects_of(jetstream, "EVENTS") == {"events.belfry.Rang.v1.tom": 1}


async def test_a_slow_command_works_outside_the_transaction_and_has_its_effect_once(running, settings, client):
    service, effects = Service("belfry", settings), []
    bells = service.database["bells"]

    async def ring(command):
        if command.times == 0:
            raise Rejected("no-ringing", "Ring at least once.")
        await bells.insert_one({"times": command.times})  # stays, whatever becomes of the transaction

        async def effect(_):
            effects.append(command.times)
            if len(effects) == 1:
                raise Rejected("cracked", "The bell is cracked.")
            return Counted(bell_id=command.bell_id, version=len(effects))

        return effect

    service.slow_command(Ring, ring)
    await running(service)
    with pytest.raises(Rejected, match="cracked"):
        await client.ask(Ring(bell_id="tom"), key="k1")
    assert await bells.count() == 1
    answers = [await client.ask(Ring(bell_id="tom"), key="k1") for _ in range(2)]
    assert answers == [Counted(bell_id="tom", version=2)] * 2
    assert (effects, await bells.count()) == ([1, 1], 2)
    with pytest.raises(Rejected, match="no-ringing"):
        await client.ask(Ring(bell_id="tom", times=0))


async def test_a_key_is_for_one_request_only(running, settings, client):
    await running(belfry(settings))
    await client.ask(Ring(bell_id="tom"), key="same")
    with pytest.raises(Rejected) as refused:
        await client.ask(Ring(bell_id="big ben"), key="same")
    assert refused.value.rule == "one-key-one-request"


@pytest.mark.parametrize("settings", ["motor", "pymongo"], indirect=True)
async def test_fifty_commands_at_once_on_one_aggregate(running, settings, client):
    await running(belfry(settings))
    answers = await asyncio.gather(*(client.ask(Ring(bell_id="tom"), key=f"k{number}") for number in range(50)))
    assert sorted(answer.version for answer in answers) == list(range(1, 51))


async def test_errors_reach_the_asker_as_they_were_raised(running, settings, client):
    errors = {
        "rejected": Rejected("rule-x", "No."),
        "permanent": Permanent("Never."),
        "retryable": Retryable("Later.", 3),
    }
    service = belfry(settings)

    async def refuse(command: Ring, work):
        raise errors[command.bell_id]

    service.command(Ring, refuse)
    await running(service)
    for name, error in errors.items():
        with pytest.raises(type(error)) as raised:
            await client.ask(Ring(bell_id=name))
        assert vars(raised.value) == vars(error)


async def test_a_fault_of_ours_is_told_without_its_details(running, settings, client):
    service = belfry(settings)

    async def break_down(command: Ring, work):
        raise ZeroDivisionError("jane@example.org")

    service.command(Ring, break_down)
    await running(service)
    with pytest.raises(Permanent) as raised:
        await client.ask(Ring(bell_id="tom"))
    assert raised.value.sentence == "Ring failed for a reason that is ours, not yours; it has been logged."


@pytest.mark.filterwarnings("ignore:Pydantic serializer")
async def test_what_is_not_well_formed_or_not_answered_is_refused(running, settings, client):
    await running(belfry(settings))
    with pytest.raises(Rejected, match="well-formed: The request is not well formed: times: "):
        await client.ask(Ring.model_construct(bell_id="tom", times=None))  # type: ignore[arg-type]  # the fault is the point

    class Unknown(Ring):
        pass

    with pytest.raises(Permanent, match=r"belfry does not answer commands\.belfry\.Unknown\.v1"):
        await client.ask(Unknown(bell_id="tom"))


async def test_nobody_answers(client):
    with pytest.raises(Retryable, match="Nobody answered Ring for 0 seconds: belfry is not running"):
        await client.ask(Ring(bell_id="tom"), patience=0.3)


class Slowly(Ring):
    seconds: ClassVar[float] = 0.3


async def test_an_answer_is_waited_for_as_long_as_what_is_asked_may_take_and_then_said_to_be_late(
    running, settings, client
):
    service, asked, rested = belfry(settings), [], asyncio.Event()

    async def ring(command: Slowly, _):
        asked.append(command)
        await rested.wait()
        return Counted(bell_id=command.bell_id, version=1)

    service.command(Slowly, ring)
    await running(service)
    late = "Nobody answered Slowly within 0 seconds: belfry is busy, .* look before you ask again"
    with pytest.raises(Retryable, match=late):
        await client.ask(Slowly(bell_id="tom"), patience=0.2)
    assert len(asked) == 1
    rested.set()
    assert (await client.ask(Slowly(bell_id="bim"), timeout=patience(5))).bell_id == "bim"


async def test_a_refused_command_leaves_nothing_and_may_be_asked_again(running, settings, client):
    service = belfry(settings)
    ready: list[bool] = []

    async def ring(command: Ring, work):
        await service.database["bells"].insert_one({"_id": command.bell_id})
        work.publish(Rang(bell_id=command.bell_id, version=1))
        if not ready:
            raise Rejected("not-yet", "Not before eight.")
        return Counted(bell_id=command.bell_id, version=1)

    service.command(Ring, ring)
    await running(service)
    with pytest.raises(Rejected):
        await client.ask(Ring(bell_id="tom"), key="k1")
    assert (await service.database["bells"].count(), await service.database["outbox"].count()) == (0, 0)
    ready.append(True)
    assert (await client.ask(Ring(bell_id="tom"), key="k1")).version == 1


async def test_an_oversized_event_is_refused_at_the_outbox(running, settings, client):
    service = belfry(settings)

    async def ring(command: Ring, work):
        work.publish(Rang(bell_id="x" * 1_100_000, version=1))
        return Counted(bell_id="x", version=1)

    service.command(Ring, ring)
    await running(service)
    with pytest.raises(Permanent, match="the bus takes at most 1,000,000"):
        await client.ask(Ring(bell_id="tom"))


async def test_uploads(running, settings, client, tmp_path):
    service = belfry(settings)
    await running(service)
    content = bytes(range(256)) * 1000
    (tmp_path / "register.csv").write_bytes(content)
    assert await service.uploads.get(await client.upload(tmp_path / "register.csv")) == content
    assert await service.uploads.get(await client.upload(content, "a.csv")) == content
    with pytest.raises(Rejected, match="There is no upload upl-0"):
        await service.uploads.get("upl-0")
    with pytest.raises(Permanent, match="at most 20,000,000"):
        await client.upload(b"x" * 20_000_001, "big.csv")
