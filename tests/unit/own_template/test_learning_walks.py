"""A template of somebody else runs from opening to its last mail; nothing but its YAML was written for it."""

import pytest

from shared.commands.tasks import ListTasks, TaskRows
from shared.template.reading import faults_of
from tests.unit.own_template.walks import SCHOOLS, TEMPLATES, Walks

DAYS = "Which days suit you? First walk"


def test_it_is_valid_as_it_is() -> None:
    assert faults_of((TEMPLATES / "learning-walks.yaml").read_text(encoding="utf-8")) == ()


@pytest.mark.timeout(120)
async def test_it_runs_from_its_opening_to_its_last_mail(walks: Walks) -> None:
    guides = [f"guide@s{number}.example" for number in SCHOOLS]
    walkers = [f"walker@s{number}.example" for number in SCHOOLS]
    await walks.invite()
    assert walks.came() == [(one, "Invite somebody, by Friday 16 October 2026") for one in guides]
    await walks.name()
    assert walks.came() == sorted(
        [(one, "3 invitations to walk") for one in guides]
        + [(one, "Name your walkers, by Friday 13 November 2026") for one in guides]
        + [(one, "Say whether you will walk, by Tuesday 27 October 2026") for one in walkers]
    )
    await walks.agree()
    draft = await walks.publish()
    assert {(one.school, one.host) for one in draft.placements} == {("School 0", "School 1"), ("School 1", "School 2")}
    assert [one.rule for one in draft.people_without] == ["not-agreed"]
    assert walks.came() == sorted(
        [
            ("walker@s2.example", "Reminder: Say whether you will walk, by Tuesday 27 October 2026"),
            ("cora@walks.example", "Say whether you will walk: not said in time"),
            *[(f"walker@s{number}.example", f"Walk well, Walker {number}") for number in (0, 1)],
            *[(f"friend@s{number}.example", f"Walk well, Friend {number}") for number in (0, 1)],
            *[(f"guide@s{number}.example", f"Walk well, Guide {number}") for number in (1, 2)],
            *[(one, "Bring flat shoes, by Monday 30 November 2026") for one in walkers[:2]],
            *[(f"walker@s{number}.example", f"{DAYS}, School {number + 1}") for number in (0, 1)],
            *[(f"guide@s{number}.example", f"{DAYS}, School {number}") for number in (1, 2)],
        ]
    )
    await walks.town.day("2027-07-20")
    assert walks.came() == sorted(
        [(one, "Reminder: Bring flat shoes, by Monday 30 November 2026") for one in walkers[:2]]
        + [(one, "Write what you saw, by Monday 28 December 2026") for one in walkers[:2]]
        + [(one, "Write a page: by Monday 15 February 2027") for one in walkers]
        + [(one, "2 things to do") for one in walkers]
        + [(one, "Half of Walks is over") for one in guides]
    )
    assert walks.town.waiting() == {}


async def test_only_whoever_was_placed_is_asked_for_what_follows(walks: Walks) -> None:
    await walks.invite()
    await walks.name()
    await walks.agree()
    await walks.publish()
    await walks.town.day("2026-11-18")
    tasks: TaskRows = await walks.town.find(ListTasks(programme_id=walks.programme_id, task="shoes"))
    assert [(one.state, one.about) for one in tasks.tasks] == [("open", "match"), ("open", "match")]


async def test_what_was_seen_is_sent_back_twice_and_agreed_and_goes_to_whom_its_answers_name(walks: Walks) -> None:
    await walks.invite()
    await walks.name()
    await walks.agree()
    await walks.publish()
    await walks.town.day("2026-12-15")
    walker, guide = walks.walker(0), walks.guide(1)
    await walker.answer("Write what you saw", {"answer": "Yes.", "again": "yes"})
    for number, wish in enumerate(("Say why.", "Say where."), start=1):
        browser, page = await guide.open("Agree to what was seen", "entry")
        assert (await browser.press(page, "ask", {"text": wish})).heading == "Sent back"
        browser, page = await walker.open("Write what you saw", "entry")
        assert wish in page.text
        await browser.press(page, "send", {"answer": f"Yes, {number}."})
    walks.came()
    browser, page = await guide.open("Agree to what was seen", "entry")
    assert (await browser.press(page, "agree", {})).heading == "Agreed, thank you"
    assert walks.came() == [
        ("friend@s0.example", "Walker 0 has written: What you saw"),
        ("guide@s1.example", "Walker 0 has written: What you saw"),
    ]
    _, page = await walks.town.person("friend@s0.example").open("has written", "entry")
    assert "Yes, 2." in page.text
