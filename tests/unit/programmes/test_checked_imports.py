"""A file is checked before it goes in, put right row by row, and taken back while nobody has heard of it."""

import pytest

from shared.commands.imports import CorrectedRow, GoOnWithImport, ShowImportUndo, UndoImport
from shared.commands.programmes import (
    CloseEnrolment,
    CorrectEnrolment,
    ImportStatus,
    ListProblemRows,
    WithdrawSchool,
)
from shared.commands.programmes_queries import ListEnrolments
from shared.errors import Rejected
from shared.events.programmes import SchoolEnrolled, SchoolWithdrawn
from tests.unit.programmes.test_enrolment_handlers import filled, row, wish

ONE, TWO, THREE = 106557, 106564, 106579
UNKNOWN = 999999


@pytest.fixture
async def terms(office, programme_id):
    return (await office.stores.programmes.get(programme_id)).terms


def file_of(terms, *rows):
    return filled(terms, rows).encode()


async def checked(office, programme_id, content):
    return await office.bring_in("enrolments", content, programme_id=programme_id, check=True)


async def enrolled(office, programme_id):
    found = await office.find(ListEnrolments(programme_id=programme_id))
    return {one.school.urn: one for one in found.enrolments if one.state == "enrolled"}


async def test_a_check_says_what_would_happen_and_nothing_goes_in(office, programme_id, terms):
    before = len(office.published)
    report = await checked(office, programme_id, file_of(terms, row(ONE), row(UNKNOWN), row(TWO)))
    assert (report.state, report.check, report.added, report.rejected) == ("done", True, 2, 1)
    assert await enrolled(office, programme_id) == {}
    assert len(office.published) == before
    assert (await office.find(ShowImportUndo(import_id=report.import_id))).sentence


async def test_rows_are_put_right_and_the_file_goes_in_as_it_was_checked(office, programme_id, terms):
    first = await checked(office, programme_id, file_of(terms, row(ONE), row(UNKNOWN)))
    problems = await office.find(ListProblemRows(import_id=first.import_id))
    (bad,) = problems.rows
    right = [str(TWO) if cell == str(UNKNOWN) else cell for cell in bad.cells]
    rows = (CorrectedRow(line=bad.line, cells=tuple(right)),)
    again = await office.carried_out(GoOnWithImport(import_id=first.import_id, rows=rows))
    assert (again.check, again.added, again.rejected, again.corrected) == (True, 2, 0, 1)
    done = await office.carried_out(GoOnWithImport(import_id=again.import_id, check=False))
    assert (done.check, done.added, done.follows, done.corrected) == (False, 2, again.import_id, 1)
    assert set(await enrolled(office, programme_id)) == {ONE, TWO}
    assert len(office.of(SchoolEnrolled)) == 2
    same = await checked(office, programme_id, file_of(terms, row(ONE), {**row(UNKNOWN), "URN": str(TWO)}))
    assert (same.added, same.changed, same.unchanged) == (0, 0, 2)


async def test_what_changed_since_the_check_counts_when_the_file_goes_in(office, programme_id, terms):
    report = await checked(office, programme_id, file_of(terms, row(ONE), row(TWO)))
    assert report.added == 2
    await office.bring_in("enrolments", file_of(terms, row(ONE)), programme_id=programme_id)
    done = await office.carried_out(GoOnWithImport(import_id=report.import_id, check=False))
    assert (done.added, done.unchanged) == (1, 1)
    await office.do(CloseEnrolment(programme_id=programme_id))
    late = await office.carried_out(GoOnWithImport(import_id=report.import_id, check=False))
    assert (late.added, late.rejected) == (0, 2)


async def test_an_import_is_taken_back(office, programme_id, terms):
    await office.do(wish(programme_id, THREE))
    before = (await enrolled(office, programme_id))[THREE]
    done = await office.bring_in("enrolments", file_of(terms, row(ONE), row(THREE)), programme_id=programme_id)
    assert (done.added, done.changed) == (1, 1)
    found = await office.find(ShowImportUndo(import_id=done.import_id))
    assert (found.sentence, found.leave, found.as_before, found.stay) == ("", (ONE,), (THREE,), ())
    said = await office.do(UndoImport(import_id=done.import_id))
    assert said.sentence == "The import is taken back: 1 school left, 1 is again as before."
    after = (await enrolled(office, programme_id))[THREE]
    assert (after.needs, after.strengths) == (before.needs, before.strengths)
    assert [one.person_id for one in after.people] == [one.person_id for one in before.people]
    assert set(await enrolled(office, programme_id)) == {THREE}
    assert len(office.of(SchoolWithdrawn)) == 1
    assert (await office.find(ImportStatus(import_id=done.import_id))).undone
    with pytest.raises(Rejected, match="already"):
        await office.do(UndoImport(import_id=done.import_id))


async def test_what_somebody_changed_since_stays(office, programme_id, terms):
    done = await office.bring_in("enrolments", file_of(terms, row(ONE), row(TWO)), programme_id=programme_id)
    await office.do(CorrectEnrolment(programme_id=programme_id, urn=ONE, not_with=(TWO,)))
    await office.do(UndoImport(import_id=done.import_id))
    assert set(await enrolled(office, programme_id)) == {ONE}


async def test_nothing_is_taken_back_once_mails_went_or_enrolment_has_closed(office, programme_id, terms):
    done = await office.bring_in("enrolments", file_of(terms, row(ONE), row(TWO)), programme_id=programme_id)
    head = (await enrolled(office, programme_id))[ONE].people[0].person_id
    office.mails.sent = {head: 2}
    with pytest.raises(Rejected, match="2 mails have gone"):
        await office.do(UndoImport(import_id=done.import_id))
    office.mails.sent = {}
    await office.do(WithdrawSchool(programme_id=programme_id, urn=ONE, reason="Left."))
    assert (await office.find(ShowImportUndo(import_id=done.import_id))).stay == (ONE,)
    await office.do(CloseEnrolment(programme_id=programme_id))
    with pytest.raises(Rejected, match="Enrolment has closed"):
        await office.do(UndoImport(import_id=done.import_id))


async def test_only_a_check_that_has_ended_goes_on(office, programme_id, terms):
    done = await office.bring_in("enrolments", file_of(terms, row(ONE)), programme_id=programme_id)
    with pytest.raises(Rejected, match="no check"):
        await office.do(GoOnWithImport(import_id=done.import_id, check=False))
