"""One list of what somebody owes, and the page of each thing on it."""

import datetime as dt
import re
from typing import Any

import pytest
from starlette.routing import Route

from services.portal.pages.sessions import csrf_token
from shared.commands.tasks import ConfirmTask
from shared.errors import Rejected, Retryable
from shared.events.people import ContactCard
from shared.events.tasks import TaskDone, TaskExcused, TaskMissed, TaskReminded, TaskReopened
from tests.fakes.portal.owners import FakeOwners
from tests.unit.portal.driver import press, read, send
from tests.unit.portal.todo.office import HOST_LEAD, LEAD, TODAY, VISITOR, findings_asked, link, task
from tests.unit.reporting.entries.harness import findings_sent

LATE: Any = {"due": TODAY - dt.timedelta(days=3)}


async def opened(house, browser, purpose="todo", person=LEAD, **more):
    return await browser.get(f"/l/{await link(house, purpose, person, **more)}")


def rows(page):
    """The list as it stands: what, and in which words by when."""
    found = re.findall(r'<li class="owed">(.*?)</li>', page.text, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found]


def href(page, task_id):
    """Where a line of the list leads."""
    found = re.search(rf'href="([^"]*{task_id})"', page.text)
    assert found
    return found[1]


async def test_what_is_overdue_stands_first_and_each_says_what_for_whom_by_when(house):
    await house.handle(task("post"))
    await house.handle(task("insured", due=TODAY + dt.timedelta(days=2)))
    await house.handle(task("plan", **LATE))
    await house.handle(task("plan", TaskMissed, 2, **LATE))
    await house.handle(task("plan", TaskReminded, 3, reminder=1, **LATE))
    async with house.browser() as browser:
        page = await opened(house, browser)
    assert read(page).h1 == "What you need to do"
    assert rows(page) == [
        "School plan Own School Exchange 2026 Overdue Was due 28 September 2026",
        "Insurance Own School Exchange 2026 By 3 October 2026",
        "Post your project Own School Exchange 2026 By 11 October 2026",
    ]


async def test_the_day_of_a_line_is_told_with_its_link(house):
    await house.handle(task("post"))
    await house.handle(task("plan", **LATE))
    await house.handle(task("plan", TaskMissed, 2, **LATE))
    async with house.browser() as browser:
        page = await opened(house, browser)
    told = re.findall(r'aria-describedby="([^"]+)">([^<]+)</a>', page.text)
    days = dict(re.findall(r'<p class="by" id="([^"]+)">(.*?)</p>', page.text, re.DOTALL))
    assert [(title, re.sub(r"<[^>]+>", "", days[about]).strip()) for about, title in told] == [
        ("School plan", "Overdue Was due 28 September 2026"),
        ("Post your project", "By 11 October 2026"),
    ]
    assert "done lately" not in page.text


async def test_the_list_says_how_much_is_done(house):
    await house.handle(task("post"))
    await house.handle(task("insured"))
    await house.handle(task("plan"))
    await house.handle(task("plan", TaskDone, 2, by=LEAD, on=TODAY))
    await house.handle(task("insured", TaskExcused, 2, reason="school-closed"))
    async with house.browser() as browser:
        page = await opened(house, browser)
    assert '<p>1 to do, <a href="#done">1 done lately</a>.</p>' in page.text


async def test_a_list_with_nothing_on_it_says_so(house):
    async with house.browser() as browser:
        page = await opened(house, browser)
    assert "There is nothing you need to do now." in page.text
    assert rows(page) == []


async def test_what_is_done_says_by_whom_and_what_follows(house):
    await house.handle(findings_asked())
    done = {"person_ids": (VISITOR,), "about": "match", "about_id": "mat-1", "by": VISITOR, "on": TODAY}
    await house.handle(task("write", TaskDone, 2, **done))
    await house.handle(task("post", person_ids=(VISITOR,)))
    await house.handle(task("post", TaskExcused, 2, person_ids=(VISITOR,), reason="school-closed"))
    async with house.browser() as browser:
        page = await opened(house, browser, person=VISITOR)
        shown = await browser.get(f"{page.url.path.removesuffix('/todo')}/task/tsk-write")
        excused = await browser.get(f"{page.url.path.removesuffix('/todo')}/task/tsk-post")
    follows = (
        "Next: Lead of the host school agrees, or asks for changes. "
        "Next: Lead of the host school: Agree to the findings."
    )
    assert rows(page) == [
        f"Write your findings Amara Osei at Host School Own School Exchange 2026 {follows} Done by you",
        "Post your project Own School Exchange 2026 Not needed any more: the school was closed.",
    ]
    assert "There is nothing you need to do now." in page.text
    assert "This is done" in shown.text
    assert "The school was closed." in excused.text


async def test_what_is_owed_again_comes_back(house):
    await house.handle(task("post"))
    await house.handle(task("post", TaskDone, 2, by=LEAD, on=TODAY))
    await house.handle(task("post", TaskReopened, 3, reason="changes-asked"))
    async with house.browser() as browser:
        page = await opened(house, browser)
    assert rows(page) == ["Post your project Own School Exchange 2026 By 11 October 2026"]


