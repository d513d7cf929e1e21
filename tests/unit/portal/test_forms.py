"""The forms after a visit and before it: what is asked, sent, kept."""

import datetime as dt

import pytest
from pymongo.errors import WTimeoutError

from shared.commands.reporting import AnswerSurvey, FormState, RecordTakeHome, SubmitAppraisal
from shared.commands.scheduling import AttendanceLine, RecordAttendance, VisitorNotes, WriteVisitBrief
from shared.errors import Rejected, Retryable
from shared.events.scheduling import Attendee, VisitChanged
from tests.unit.portal.driver import read, send
from tests.unit.portal.world import BRIEF, PAST, VISIT

LONG = "x" * 50_000
ODD = "🎉 Zoë\u2019s “plan”\n=HYPERLINK(1)\n{{ 7*7 }} #let x = 1"
NASTY = "a\x00b\x07c\r\nd\x1be"


async def opened(world, browser, purpose, *target):
    return await browser.get(f"/l/{await world.issue(purpose, *target)}")


async def test_the_brief_is_prefilled_and_sent_whole(world):
    async with world.browser() as browser:
        page = await opened(world, browser, "visit-brief")
        assert read(page).forms[0].fields.items() >= {"practice": BRIEF.practice, "arrival": "8:45"}.items()
        saved = await send(browser, page, {"challenge": ODD, "safeguarding_lead": "Ruth\nKaplan", "do": "save"})
    assert read(saved).h1 == "Visit brief saved"
    notes = VisitorNotes(**{**BRIEF.notes.model_dump(), "safeguarding_lead": "Ruth Kaplan"})
    expected = WriteVisitBrief(
        visit_id=VISIT, person_id="per-a-cpd", practice=BRIEF.practice, challenge=ODD, notes=notes
    )  # fmt: skip
    assert world.owners.asked == [(expected, "per-a-cpd")]


async def test_a_form_speaks_the_templates_words(world):
    async with world.browser() as browser:
        brief = await opened(world, browser, "visit-brief")
        survey = await opened(world, browser, "survey")
    assert "Which practice should your visitors explore?" in brief.text
    assert "What you do." in brief.text
    assert read(survey).h1 == "Two questions about today"
    assert "I plan to use something from today in my own school" in survey.text


@pytest.mark.parametrize("purpose", ["visit-brief", "appraisal", "take-home", "findings"])
async def test_free_text_is_warned_about_children(world, purpose):
    async with world.browser() as browser:
        page = await opened(world, browser, purpose)
    assert "No children\u2019s names, please." in page.text


async def test_attendance_is_asked_of_each_invited_person(world):
    async with world.browser() as browser:
        page = await opened(world, browser, "attendance")
        people = [f"per-{letter}-{part}" for letter in "abcd" for part in ("head", "lead")]
        came = {f"came-{person}": "no" if person == "per-d-lead" else "yes" for person in people}
        saved = await send(browser, page, {**came, "do": "save"})
    assert "7 of 8 people came" in saved.text
    command = world.owners.commands[0]
    assert isinstance(command, RecordAttendance)
    assert command.by == "per-fac"
    assert sorted(command.lines, key=lambda line: line.person_id) == [
        AttendanceLine(person_id=person, present=person != "per-d-lead") for person in people
    ]


async def test_nobody_is_counted_by_default_and_what_was_chosen_stays(world):
    async with world.browser() as browser:
        page = await opened(world, browser, "attendance")
        back = await send(browser, page, {"came-per-a-head": "yes", "do": "save"})
    assert back.status_code == 422
    assert read(back).forms[0].fields["came-per-a-head"] == "yes"
    assert "There are 7 problems" in back.text
    assert "Choose an answer: did Tom Whitfield come?" in back.text
    assert world.owners.commands == []


