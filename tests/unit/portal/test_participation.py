"""Whether a school takes part is answered behind a mailed link, changed there, and decided in the console."""

import datetime as dt

import pytest

from services.portal.domain.links import link_id_of
from shared.commands.participation import (
    AnswerParticipation,
    AskSchool,
    DecideParticipation,
    ExceptFromRule,
    ParticipationRow,
    ParticipationRows,
    ParticipationShown,
    RuleStanding,
)
from shared.errors import Rejected
from shared.events.links import LinkIssued
from tests.unit.portal.console import filled
from tests.unit.portal.driver import read, send
from tests.unit.portal.signing import signed_in
from tests.unit.portal.test_console import press
from tests.unit.portal.world import PROGRAMME, World

TOKEN, PERSON = "tok-participation-abcdefghijklmnopqrstu", "per-a-head"
SHOWN = ParticipationShown(
    programme="Exchange", summary="Projects for each other.", urn=107001, school="Abbey Lane", enrolled=False,
    answers=("yes", "maybe", "no"), until=dt.date(2026, 10, 15), asked_again=True, later=("practitioner",),
)  # fmt: skip
ROW = ParticipationRow(
    urn=107001, school_id="sch-a", school="Abbey Lane", enrolled=True, answer="maybe", reason="Budget",
    rules=(RuleStanding(rule="least", of="project", kept=False, sentence="0 projects, and at least 1 asked for."),),
)  # fmt: skip


async def opened(world: World, browser, found=SHOWN):
    world.owners.finds |= {"ShowParticipation": found}
    event = LinkIssued(
        version=1, link_id=link_id_of(TOKEN), person_id=PERSON, purpose="participation", target_id="sch-a",
        target_kind="school", programme_id=PROGRAMME, expires=world.clock.now() + dt.timedelta(days=60),
    )  # fmt: skip
    await world.handle(event)
    return await browser.get(f"/l/{TOKEN}")


async def test_looking_answers_nothing_and_one_press_does(world):
    async with world.browser() as browser:
        page = await opened(world, browser)
        assert read(page).h1 == "Does Abbey Lane take part?"
        assert "You are asked later for: practitioner." in page.text
        assert world.owners.commands == []
        saved = await send(browser, page, {"answer": "yes", "do": "save"})
    assert read(saved).h1 == "Your school takes part, thank you"
    assert "You name practitioner later." in read(saved).text
    (sent,) = world.owners.commands
    assert isinstance(sent, AnswerParticipation)
    assert (sent.urn, sent.answer, sent.person_id, sent.ask_again) == (107001, "yes", PERSON, True)


@pytest.mark.parametrize(("again", "follows"), [({}, "You are not asked again."), ({"again": "yes"}, "next year")])
async def test_a_no_says_why_and_whether_to_ask_again(world, again, follows):
    async with world.browser() as browser:
        page = await opened(world, browser)
        drop = () if again else ("again",)
        saved = await send(browser, page, {"answer": "no", "reason": "We rebuild.", "do": "save", **again}, drop=drop)
    assert follows in read(saved).text
    assert world.owners.commands[0].ask_again is bool(again)


async def test_what_is_refused_comes_back_with_everything_that_was_typed(world):
    async with world.browser() as browser:
        page = await opened(world, browser)
        world.owners.fails = Rejected("reason-missing", "Please say in a sentence why the answer is maybe.")
        refused = await send(browser, page, {"answer": "maybe", "reason": " ", "do": "save"})
        none = await send(browser, page, {"do": "save"})
    assert refused.status_code == 422
    assert "Please say in a sentence" in refused.text
    assert "Choose one of the answers." in none.text


async def test_whoever_has_no_say_is_answered_as_if_there_were_nothing(world):
    def nothing(_query):
        raise Rejected("unknown-school", "There is no such school in this programme.")

    async with world.browser() as browser:
        page = await opened(world, browser, nothing)
    assert page.status_code == 404


async def test_the_coordinator_asks_answers_excepts_and_decides_with_a_reason(world):
    filled(world).owners.finds |= {"ListParticipation": ParticipationRows(rows=(ROW,), total=1, known=1)}
    here = f"/console/programmes/{PROGRAMME}/participation"
    async with world.browser() as browser:
        await signed_in(world, browser)
        listed = await browser.get(here)
        assert "Budget" in listed.text
        await press(browser, listed, {"urn": "107002", "name": "Ada Okafor", "email": "ada@s.example"})
        page = await browser.get(f"{here}/107001")
        assert "0 projects, and at least 1 asked for." in page.text
        await press(browser, page, {"reason": "A new head.", "do": "except:least/project"})
        await press(browser, page, {"answer": "no", "reason": "By phone.", "do": "answer"})
        await press(browser, page, {"rule": "capacity", "reason": "We are full.", "do": "refuse"})
        without = await press(browser, page, {"rule": "capacity", "reason": "", "do": "refuse"})
        assert without.status_code == 422
    kinds = [type(one) for one in world.owners.commands]
    assert kinds == [AskSchool, ExceptFromRule, AnswerParticipation, DecideParticipation]
    assert world.owners.commands[-1].rule == "capacity"
