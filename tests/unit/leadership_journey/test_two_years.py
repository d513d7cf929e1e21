"""Two years of one team: where it stands, alone and then together; its vision, its plan, its counts."""

from urllib.parse import urljoin

import pytest

from kindred.demo.browser import Browser
from shared.commands.forms import EntryHistory, ListEntries
from shared.commands.shared_links import AnswerSharedLink, LinkRow, OpenSharedLink, ShowSharedLink
from shared.commands.tasks import ListTasks
from shared.errors import Rejected
from tests.unit.leadership_journey.teams import Teams

LOW, MIDDLE, HIGH = "requires-improvement", "good", "outstanding"
SCHOOL = "sch-100"
VISION = "Every child is known."


@pytest.fixture
async def teams() -> Teams:
    found = await Teams().open()
    await found.town.day("2026-09-16")
    found.came()
    return found


async def everybody_sees(teams: Teams, levels: list[str], words: str = "where your school stands,") -> None:
    for member, vision in enumerate(levels):
        assert "Counted, thank you" in await teams.see(0, member, (vision, MIDDLE, LOW), words)


async def test_everybody_answers_alone_and_the_school_sees_counts_and_who_is_missing_by_role(teams: Teams) -> None:
    _, page = await teams.member(0, 3).open("where your school stands,", "entry")
    assert "Everybody teaches somebody else what they do best." in page.text
    await everybody_sees(teams, [LOW, LOW, MIDDLE, HIGH, MIDDLE])
    parts = await teams.report("diagnostic-report")
    vision = parts["A vision that people remember"]
    assert [(row[0], row[2]) for row in vision.rows] == [
        ("Requires improvement", "2"), ("Good", "2"), ("Outstanding", "1"),
    ]  # fmt: skip
    assert vision.note.startswith("Answers lie far apart, from Requires improvement to Outstanding")
    assert parts["Hard conversations, held well"].note.startswith("Everybody sees it at the same stage: Good.")
    missing = parts["Who has answered"]
    assert missing.rows == (("headteacher", "1", "1"), ("member of the leadership team", "4", "5"))
    assert missing.note == "One person is missing."


async def test_a_year_later_the_school_sees_how_far_it_has_come_though_the_whole_team_is_new(teams: Teams) -> None:
    await everybody_sees(teams, [LOW] * 6)
    await teams.town.day("2027-08-30")
    for number in range(6):
        await teams.replaced(0, number)
    teams.came()
    await teams.town.day("2027-09-16")
    asked = [to for to, subject in teams.came() if subject.startswith("Say where your school stands a year later")]
    assert asked == [f"next{number}@s0.example" for number in range(6)]
    for number in range(6):
        person = teams.town.person(f"next{number}@s0.example")
        sent = await teams.seen_by(person, (HIGH, MIDDLE, LOW), "a year later")
        assert "Counted, thank you" in sent
    parts = await teams.report("a-year-later")
    moved = parts["How far we have come: A vision that people remember"]
    assert moved.columns == ("Stage", "Year 1", "Year 2")
    assert moved.rows == (("Requires improvement", "6", "0"), ("Good", "0", "0"), ("Outstanding", "0", "6"))
    assert "need not be the same people" in moved.note
    assert parts["Who has answered"].note == "Nobody is missing."


async def test_who_has_answered_in_the_first_year_is_asked_again_in_the_second(teams: Teams) -> None:
    await everybody_sees(teams, [LOW] * 6)
    await teams.town.day("2027-09-14")
    teams.came()
    await teams.town.day("2027-09-16")
    asked = [to for to, subject in teams.came() if subject.startswith("Say where your school stands a year later")]
    assert asked == [f"leader{number}@s0.example" for number in range(6)]
    await everybody_sees(teams, [HIGH] * 6, "a year later")
    tasks = await teams.town.find(ListTasks(programme_id=teams.programme_id, task="diagnostic-again"))
    assert [one.state for one in tasks.tasks] == ["done"] * 6


