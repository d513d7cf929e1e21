"""Evidence typed on a phone without signal: it survives a reload, arrives once, and then leaves the phone."""

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.e2e.accessible import faults, misfits
from tests.e2e.browsing import IN_A_BROWSER, staged
from tests.unit.portal.entries.house import built
from tests.unit.portal.walk.stages import enter
from tests.unit.reporting.entries import exchange

pytestmark = IN_A_BROWSER
VISITOR, HOST_LEAD = exchange.VISITOR, exchange.HOST_LEAD
NOTE = {
    "key": "note", "title": "A note from your visit", "by": ["practitioner"], "about": "match", "many": True,
    "offline": True, "confidential": "named", "readers": ["author"],
    "fields": [
        {"key": "doing", "kind": "choice", "label": "What was it?",
         "choices": [{"key": "lesson", "title": "A lesson"}, {"key": "talk", "title": "A talk"}]},
        {"key": "seen", "label": "What did you see?"},
    ],
}  # fmt: skip
KEPT = """async () => {
  const database = await new Promise((done) => {
    const asked = indexedDB.open("kindred-offline", 1);
    asked.onsuccess = () => done(asked.result);
  });
  const all = (store) => new Promise((done) => {
    const asked = database.transaction(store).objectStore(store).getAll();
    asked.onsuccess = () => done(asked.result);
  });
  return JSON.stringify([await all("typed"), await all("waiting")]);
}"""
AGAIN = 120_000
"""Milliseconds within which a page tries again by itself."""
TYPED = "Year 4 read aloud for ten minutes."


@pytest_asyncio.fixture(loop_scope="session")
async def stage(browser):
    """The portal and reporting over fakes, with a form that works without signal."""

    async def made(public):
        house = await built(public)
        forms = [NOTE, *(form for form in exchange.FORMS if form["key"] != "note")]
        opened = exchange.opened(forms=forms).model_copy(update={"version": 2})
        await house.reporting.handle(opened)
        await house.handle(opened)
        return house

    async with staged(browser, made) as found:
        yield found
        await found.close()


async def at_form(stage, page):
    """The empty form, once the phone keeps it."""
    token = await stage.world.link(VISITOR, exchange.MATCH, "note", "match")
    await page.goto(f"{stage.world.public}/l/{token}")
    await page.get_by_role("link", name="Write a new one").click()
    await ready(page)


async def ready(page):
    await page.locator("body[data-offline-ready=yes]").wait_for()


async def write(page, text):
    await page.get_by_label("A lesson").check()
    await page.get_by_label("What did you see?").fill(text)


def notes(stage):
    """What has arrived: what was seen, and how the entry stands."""
    rows = [one for one in stage.world.reporting.memory.entries.rows.values() if one.form == "note"]
    return sorted((one.submitted.answers["seen"], one.state) for one in rows if one.submitted)


async def test_it_survives_a_reload_without_signal_and_arrives_once(stage):
    page = await stage.page()
    await at_form(stage, page)
    await page.context.set_offline(True)
    await write(page, TYPED)
    await page.wait_for_function(f"async (typed) => (await ({KEPT})()).includes(typed)", arg=TYPED)
    await page.reload()
    await ready(page)
    await expect(page.get_by_label("What did you see?")).to_have_value(TYPED)
    await expect(page.get_by_label("A lesson")).to_be_checked()
    await page.locator("button[value=send]").click()
    await expect(page.get_by_role("heading", name="One note is kept on this phone")).to_be_visible()
    await expect(page.get_by_label("What did you see?")).to_have_value("")
    await page.reload()
    await ready(page)
    await expect(page.get_by_role("heading", name="One note is kept on this phone")).to_be_visible()
    assert notes(stage) == []
    await page.context.set_offline(False)
    await expect(page.get_by_role("heading", name="One note was sent")).to_be_visible(timeout=AGAIN)
    await page.reload()
    await ready(page)
    assert notes(stage) == [(TYPED, "agreed")]
    assert await page.evaluate(KEPT) == "[[],[]]"


async def test_two_notes_without_signal_are_two(stage):
    page = await stage.page()
    await at_form(stage, page)
    await page.context.set_offline(True)
    for number, text in enumerate(("First.", "Second."), start=1):
        await write(page, text)
        await page.locator("button[value=send]").click()
        said = "One note is kept" if number == 1 else "2 notes are kept"
        await expect(page.get_by_role("heading", name=said)).to_be_visible()
    await page.context.set_offline(False)
    await expect(page.get_by_role("heading", name="2 notes were sent")).to_be_visible(timeout=AGAIN)
    assert notes(stage) == [("First.", "agreed"), ("Second.", "agreed")]
    assert await page.evaluate(KEPT) == "[[],[]]"


async def test_an_answer_that_is_lost_makes_no_second_note(stage):
    """The note has arrived, but the phone never heard so: it sends it again under the same key."""
    page = await stage.page()
    await at_form(stage, page)
    await write(page, TYPED)
    note = await page.evaluate("() => [...new FormData(document.querySelector('form[data-offline]'))]")
    fields = dict(note) | {"do": "send"}
    await page.evaluate(
        "async (fields) => { await fetch(location.pathname, {method: 'POST', body: new URLSearchParams(fields)}) }",
        fields,
    )
    assert len(notes(stage)) == 1
    await page.locator("button[value=send]").click()
    await expect(page.locator("h1")).to_have_text("A note from your visit: sent, thank you")
    assert notes(stage) == [(TYPED, "agreed")]
    assert await page.evaluate(KEPT) == "[[],[]]"