async def test_a_tap_leads_to_the_form_and_what_is_sent_there_arrives(house):
    await house.handle(findings_asked())
    async with house.browser() as browser:
        page = await opened(house, browser, person=VISITOR)
        form = await browser.get(href(page, "tsk-write"))
        assert read(form).h1 == "Findings"
        filled = {"summary": "Well taught.", "found.1.title": "Books", "found.1.evidence": "Six lessons"}
        sent = await send(browser, form, {**filled, "do": "send"})
    assert read(sent).h1 == "Findings: sent, thank you"
    assert "Back to your list" in sent.text
    (entry,) = house.reporting.memory.entries.rows.values()
    assert (entry.state, entry.about_id) == ("submitted", "mat-1")


async def test_a_tap_leads_to_what_is_to_be_agreed(house):
    entry_id = await findings_sent(house.reporting)
    await house.handle(task("check", person_ids=(HOST_LEAD,), about="entry", about_id=entry_id))
    async with house.browser() as browser:
        page = await opened(house, browser, person=HOST_LEAD)
        shown = await browser.get(href(page, "tsk-check"))
        assert "Do you agree?" in shown.text
        await press(browser, shown, "agree")
    assert house.reporting.kept(entry_id).state == "agreed"


@pytest.fixture
def owners(house):
    """The services behind the pages, which note what they are asked."""
    fakes = FakeOwners()
    object.__setattr__(house.portal, "owners", fakes)
    return fakes


@pytest.mark.parametrize(("purpose", "target"), [("todo", "prg-1"), ("task", "tsk-insured")])
async def test_one_button_confirms_and_looking_does_nothing(house, owners, purpose, target):
    await house.handle(task("insured"))
    async with house.browser() as browser:
        first = await opened(house, browser, purpose, target=target)
        page = await browser.get(f"/p/{first.url.path.split('/')[2]}/task/tsk-insured")
        await browser.head(page.url.path)
        assert "Your visitors are insured." in page.text
        assert owners.commands == []
        for _ in range(2):
            saved = await press(browser, page, "confirm")
    assert read(saved).h1 == "Confirmed, thank you"
    assert owners.commands == [ConfirmTask(task_id="tsk-insured", person_id=LEAD)]


async def test_a_confirmation_that_does_not_arrive_says_so(house, owners):
    await house.handle(task("insured", **LATE))
    async with house.browser() as browser:
        page = await opened(house, browser, "task", target="tsk-insured")
        assert "This was due on Monday 28 September 2026" in page.text
        owners.fails = Retryable("away")
        away = await press(browser, page, "confirm")
        owners.fails = Rejected("task-over", "This task is no longer open.")
        refused = await press(browser, page, "confirm")
    assert (away.status_code, refused.status_code) == (503, 422)
    assert "Not saved yet" in away.text
    assert "This task is no longer open." in refused.text


async def test_what_is_done_cannot_be_confirmed_again(house, owners):
    await house.handle(task("insured"))
    async with house.browser() as browser:
        page = await opened(house, browser, "task", target="tsk-insured")
        await house.handle(task("insured", TaskDone, 2, by=LEAD, on=TODAY))
        assert (await press(browser, page, "confirm")).status_code == 404
    assert owners.commands == []


def paths(house, task_id):
    """Every address of a task."""
    found = [
        route.path
        for route in house.app.routes
        if isinstance(route, Route) and route.path.startswith("/p/") and "{task_id}" in route.path
    ]
    return [path.replace("{task_id}", task_id).replace("{entry_id}", "ent-1") for path in found]


@pytest.mark.parametrize("purpose", ["todo", "task"])
async def test_somebody_elses_task_does_not_exist(house, owners, purpose):
    await house.handle(task("insured"))
    await house.handle(findings_asked())
    async with house.browser() as browser:
        first = await opened(house, browser, purpose, VISITOR, target="prg-1" if purpose == "todo" else "tsk-insured")
        ref = (await browser.get(f"/l/{await link(house, 'todo', VISITOR)}")).url.path.split("/")[2]
        kept = [one for one in house.collections.all("links") if one["_id"].startswith(ref)]
        token = csrf_token(house.portal.key, kept[0]["_id"])
        posted = {"csrf": token, "do": "confirm"}
        statuses = set()
        for task_id in ("tsk-insured", "tsk-unknown"):
            for path in paths(house, task_id):
                statuses.add((await browser.get(path.replace("{ref}", ref))).status_code)
                origin = {"origin": house.public}
                answer = await browser.post(path.replace("{ref}", ref), data=posted, headers=origin)
                statuses.add(answer.status_code)
    assert statuses == {404}
    assert first.status_code == (200 if purpose == "todo" else 404)
    assert owners.commands == []


async def test_the_link_of_one_task_opens_no_list_and_no_other_task(house, owners):
    await house.handle(task("insured"))
    await house.handle(task("post"))
    async with house.browser() as browser:
        page = await opened(house, browser, "task", target="tsk-insured")
        root = page.url.path.removesuffix("/task")
        statuses = [
            (await browser.get(f"{root}/{path}")).status_code for path in ("todo", "task/tsk-post", "my-visits")
        ]
    assert statuses == [404, 404, 404]


async def test_names_from_right_to_left_and_emoji_keep_to_themselves(house):
    name = "\u202eעדה 🎓 Osei"
    await house.handle(ContactCard(person_id=VISITOR, version=2, name=name, email="x@example.org"))
    await house.handle(findings_asked())
    async with house.browser() as browser:
        page = await opened(house, browser, person=VISITOR)
    assert f"<bdi>{name}</bdi>" in page.text
    assert f"<bdi>{name} at Host School</bdi>" in page.text
