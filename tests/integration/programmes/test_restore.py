"""A backup that is brought back does not bring back who was erased since."""

import pytest

from services.programmes.app import build
from services.programmes.settings import ProgrammesSettings
from shared.commands.programmes import AddPerson, ErasePerson, PersonDetails
from shared.commands.programmes_queries import ListEnrolments
from shared.operations import streams
from shared.operations.backup import backup, restore
from tests.unit.programmes.test_enrolment_handlers import wish
from tests.waiting import until_equal

CANARY = "Canary Person"


async def holding(mongo, jetstream, prefix):
    """Where the name still stands: collections, and the stream of contact cards."""
    found = []
    for name in await mongo.databases():
        if name.startswith(prefix):
            database = mongo.database(name)
            rows = {each: await database[each].find({}).to_list() for each in await database.collections()}
            found += [(name.removeprefix(prefix), each) for each in rows if CANARY in str(rows[each])]
    for subject in (await jetstream.stream_info("PEOPLE", subjects_filter=">")).state.subjects or {}:
        message = await jetstream.get_last_msg("PEOPLE", subject)
        if CANARY in str(message.data):
            found.append(("PEOPLE", subject))
    return found


@pytest.mark.usefixtures("register")
async def test_who_was_erased_since_the_backup_stays_erased(
    programmes, client, programme_id, settings, mongo, jetstream, tmp_path, at_rest
):
    await client.ask(wish(programme_id))
    person = PersonDetails(role="governor", name=CANARY, email="canary@s106557.example")
    added = await client.ask(AddPerson(programme_id=programme_id, urn=106557, person=person))
    where = (settings.nats_url, settings.mongo_url, tmp_path / "b")
    await backup(*where, settings.database_prefix)
    await client.ask(ErasePerson(person_id=added.id))
    await at_rest()
    await programmes.stop()
    again = build(ProgrammesSettings(**settings.model_dump()))
    await restore(*where, again.topology(), settings.database_prefix, replace=True)
    await streams.apply(jetstream, again.topology())
    await again.start()
    try:
        await at_rest()
        await until_equal(lambda: holding(mongo, jetstream, settings.database_prefix), [])
        rows = (await client.find(ListEnrolments(programme_id=programme_id))).enrolments
        assert len(rows) == 1
    finally:
        await again.stop()
