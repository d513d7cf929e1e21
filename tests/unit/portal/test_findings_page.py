"""Findings and action plan: rows without script, errors at their fields, everything kept."""

import datetime as dt

from shared.commands.reporting import Finding, FormState, PlannedAction, ShowForm, SubmitFindings
from tests.unit.portal.driver import press, read, send
from tests.unit.portal.world import COHORT, PROGRAMME

FULL = {
    "summary": "Reading has improved.",
    "finding-0-title": "Reading fluency is improving",
    "finding-0-detail": "But not everywhere.",
    "finding-0-status": "at-risk",
    "finding-0-evidence": "12 lesson visits\n- Fluency screen, 184 pupils",
    "action-0-what": "Daily reading in Years 5 and 6",
    "action-0-owner": "English lead",
    "action-0-due": "2027-10-01",
    "action-0-success": "Four in five read fluently",
    "action-0-status": "under-way",
}


async def opened(world, browser):
    return await browser.get(f"/l/{await world.issue('findings')}")


def rows(page, kind):
    fields = read(page).forms[0].fields
    return sorted({name.split("-")[1] for name in fields if name.startswith(f"{kind}-")})


async def test_it_is_sent_whole(world):
    async with world.browser() as browser:
        saved = await send(browser, await opened(world, browser), {**FULL, "do": "save"})
    assert "1 finding and 1 action saved" in saved.text
    expected = SubmitFindings(
        programme_id=PROGRAMME, cohort_id=COHORT, school_id="sch-a", person_id="per-a-head",
        summary="Reading has improved.",
        findings=(
            Finding(
                title="Reading fluency is improving", detail="But not everywhere.", status="at-risk",
                evidence=("12 lesson visits", "Fluency screen, 184 pupils"),
            ),
        ),
        actions=(
            PlannedAction(
                what="Daily reading in Years 5 and 6", owner="English lead", due=dt.date(2027, 10, 1),
                success="Four in five read fluently", status="under-way",
            ),
        ),
    )  # fmt: skip
    assert world.owners.asked == [(expected, "per-a-head")]


async def test_rows_come_and_go_without_script_and_everything_stays(world):
    async with world.browser() as browser:
        page = await send(browser, await opened(world, browser), {**FULL, "do": "add-finding"})
        assert page.status_code == 200
        assert rows(page, "finding") == ["0", "1"]
        assert read(page).forms[0].fields.items() >= FULL.items()
        page = await send(browser, page, {"finding-1-title": "Second", "do": "add-action"})
        page = await press(browser, page, "remove-finding-0")
        assert rows(page, "finding") == ["1"]
        assert rows(page, "action") == ["0", "1"]
        fields = read(page).forms[0].fields
    assert fields["finding-1-title"] == "Second"
    assert fields["action-0-owner"] == "English lead"
    assert world.owners.commands == []


async def test_the_last_row_can_go_and_one_can_be_added_again(world):
    async with world.browser() as browser:
        page = await press(browser, await opened(world, browser), "remove-action-0")
        assert rows(page, "action") == []
        refused = await send(browser, page, {"summary": "s", "finding-0-title": "t", "do": "save"})
        assert 'href="#add-action"' in refused.text
        page = await press(browser, page, "add-action")
    assert rows(page, "action") == ["0"]


async def test_there_is_a_most_of_rows(world):
    many = {f"action-{number}-what": f"Action {number}" for number in range(60)}
    async with world.browser() as browser:
        page = await send(browser, await opened(world, browser), {**many, "do": "add-action"})
    assert len(rows(page, "action")) == 60


async def test_strange_row_buttons_do_nothing(world):
    async with world.browser() as browser:
        page = await opened(world, browser)
        for button in ("remove-action-99", "add-nonsense", "remove-finding", "add-finding-x", "__proto__"):
            answer = await press(browser, page, button)
            assert answer.status_code == 422
    assert world.owners.commands == []


async def test_errors_stand_at_their_fields_and_everything_stays(world):
    typed = {
        **FULL,
        "summary": "",
        "finding-0-title": "",
        "finding-0-status": "great",
        "action-0-due": "soon",
        "action-0-owner": "",
    }
    async with world.browser() as browser:
        page = await send(browser, await opened(world, browser), {**typed, "do": "save"})
    assert page.status_code == 422
    for field in ("summary", "finding-0-title", "finding-0-status", "action-0-due", "action-0-owner"):
        assert f'href="#{field}"' in page.text
        assert f'id="{field}-error"' in page.text
    assert page.text.startswith("<!doctype html>")
    assert "<title>Error: Findings and action plan" in page.text
    kept = read(page).forms[0].fields
    assert {name: kept[name] for name in typed if name != "finding-0-status"} == {
        name: value for name, value in typed.items() if name != "finding-0-status"
    }
    assert world.owners.commands == []


async def test_empty_rows_are_left_out(world):
    async with world.browser() as browser:
        page = await send(browser, await opened(world, browser), {**FULL, "do": "add-finding"})
        page = await press(browser, page, "add-action")
        await press(browser, page, "save")
    command = world.owners.commands[0]
    assert (len(command.findings), len(command.actions)) == (1, 1)


async def test_what_was_sent_before_is_there_again(world):
    content = {
        "summary": "Before", "findings": [{"title": "T", "detail": "", "status": "complete", "evidence": ["a", "b"]}],
        "actions": [{"what": "W", "owner": "O", "due": "2027-10-01", "success": "S", "status": "done"}],
    }  # fmt: skip
    world.owners.finds["ShowForm"] = FormState(submitted=True, version=2, content=content)
    async with world.browser() as browser:
        page = await opened(world, browser)
    fields = read(page).forms[0].fields
    assert fields["finding-0-evidence"] == "a\nb"
    assert fields["finding-0-status"] == "complete"
    assert (fields["action-0-due"], fields["action-0-status"]) == ("2027-10-01", "done")
    asked = ShowForm(form="findings", target_id="sch-a", person_id="per-a-head", cohort_id=COHORT)
    assert world.owners.found == [asked]


async def test_formulas_and_markup_go_through_as_text(world):
    odd = {**FULL, "action-0-what": '=HYPERLINK("http://x")', "finding-0-title": "#let x = [*bold*] {{ 7 * 7 }} 🎉"}
    async with world.browser() as browser:
        await send(browser, await opened(world, browser), {**odd, "do": "save"})
    command = world.owners.commands[0]
    assert command.actions[0].what == '=HYPERLINK("http://x")'
    assert command.findings[0].title == "#let x = [*bold*] {{ 7 * 7 }} 🎉"
