"""A programme over the real bus: what people send in goes into MongoDB, and other services hear it in order."""

import io

import openpyxl
import pytest

from shared.bus import Service
from shared.commands.programmes import CloseEnrolment, ErasePerson, WithdrawSchool
from shared.commands.programmes_queries import EnrolmentForm, ListEnrolments, ListProgrammes, ListSchools
from shared.errors import Rejected
from shared.events import programmes as told
from shared.events.people import ContactCard, ContactForgotten
from tests.unit.programmes.test_enrolment_handlers import row, wish
from tests.waiting import until

EVENTS = (told.ProgrammeOpened, told.SchoolEnrolled, told.SchoolWithdrawn, told.EnrolmentClosed, told.PersonErased)


@pytest.fixture
async def heard(settings, running):
    """What another service hears, in order."""
    facts = []

    async def hear(fact, _work):
        facts.append(fact)

    listener = Service("scheduling", settings)
    listener.projection("scheduling-test", dict.fromkeys((*EVENTS, ContactCard, ContactForgotten), hear))
    await running(listener)
    return facts


async def test_a_programme_from_opening_to_close(register, heard, client, programme_id, bring_in):
    form = await client.find(EnrolmentForm(programme_id=programme_id, format="xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(form.content))
    sheet = book["Enrolments"]
    for at, urn in enumerate((106557, 106564), start=3):
        sheet.append([row(urn).get(cell.value, "") for cell in sheet[1]])
        sheet.cell(at, 1).value = urn
    saved = io.BytesIO()
    book.save(saved)
    report = await bring_in("enrolments", saved.getvalue(), filename=form.filename, programme_id=programme_id)
    await client.ask(wish(programme_id, 106579))
    await client.ask(WithdrawSchool(programme_id=programme_id, urn=106579, reason="Merges."))
    closed = await client.ask(CloseEnrolment(programme_id=programme_id))
    with pytest.raises(Rejected, match="enrolment-closed"):
        await client.ask(wish(programme_id, 106582))
    enrolled = (await client.find(ListEnrolments(programme_id=programme_id))).enrolments
    gone = enrolled[0].people[0].person_id
    await client.ask(ErasePerson(person_id=gone))

    assert (report.state, report.problems, report.added) == ("done", (), 2)
    assert closed.sentence == "Enrolment is closed with 2 schools; matching begins."
    await until(
        lambda: (
            [one for one in heard if isinstance(one, told.PersonErased)]
            and [one for one in heard if isinstance(one, ContactForgotten)]
        )
    )
    assert [type(one).__name__ for one in heard if isinstance(one, EVENTS)] == [
        "ProgrammeOpened", "SchoolEnrolled", "SchoolEnrolled", "SchoolEnrolled",
        "SchoolWithdrawn", "EnrolmentClosed", "PersonErased",
    ]  # fmt: skip
    final = next(one for one in heard if isinstance(one, told.EnrolmentClosed))
    assert set(final.enrolment_ids) == {one.enrolment_id for one in enrolled if one.state == "enrolled"}
    assert [one.person_id for one in heard if isinstance(one, ContactForgotten)] == [gone]
    cards = {one.person_id for one in heard if isinstance(one, ContactCard)}
    assert {person.person_id for one in enrolled for person in one.people} <= cards
    rows = (await client.find(ListProgrammes())).programmes
    assert [(one.state, one.enrolled, one.withdrawn) for one in rows] == [("closed", 2, 1)]
    assert (await client.find(ListSchools(search="burton road"))).total == 1