async def test_with_signal_it_is_sent_at_once_and_nothing_stays(stage):
    page = await stage.page()
    await at_form(stage, page)
    await write(page, "We saw that Tom Baker read well in Year 4.")
    await page.get_by_label("A talk").check()
    await expect(page.get_by_text("“Tom”, “Baker” look like names.")).to_be_visible()
    assert await faults(page) == []
    await page.locator("button[value=send]").click()
    await expect(page.locator("h1")).to_have_text("A note from your visit: sent, thank you")
    await expect(page.get_by_text("“Tom” and “Baker” look like names.")).to_be_visible()
    assert await page.evaluate(KEPT) == "[[],[]]"


async def test_what_the_server_does_not_take_is_put_right_in_the_form(stage):
    page = await stage.page()
    await at_form(stage, page)
    await page.context.set_offline(True)
    await page.get_by_label("What did you see?").fill(TYPED)
    await page.locator("button[value=send]").click()
    await expect(page.get_by_role("heading", name="One note is kept on this phone")).to_be_visible()
    await page.context.set_offline(False)
    async with page.expect_navigation(wait_until="commit"):  # a click would wait for a load that a worker answers
        await page.get_by_role("button", name="Look at it").dispatch_event("click")
    await ready(page)
    await expect(page.get_by_label("What did you see?")).to_have_value(TYPED)
    await page.locator("button[value=send]").click()
    await expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    await expect(page.get_by_label("What did you see?")).to_have_value(TYPED)
    await page.get_by_label("A lesson").check()
    await page.locator("button[value=send]").click()
    await expect(page.locator("h1")).to_have_text("A note from your visit: sent, thank you")
    assert notes(stage) == [(TYPED, "agreed")]
    assert await page.evaluate(KEPT) == "[[],[]]"


async def test_without_script_it_is_an_ordinary_form(stage):
    page = await stage.page(script=False)
    token = await stage.world.link(VISITOR, exchange.MATCH, "note", "match")
    await page.goto(f"{stage.world.public}/l/{token}")
    await page.get_by_role("link", name="Write a new one").click()
    await write(page, TYPED)
    await page.locator("button[value=send]").click()
    await expect(page.locator("h1")).to_have_text("A note from your visit: sent, thank you")
    assert notes(stage) == [(TYPED, "agreed")]


@pytest.mark.parametrize("person", [HOST_LEAD, exchange.HOST_HEAD, exchange.COORDINATOR, exchange.MANAGER])
async def test_nobody_else_reads_the_log(stage, person):
    page = await stage.page()
    entry_id, _ = await stage.world.reporting.send("note", exchange.MATCH, VISITOR, {"doing": "talk", "seen": TYPED})
    for target, form, kind in ((exchange.MATCH, "note", "match"), (entry_id, "", "entry")):
        answer = await page.goto(f"{stage.world.public}/l/{await stage.world.link(person, target, form, kind)}")
        assert answer.status == 404


async def test_the_page_with_notes_that_wait(stage):
    page = await stage.page()
    await at_form(stage, page)
    await page.context.set_offline(True)
    await write(page, TYPED)
    await page.locator("button[value=send]").click()
    await expect(page.get_by_role("heading", name="One note is kept on this phone")).to_be_visible()
    assert await faults(page) == []
    assert await misfits(page) == []


async def signed_in(stage, page):
    """The same form, for somebody who has signed in."""
    world, public = stage.world, stage.world.public
    token = await enter(world, VISITOR)
    await page.context.add_cookies([{"name": "kindred-sign-in-session", "value": token, "url": public}])
    await page.goto(f"{public}/me/open/{exchange.PROGRAMME}/note/{exchange.MATCH}/new")
    await ready(page)


async def test_a_note_of_somebody_who_has_signed_in_waits_for_them_alone(stage):
    page = await stage.page()
    await signed_in(stage, page)
    await page.context.set_offline(True)
    await write(page, TYPED)
    await page.locator("button[value=send]").click()
    await expect(page.get_by_role("heading", name="One note is kept on this phone")).to_be_visible()
    await page.context.clear_cookies()
    other = await enter(stage.world, HOST_LEAD)
    await page.context.set_offline(False)
    public = stage.world.public
    await page.context.add_cookies([{"name": "kindred-sign-in-session", "value": other, "url": public}])
    await page.goto(f"{public}/me/todo")
    await ready(page)
    assert notes(stage) == []
    later = await enter(stage.world, VISITOR, "later")
    await page.context.add_cookies([{"name": "kindred-sign-in-session", "value": later, "url": public}])
    await page.goto(f"{public}/me/todo")
    await ready(page)
    await expect(page.get_by_role("heading", name="One note was sent")).to_be_visible()
    assert notes(stage) == [(TYPED, "agreed")]
    assert await page.evaluate(KEPT) == "[[],[]]"
