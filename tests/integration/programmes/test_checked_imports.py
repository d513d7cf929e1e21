"""A file is checked, goes in, and is taken back: on the real bus, with transactions of a real database."""

import pytest

from services.programmes.store import mongo_stores
from shared.bus import Service
from shared.commands.imports import CorrectedRow, GoOnWithImport, ListImports, ShowImportUndo, UndoImport
from shared.commands.notifications import ListMails, MailRows
from shared.commands.programmes import ImportFile, ListProblemRows
from shared.commands.programmes_queries import ListEnrolments
from shared.errors import Rejected, Retryable
from shared.events.programmes import SchoolEnrolled, SchoolWithdrawn
from tests.integration.bus.samples import subjects_of
from tests.unit.programmes.test_checked_imports import ONE, THREE, TWO, UNKNOWN, file_of
from tests.unit.programmes.test_enrolment_handlers import row, wish

KEPT = ("enrolments", "people", "school_changes", "import_taken")
"""Collections in which a check leaves nothing."""


@pytest.fixture
async def nobody_was_mailed(settings, running):
    """A stand-in for notifications: no mail has gone out."""
    service = Service("notifications", settings)

    async def mails(_query):
        return MailRows(total=0, mails=(), by_state={}, by_template={})

    service.query(ListMails, mails)
    await running(service)


@pytest.fixture
def database(settings, mongo):
    return mongo.database(f"{settings.database_prefix}programmes")


@pytest.fixture
async def terms(database, programme_id):
    return (await mongo_stores(database).programmes.get(programme_id)).terms


@pytest.fixture
def told(jetstream):
    """How many events of a kind there are on the bus."""

    async def number(kind):
        found = await subjects_of(jetstream, "EVENTS")
        return sum(times for subject, times in found.items() if kind.__name__ in subject)

    return number


async def enrolled(client, programme_id):
    found = await client.find(ListEnrolments(programme_id=programme_id))
    return {one.school.urn: one for one in found.enrolments if one.state == "enrolled"}


async def test_a_check_leaves_nothing_then_the_file_goes_in_and_is_taken_back(
    register, nobody_was_mailed, client, database, programme_id, terms, imported, at_rest, told
):
    await client.ask(wish(programme_id, THREE))
    before = (await enrolled(client, programme_id))[THREE]
    await at_rest()
    counts = [await database[name].count() for name in KEPT]
    published = await told(SchoolEnrolled)

    upload = await client.upload(file_of(terms, row(ONE), row(UNKNOWN), row(THREE)), "schools.csv")
    asked = ImportFile(kind="enrolments", upload=upload, filename="schools.csv", programme_id=programme_id, check=True)
    check = await imported((await client.ask(asked)).import_id)
    await at_rest()
    assert (check.state, check.added, check.changed, check.rejected) == ("done", 1, 1, 1)
    assert [await database[name].count() for name in KEPT] == counts
    assert await told(SchoolEnrolled) == published
    assert set(await enrolled(client, programme_id)) == {THREE}

    (bad,) = (await client.find(ListProblemRows(import_id=check.import_id))).rows
    right = tuple(str(TWO) if cell == str(UNKNOWN) else cell for cell in bad.cells)
    again = GoOnWithImport(import_id=check.import_id, rows=(CorrectedRow(line=bad.line, cells=right),))
    again = await imported((await client.ask(again)).import_id)
    assert (again.check, again.added, again.changed, again.rejected) == (True, 2, 1, 0)
    done = await imported((await client.ask(GoOnWithImport(import_id=again.import_id, check=False))).import_id)
    assert (done.check, done.added, done.changed, done.follows) == (False, 2, 1, again.import_id)
    assert set(await enrolled(client, programme_id)) == {ONE, TWO, THREE}

    would = await client.find(ShowImportUndo(import_id=done.import_id))
    assert (would.sentence, would.leave, would.as_before, would.stay) == ("", (ONE, TWO), (THREE,), ())
    said = await client.ask(UndoImport(import_id=done.import_id))
    assert said.sentence == "The import is taken back: 2 schools left, 1 is again as before."
    after = await enrolled(client, programme_id)
    assert set(after) == {THREE}
    assert (after[THREE].needs, after[THREE].strengths) == (before.needs, before.strengths)
    await at_rest()
    assert (await told(SchoolEnrolled) - published, await told(SchoolWithdrawn)) == (2, 2)
    with pytest.raises(Rejected, match="already"):
        await client.ask(UndoImport(import_id=done.import_id))
    listed = (await client.find(ListImports(limit=3))).rows
    assert [(one.import_id, one.check) for one in listed] == [
        (done.import_id, False), (again.import_id, True), (check.import_id, True),
    ]  # fmt: skip


async def test_an_import_stays_while_nobody_can_say_what_was_sent(register, client, programme_id, terms, bring_in):
    done = await bring_in("enrolments", file_of(terms, row(ONE)), programme_id=programme_id)
    with pytest.raises(Retryable):
        await client.ask(UndoImport(import_id=done.import_id))
    assert set(await enrolled(client, programme_id)) == {ONE}
