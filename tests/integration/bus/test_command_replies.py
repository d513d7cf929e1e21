"""Before 0.1.0 replies of commands were in `answers`, beside the portal's read model of that name: they move out."""

from datetime import UTC, datetime

import pytest

from shared.bus import command_replies
from shared.bus.collections import COMMAND_REPLIES

pytestmark = pytest.mark.parametrize("settings", ["motor", "pymongo"], indirect=True)
AT = datetime(2026, 11, 1, tzinfo=UTC)
READ_MODEL = {"_id": "visit-1:person-1", "person_id": "person-1", "version": 3}


def reply(number):
    return {"_id": f"AnswerInvitation:key-{number}", "print": "ab", "reply": b"{}", "at": AT}


@pytest.fixture
def database(mongo, settings):
    return mongo.database(f"{settings.database_prefix}portal")


@pytest.fixture
async def as_before(database):
    await database["answers"].create_index("at", expireAfterSeconds=30 * 86_400)
    await database["answers"].create_index([("person_id", 1)])
    await database["answers"].insert_many([READ_MODEL, *map(reply, range(1201))])


async def test_replies_move_and_the_read_model_stays(database, as_before):
    await command_replies.prepare(database)

    assert await database["answers"].find().to_list() == [READ_MODEL]
    assert await database[COMMAND_REPLIES].count() == 1201
    assert await database[COMMAND_REPLIES].find_one({"_id": "AnswerInvitation:key-7"}) == reply(7)


async def test_the_read_model_no_longer_expires(database, as_before):
    await command_replies.prepare(database)

    kept = await database["answers"].raw.index_information()
    assert set(kept) == {"_id_", "person_id_1"}


async def test_a_move_that_broke_off_is_finished(database, as_before):
    await database[COMMAND_REPLIES].insert_many([reply(1), reply(2)])

    await command_replies.prepare(database)
    await command_replies.prepare(database)

    assert await database["answers"].count() == 1
    assert await database[COMMAND_REPLIES].count() == 1201


async def test_a_new_database_gets_no_old_collection(database):
    await command_replies.prepare(database)

    assert "answers" not in await database.collections()


async def test_a_name_is_taken_out_of_every_reply_and_nothing_else(database):
    said = (b'{"sentence":"Ann \\"Annie\\" Lee hands over."}', b'{"sentence":"Ann Leeds hands over."}', b"{}")
    await database[COMMAND_REPLIES].insert_many([{**reply(number), "reply": text} for number, text in enumerate(said)])
    await command_replies.forget(database, ('Ann "Annie" Lee', "ann@lee.example", ""))
    kept = {row["_id"]: row["reply"] async for row in database[COMMAND_REPLIES].find()}
    assert list(kept.values()) == [b'{"sentence":"(erased) hands over."}', *said[1:]]