async def test_the_vision_is_a_text_of_the_whole_team_with_its_versions(teams: Teams) -> None:
    await teams.town.day("2026-10-19")
    sent = await teams.member(0, 2).answer("Write down your vision", {"text": "Every child is known."})
    assert sent.heading.endswith("sent, thank you")
    tasks = await teams.town.find(ListTasks(programme_id=teams.programme_id, task="vision"))
    assert [(one.state, len(one.person_ids)) for one in tasks.tasks] == [("done", 6)]
    teams.came()
    await teams.town.day("2026-10-20")
    assert [to for to, subject in teams.came() if "vision in a new version" in subject] == [
        f"leader{number}@s0.example" for number in range(1, 6)
    ]
    browser, page = await teams.member(0, 3).open("vision in a new version", "entry")
    link = next(one for one in page.links if "/entry/ent-" in one)
    page = await browser.open(urljoin(page.url, link))
    await browser.press(page, "send", {"text": "Every child is known, and knows it."})
    (entry,) = (await teams.town.find(ListEntries(programme_id=teams.programme_id, form="vision"))).entries
    history = await teams.town.find(EntryHistory(entry_id=entry.entry_id))
    assert [(one.number, one.person_id) for one in history.versions] == [
        (1, teams.person_id(teams.member(0, 2).address)), (2, teams.person_id(teams.member(0, 3).address)),
    ]  # fmt: skip


async def test_people_without_an_account_pick_the_vision_out_of_four_and_are_counted_alone(teams: Teams) -> None:
    await teams.town.day("2026-11-24")
    head = teams.person_id(teams.head(0).address)
    with pytest.raises(Rejected, match="“Our vision” is not written yet"):
        await teams.ask(OpenSharedLink, form="vision-pulse", about_id=SCHOOL, person_id=head)
    await teams.write("vision", head, {"text": VISION})
    link: LinkRow = await teams.ask(OpenSharedLink, form="vision-pulse", about_id=SCHOOL, person_id=head)
    browser = Browser(teams.town.transport, again=())
    page = await browser.open(f"http://127.0.0.1:8080/s/{link.token}")
    assert "children" not in page.text.casefold()
    assert VISION in page.text
    shown = (await teams.town.find(ShowSharedLink(token=link.token))).entry
    ours = next(key for key, text in shown.options["recall"].items() if text == VISION)
    assert page.form.choices["recall"] == list(shown.options["recall"])
    page = await browser.press(page, "", {"group": "parents", "recall": "unsure", "guides": "agree"})
    assert "Nobody can see which answers are yours" in page.text
    for number in range(41):
        recall = "unsure" if number % 3 == 0 else ours
        await teams.town.ask(
            AnswerSharedLink(
                token=link.token, group="staff" if number < 30 else "parents", mark=shown.mark,
                answers={"recall": recall, "guides": "agree"}, veil="v" * 32,
            )
        )  # fmt: skip
    parts = await teams.report("vision-report")
    remember = parts["How many remember it: Which of these four is our school's vision?"]
    assert remember.columns == ("Answer", "Staff", "Parents and carers")
    assert remember.rows[0] == ("Chose the right one", "50% to 95%", "50% to 95%")
    assert remember.note == (
        "Staff: 30 answers. Parents and carers: 12 answers. Governors: not shown, because fewer than 10 answered."
    )


async def test_what_the_people_of_a_leader_say_is_the_leaders_alone_and_shown_from_five_on(teams: Teams) -> None:
    leader = teams.person_id(teams.member(0, 2).address)
    with pytest.raises(Rejected):
        await teams.ask(
            OpenSharedLink, form="upward", about_id=leader, person_id=teams.person_id(teams.head(0).address)
        )
    link: LinkRow = await teams.ask(OpenSharedLink, form="upward", about_id=leader, person_id=leader)
    mark = (await teams.town.find(ShowSharedLink(token=link.token))).entry.mark
    said = dict.fromkeys(("clear", "heard", "soon", "grows"), "agree")
    for _ in range(4):
        await teams.town.ask(AnswerSharedLink(token=link.token, group="led", mark=mark, answers=said, veil="v" * 32))
    nothing = await teams.report("upward-report", leader)
    assert "Fewer than five people have answered" in nothing["What helps your team"].text
    await teams.town.ask(AnswerSharedLink(token=link.token, group="led", mark=mark, answers=said, veil="v" * 32))
    teams.came()
    parts = await teams.report("upward-report", leader)
    assert parts["I am heard when I disagree"].rows[1] == ("Agree", "5")
    assert [to for to, _ in teams.came()] == [teams.member(0, 2).address]
