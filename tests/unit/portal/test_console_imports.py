"""An import on its pages: put right in place, checked again, taken in, taken back."""

import datetime as dt

import pytest

from shared.commands.imports import CorrectedRow, GoOnWithImport, ImportUndo, UndoImport
from shared.commands.programmes import ImportReport, ImportStarted, ImportStatus
from shared.errors import Rejected
from tests.unit.portal.console import IMPORT
from tests.unit.portal.driver import read
from tests.unit.portal.test_console import HOME, press
from tests.unit.portal.world import PROGRAMME

HERE = f"{HOME}/imports/{IMPORT}"
NEXT = "imp-2"


@pytest.fixture
def reported(world, desk):
    """`reported(check=False)`: how the import stands."""
    facts = {"state": "done", "kind": "enrolments", "filename": "Our schools.xlsx", "programme_id": PROGRAMME}

    def told(**changes):
        def status(query: ImportStatus) -> ImportReport:
            if query.import_id not in {IMPORT, NEXT}:
                raise Rejected("unknown-import", "There is no such import.")
            return ImportReport.model_validate({"import_id": query.import_id, **facts, **changes})

        world.owners.finds["ImportStatus"] = status
        return desk

    world.owners.replies["GoOnWithImport"] = ImportStarted(import_id=NEXT)
    return told


async def test_a_cell_is_put_right_beside_its_reason_and_the_rest_stays_as_it_was(world, reported):
    desk = reported(check=True, added=55, rejected=5)
    page = await desk.get(HERE)
    assert read(page).h1 == "55 ready, 5 to put right"
    answer = await press(desk, page, {"cell-7-0": "107001", "do": "check"})
    rows = (CorrectedRow(line=7, cells=("107001", "=cmd", "")),)
    assert world.owners.commands == [GoOnWithImport(import_id=IMPORT, rows=rows)]
    assert str(answer.url).endswith(f"/imports/{NEXT}")


async def test_what_is_ready_goes_in_with_what_was_typed_meanwhile(world, reported):
    desk = reported(check=True, added=55, changed=1, rejected=1)
    page = await desk.get(HERE)
    assert "Import the 56 rows that are ready" in page.text
    await press(desk, page, {"do": "import"})
    assert world.owners.commands == [GoOnWithImport(import_id=IMPORT, check=False)]


async def test_the_same_file_again_says_that_nothing_is_new(reported):
    page = await reported(check=True, unchanged=60).get(HERE)
    assert read(page).h1 == "Nothing is new"
    assert "Import the" not in page.text


async def test_a_refusal_keeps_what_was_typed(world, reported):
    desk = reported(check=True, added=1, rejected=1)
    world.owners.fails = Rejected("not-checked", "Import the file anew.")
    page = await press(desk, await desk.get(HERE), {"cell-7-1": "Abbey <b>Lane", "do": "check"})
    assert page.status_code == 422
    assert 'value="Abbey &lt;b&gt;Lane"' in page.text
    assert "Import the file anew." in page.text


async def test_what_changed_between_check_and_import_is_said(world, reported):
    desk = reported(check=False, added=54, unchanged=1, follows=NEXT)
    before = world.owners.finds["ImportStatus"]
    check = ImportReport(import_id=NEXT, state="done", check=True, added=55, programme_id=PROGRAMME)
    world.owners.finds["ImportStatus"] = lambda query: check if query.import_id == NEXT else before(query)
    assert "Something changed between the check and now: it had said 55 new" in (await desk.get(HERE)).text


async def test_an_import_that_is_in_cannot_be_gone_on_with(world, reported):
    desk = reported(check=False, added=54)
    page = await desk.get(f"{HOME}/import")
    fields = {**read(page).forms[1].fields, "do": "import"}
    assert (await desk.post(HERE, data=fields, headers={"origin": world.public})).status_code == 404


async def test_taking_back_says_first_who_leaves(world, reported):
    desk = reported(check=False, added=2)
    world.owners.finds["ShowImportUndo"] = ImportUndo(leave=(107000, 107009), stay=(107003,))
    assert "Take the import back" in (await desk.get(HERE)).text
    page = await desk.get(f"{HERE}/undo")
    said = " ".join(read(page).text.split())
    assert "2 schools leave. No mail has gone" in said
    assert "Hollins Primary School" in said
    assert "URN 107009" in said
    await press(desk, page, {"do": "undo"})
    assert world.owners.commands == [UndoImport(import_id=IMPORT)]


async def test_taking_back_asks_for_the_second_factor_again_after_half_an_hour(world, reported):
    desk = reported(check=False, added=2)
    world.owners.finds["ShowImportUndo"] = ImportUndo(leave=(107000,))
    page = await desk.get(f"{HERE}/undo")
    world.clock.advance(dt.timedelta(minutes=31))
    late = await press(desk, page, {"do": "undo"})
    assert (late.status_code, world.owners.commands) == (403, [])
    assert (await desk.get(f"{HERE}/undo")).url.path == "/sign-in/second"


async def test_what_cannot_be_taken_back_says_why(world, reported):
    desk = reported(check=False, added=2)
    world.owners.finds["ShowImportUndo"] = ImportUndo(sentence="Enrolment has closed.")
    assert "It cannot be taken back. Enrolment has closed." in (await desk.get(HERE)).text
    assert "Take the import back</button>" not in (await desk.get(f"{HERE}/undo")).text