async def test_a_substitute_is_on_the_list_once_allowed(world):
    stands_in = Attendee(
        person_id="per-new", role="senior-leader", school_id="sch-b", substitute_for="per-b-lead"
    )  # fmt: skip
    state = world.visit_of(PAST, dt.date(2027, 3, 11), "sch-b")
    kept = tuple(one for one in state.attendees if one.person_id != "per-b-lead")
    changed = {**state.model_dump(), "attendees": (*kept, stands_in), "sequence": 1}
    async with world.browser() as browser:
        page = await opened(world, browser, "attendance")
        assert "only a substitute whom the coordinator has allowed" in page.text
        assert "per-new" not in page.text
        await world.handle(VisitChanged(version=2, **changed))
        page = await browser.get(page.url.path)
    assert "came-per-new" in page.text
    assert "standing in for Dev Patel" in page.text


async def test_attendance_waits_for_the_day(world):
    async with world.browser() as browser:
        page = await opened(world, browser, "attendance", "per-fac", VISIT)
    assert "You can record who came from Thursday 13 May 2027" in page.text
    assert read(page).forms == []


async def test_recorded_attendance_is_shown_and_not_asked_again(world):
    await world.stores.models.mark("dated", PAST, {"state": "held", "present": ["per-a-head"]})
    async with world.browser() as browser:
        page = await opened(world, browser, "attendance")
    text = " ".join(read(page).text.split())
    assert "Amara Osei Present" in text
    assert "Tom Whitfield Absent" in text
    assert read(page).forms == []


async def test_a_long_list_of_short_lines_is_fine(world):
    many = "\n".join("word " * 190 for _ in range(15))
    async with world.browser() as browser:
        await send(browser, await opened(world, browser, "appraisal"), {"strengths": many, "do": "save"})
    assert len(world.owners.commands[0].strengths) == 15


async def test_the_appraisal_takes_a_line_each(world):
    typed = {"strengths": "- Feedback in the lesson\n\n• Calm corridors\n3. Books", "develop": "", "do": "save"}
    async with world.browser() as browser:
        await send(browser, await opened(world, browser, "appraisal"), typed)
    expected = SubmitAppraisal(
        visit_id=PAST, person_id="per-fac", strengths=("Feedback in the lesson", "Calm corridors", "Books")
    )  # fmt: skip
    assert world.owners.commands == [expected]


async def test_too_many_lines_are_counted(world):
    many = "\n".join(f"Point {number}" for number in range(21))
    async with world.browser() as browser:
        page = await send(browser, await opened(world, browser, "appraisal"), {"strengths": many, "do": "save"})
    assert page.status_code == 422
    assert "takes at most 20 lines; you have written 21" in page.text
    assert read(page).forms[0].fields["strengths"] == many


async def test_what_was_sent_before_is_there_again(world):
    content = {"strengths": ["One", "Two"], "develop": [], "next_steps": ["Three"], "evidence": []}
    world.owners.finds["ShowForm"] = FormState(submitted=True, version=1, content=content)
    async with world.browser() as browser:
        page = await opened(world, browser, "appraisal")
    assert read(page).forms[0].fields.items() >= {"strengths": "One\nTwo", "develop": "", "next_steps": "Three"}.items()


async def test_take_home_with_consent(world):
    typed = {"learnt": ODD, "will_use": "Live marking", "contact_consent": "yes", "do": "save"}
    async with world.browser() as browser:
        saved = await send(browser, await opened(world, browser, "take-home"), typed)
    assert "may keep your work contact details" in saved.text
    expected = RecordTakeHome(
        visit_id=PAST, person_id="per-a-head", learnt=ODD, will_use="Live marking", contact_consent=True
    )  # fmt: skip
    assert world.owners.commands == [expected]


async def test_control_characters_fall_out_and_line_breaks_stay(world):
    typed = {"learnt": NASTY, "will_use": "y", "do": "save"}
    async with world.browser() as browser:
        await send(browser, await opened(world, browser, "take-home"), typed)
    assert world.owners.commands[0].learnt == "abc\nde"


