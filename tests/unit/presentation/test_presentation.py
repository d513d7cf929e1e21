"""A presentation in the town: its paper, who is invited, its minutes, and what becomes of the actions decided there."""

import pytest

from shared.commands.actions import ActionRows, ListActions
from shared.commands.tasks import ListTasks, TaskRows
from shared.events.forms import AgreementGiven, FormAgreed, PlanChanged
from tests.unit.presentation.story import COORDINATOR, Story, action

SAM, KIM = "sam@works.example", "kim@works.example"
DOOR = action(1, "Mend the door", "2027-03-15", owner="Sam Hill", address=SAM)
SHELF = action(1, "Buy a shelf", "2027-04-12", owner="Kim Ray", address=KIM)
WRITE, AGREE = "Write the minutes", "Say whether the minutes are right"
STANDS = "Say how your action stands"


@pytest.fixture
async def story() -> Story:
    """The findings are released, and the day of the presentation is agreed."""
    found = Story()
    await found.open()
    await found.place()
    await found.find(DOOR)
    await found.town.day("2027-01-26")
    await found.agree_day("presentation", "2027-02-04")
    return found


def subjects(story: Story, address: str, words: str) -> list[str]:
    return [one.subject for one in story.town.person(address).letters if words in one.subject]


@pytest.mark.timeout(240)
async def test_from_the_invitation_to_the_head_who_hears_of_a_late_action(story: Story) -> None:
    town = story.town
    invited = "Presentation of the findings, School 1: Thursday 4 February 2027"
    for role in ("headteacher", "cpd-lead", "chair-of-governors"):
        assert story.who(role, 1).letter(invited)
    assert not subjects(story, "chair-of-governors@s0.example", "Presentation")

    await town.day("2027-02-05")
    sent = await story.who("cpd-lead", 1).answer(WRITE, {"decisions.1.text": "We try it in May.", **SHELF})
    assert sent.heading == "Minutes: sent, thank you"
    asked = ("practitioner@s0.example", "headteacher@s1.example", "chair-of-governors@s1.example")
    assert {one: len(subjects(story, one, AGREE)) for one in asked} == dict.fromkeys(asked, 1)
    assert not subjects(story, "cpd-lead@s1.example", AGREE)

    assert await story.press("headteacher", AGREE, "agree") == "Agreed, thank you"
    assert len(town.of(AgreementGiven)) == 1
    assert not subjects(story, KIM, STANDS)
    await town.day("2027-02-16")
    assert [one.person_id for one in town.of(FormAgreed) if one.form == "presentation-minutes"] == [""]
    _, minutes = await story.who("chair-of-governors", 1).open("Minutes, Presentation of the findings", "entry")
    assert "Agreed by headteacher 1." in minutes.text
    assert "Said nothing: Pat 0 and chair-of-governors 1." in minutes.text
    assert "We try it in May." in minutes.text

    (asked_once,) = [one for one in town.person(KIM).letters if STANDS in one.subject]
    assert len(asked_once.links) == 2
    done = await town.person(KIM).answer(STANDS, {"status": "under-way", "line": "Ordered."})
    assert "sent" in done.heading
    assert [line.status for line in town.of(PlanChanged)[-1].plan] == ["under-way"]
    await town.day("2027-04-30")
    by_kim = subjects(story, KIM, STANDS)
    assert by_kim == [
        "Say how your action stands, by Monday 12 April 2027",
        "Reminder: Say how your action stands, by Monday 12 April 2027",
        "Reminder: Say how your action stands, it was due on Monday 12 April 2027",
    ]
    told = subjects(story, "headteacher@s1.example", "Not done by")
    assert told == [
        "Not done by Monday 15 March 2027: Say how your action stands",
        "Not done by Monday 12 April 2027: Say how your action stands",
    ]
    assert not subjects(story, COORDINATOR, STANDS)
    assert town.waiting() == {}


@pytest.mark.timeout(240)
async def test_actions_of_findings_and_minutes_stand_on_one_list_and_page(story: Story) -> None:
    town = story.town
    await town.day("2027-02-05")
    await story.who("cpd-lead", 1).answer(WRITE, SHELF)
    await town.day("2027-03-22")
    every: ActionRows = await town.find(ListActions(programme_id=story.programme_id))
    assert [(row.form, row.rating, row.what) for row in every.actions] == [
        ("findings", "off-track", ""), ("presentation-minutes", "at-risk", ""),
    ]  # fmt: skip
    browser, page = await story.who("headteacher", 1).open("Agree on the day of the presentation", "todo")
    page = await browser.open(page.url.replace("/todo", "/actions"))
    assert page.heading == "How actions stand"
    assert "Late 1" in page.text
    assert "Mend the door" in page.text
    assert "Sam Hill" in page.text
    owned: TaskRows = await town.find(ListTasks(programme_id=story.programme_id, task="action"))
    assert [one.state for one in owned.tasks] == ["missed"]
    late = next(row for row in every.actions if row.form == "findings")
    changed = next(form for form in page.forms if form.fields.get("action") == late.action_id)
    saved = await browser.press(
        page, "change", {**changed.fields, "owner": "Kim Ray", "address": KIM, "due": "2027-05-03"}
    )
    assert saved.heading == "The action is changed"
    await town.settle()
    owned = await town.find(ListTasks(programme_id=story.programme_id, task="action"))
    assert {one.state: str(one.due) for one in owned.tasks if one.state == "open"} == {"open": "2027-05-03"}
    assert town.person(KIM).letter(STANDS)


@pytest.mark.timeout(240)
async def test_minutes_are_sent_back_and_everybody_is_asked_again(story: Story) -> None:
    town = story.town
    await town.day("2027-02-05")
    await story.who("cpd-lead", 1).answer(WRITE, {"said": "All was said."})
    assert await story.press("headteacher", AGREE, "agree") == "Agreed, thank you"
    assert await story.press("chair-of-governors", AGREE, "ask", {"text": "We decided more."}) == "Sent back"
    await story.who("cpd-lead", 1).answer("Changes asked for", {"said": "All was said, and more decided."})
    owed: TaskRows = await town.find(
        ListTasks(programme_id=story.programme_id, task="presentation-minutes-agree", state="open")
    )
    assert len(owed.tasks) == 3
