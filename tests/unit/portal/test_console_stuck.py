"""Stuck: in words, for whom, with one button; and an empty page that says when it last looked."""

import datetime as dt
from dataclasses import replace

import pytest

from services.portal.domain.stuck import Letter, alike, in_words
from shared.commands.imports import ImportRow, ImportRows
from shared.commands.notifications import ResendMail
from shared.commands.reports import CompileReport, ReportRow, ReportRows
from shared.errors import Rejected
from tests.unit.portal.console import MAIL
from tests.unit.portal.driver import read
from tests.unit.portal.test_console import press
from tests.unit.portal.world import NOW, PROGRAMME

HERE, MOVED = "/console/stuck", "kindred.scheduling.VisitMoved.v1"


def letter(number=1, **changes):
    facts = {"programme_id": PROGRAMME, "school_id": "sch-a", "person_id": "per-a-head"}
    plain = Letter(number, parked=False, service="notifications", kind=MOVED, reason="No <b>.", at=NOW, facts=facts)
    return replace(plain, **changes)


def brought(**changes):
    given = {"import_id": "imp-1", "kind": "enrolments", "filename": "a.csv", "programme_id": PROGRAMME, "asked": NOW}
    return ImportRow.model_validate({**given, "state": "done", "rejected": 3, **changes})


async def test_a_dead_letter_stands_there_in_words_and_is_tried_again(world, desk):
    world.letters.kept = {1: letter(1), 2: letter(2)}
    page = await desk.get(HERE)
    said = " ".join(read(page).text.split())
    assert "Visit moved 2 times Mails about it have not gone out." in said
    assert "It concerns Amara Osei, Hollins Primary School and Yorkshire peer visits 2026/27." in said
    assert "No &lt;b&gt;." in page.text
    page = await press(desk, page, {"do": "letters:1,2"})
    assert world.letters.given_back == [1, 2]
    assert "It is tried again." in page.text
    page = await press(desk, page, {"do": "letters:1,2"})
    assert "Somebody tried it again already." in page.text


async def test_mails_reports_and_files_have_one_button_each(world, desk):
    failed = ReportRow(
        report_id="rpt-1", kind="year", title="The year", programme_id=PROGRAMME, about_id="sch-a", state="failed",
        edition=1,
    )  # fmt: skip
    world.owners.finds["ListReports"] = lambda query: ReportRows(
        total=1, reports=(failed,) if query.programme_id == PROGRAMME else ()
    )
    world.owners.finds["ListImports"] = ImportRows(rows=(brought(),))
    page = await desk.get(HERE)
    assert "3 rows were left out" in page.text
    assert f"/console/programmes/{PROGRAMME}/imports/imp-1" in page.text
    page = await press(desk, page, {"do": f"report:{PROGRAMME}/year/sch-a"})
    await press(desk, page, {"do": f"mail:{MAIL}"})
    report = CompileReport(programme_id=PROGRAMME, report="year", about_id="sch-a")
    assert world.owners.commands == [report, ResendMail(mail_id=MAIL)]


async def test_a_file_is_faulty_until_the_same_kind_went_in_whole(world, desk):
    later = brought(import_id="imp-2", rejected=0, filename="b.csv")
    world.owners.finds["ListImports"] = ImportRows(rows=(later, brought()))
    assert "a.csv" not in (await desk.get(HERE)).text
    later = later.model_copy(update={"check": True})
    world.owners.finds["ListImports"] = ImportRows(rows=(later, brought()))
    assert "a.csv" in (await desk.get(HERE)).text


async def test_nothing_is_stuck_and_the_page_says_when_it_looked(world, desk):
    for name in ("ListMails", "ListReplies", "ListProgrammes"):
        world.owners.finds.pop(name)
    page = await desk.get(HERE)
    assert read(page).h1 == "Nothing is stuck"
    assert "Last looked at" in page.text


async def test_what_is_gone_meanwhile_is_said(world, desk):
    page = await desk.get(HERE)
    world.owners.fails = Rejected("unknown-mail", "There is no such mail.")
    page = await press(desk, page, {"do": "mail:x"})
    assert (page.status_code, "There is no such mail." in page.text) == (422, True)


@pytest.mark.parametrize(
    ("kind", "said"), [("kindred.tasks.TaskAsked.v1", "Task asked"), ("", "A message"), ("x", "A message")]
)
def test_kinds_in_words(kind, said):
    assert in_words(kind) == said


def test_letters_of_one_kind_service_and_reason_are_one():
    parked = letter(3, parked=True)
    found = alike([letter(1), parked, letter(2), letter(4, at=NOW + dt.timedelta(days=1), service="tasks")])
    assert [one.numbers for one in found] == [(1, 2), (3,), (4,)]
    assert "newer version" in found[1].todo