async def test_fifty_thousand_characters_come_back_with_the_limit_named(world):
    async with world.browser() as browser:
        page = await opened(world, browser, "take-home")
        back = await send(browser, page, {"learnt": LONG, "will_use": "y" * 301, "do": "save"})
    assert back.status_code == 422
    assert "takes at most 5,000 characters; you have written 50,000" in back.text
    assert "takes at most 300 characters; you have written 301" in back.text
    assert read(back).forms[0].fields["learnt"] == LONG
    assert world.owners.commands == []


async def test_the_survey_takes_one_of_five_points(world):
    async with world.browser() as browser:
        page = await opened(world, browser, "survey")
        wrong = await send(browser, page, {"plan_to_use": "maybe", "want_to_share": "agree", "do": "save"})
        assert wrong.status_code == 422
        assert 'href="#plan_to_use"' in wrong.text
        assert 'value="agree" checked' in wrong.text
        await send(browser, page, {"plan_to_use": "strongly-agree", "want_to_share": "neither", "do": "save"})
    expected = AnswerSurvey(
        target_id=PAST, target_kind="visit", person_id="per-a-head",
        answers={"plan_to_use": "strongly-agree", "want_to_share": "neither"},
    )  # fmt: skip
    assert world.owners.commands == [expected]


async def test_a_database_that_is_away_loses_nothing(world):
    found = world.stores.links.get

    async def away(_link_id):
        raise WTimeoutError("no primary")

    typed = {"learnt": ODD, "will_use": "w", "do": "save"}
    async with world.browser() as browser:
        page = await opened(world, browser, "take-home")
        world.stores.links.get = away
        assert (await browser.get(page.url.path)).status_code == 503
        waiting = await send(browser, page, typed)
        assert (waiting.status_code, read(waiting).h1) == (503, "Not saved yet")
        world.stores.links.get = found
        saved = await send(browser, waiting, {})
    assert saved.url.path.endswith("/saved")
    assert [command.learnt for command in world.owners.commands] == [ODD]


SENT = {
    "visit-brief": {"practice": ODD, "challenge": "c"},
    "appraisal": {"strengths": ODD},
    "take-home": {"learnt": ODD, "will_use": "w"},
    "survey": {"plan_to_use": "agree", "want_to_share": "agree"},
    "findings": {
        "summary": ODD, "finding-0-title": "t", "finding-0-status": "at-risk", "action-0-what": "w",
        "action-0-owner": "o",
        "action-0-due": "2027-09-01", "action-0-success": "s",
    },
}  # fmt: skip


@pytest.mark.parametrize(("purpose", "typed"), SENT.items())
@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (Retryable("asleep"), 503, "Not saved yet"),
        (Rejected("some-rule", "A sentence for them."), 422, "A sentence for"),
    ],
)
async def test_whatever_goes_wrong_everything_typed_stays(world, purpose, typed, error, status, said):
    world.owners.fails = error
    async with world.browser() as browser:
        page = await opened(world, browser, purpose)
        back = await send(browser, page, {**typed, "do": "save"})
        assert back.status_code == status
        assert said in back.text
        fields = read(back).forms[0].fields
        assert {name: fields[name] for name in typed} == typed
        world.owners.fails = None
        again = await send(browser, back, {"do": "save"})
    assert again.url.path.endswith("/saved")
    assert len(world.owners.commands) == 1


@pytest.mark.parametrize(("purpose", "typed"), SENT.items())
async def test_sending_twice_sends_once_and_changed_text_is_sent_anew(world, purpose, typed):
    first = next(iter(typed))
    other = {**typed, first: "agree" if typed[first] == "strongly-agree" else "disagree"}
    async with world.browser() as browser:
        page = await opened(world, browser, purpose)
        for values in (typed, typed, other):
            assert (await send(browser, page, {**values, "do": "save"})).url.path.endswith("/saved")
    assert len(world.owners.commands) == 2
