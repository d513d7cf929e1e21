"""A group's page: in friendly words and a picture, and without what is the coordinator's to see."""

import re

import pytest

from services.portal.domain.sharing import part_of, picture
from shared.commands.sharing import Shared
from shared.errors import Retryable
from tests.unit.portal.driver import read
from tests.unit.portal.signing import enter
from tests.unit.portal.world import PROGRAMME

ADDRESS = "per-a-head@example.org"
NAMES = {"a": "Hollins Primary School", "b": "St Oswald\u2019s Catholic Academy", "c": "Carr Wood", "d": "The Beck"}


def shares(giver: str, *takers: str, topic: str = "feedback") -> Shared:
    return Shared(topic=topic, title=topic.capitalize(), from_school=giver, to_schools=takers)


async def page_of(world, **finds):
    world.owners.finds |= finds
    async with world.browser() as browser:
        await enter(world, browser, ADDRESS)
        return await browser.get(f"/me/cohort/{PROGRAMME}")


async def test_each_school_is_said_to_share_and_to_learn(world):
    page = await page_of(world)
    assert read(page).h1 == "Your group"
    words = " ".join(re.sub(r"<[^>]+>", " ", page.text).split())
    assert (
        "Shares Feedback, with The Beck Academy Learns about Homework, from St Oswald\u2019s Catholic Academy" in words
    )
    assert "The schools lie 12 to 61 km apart." in words


async def test_the_picture_says_in_words_what_it_shows(world):
    page = await page_of(world)
    assert page.text.count("<line ") == 4
    assert '<title id="sharing-7">Hollins Primary School shares with The Beck Academy; ' in page.text


async def test_cover_weights_and_poverty_are_not_on_it(world):
    page = await page_of(world)
    assert not re.search(r"%|percent|covered|weight|free meals|score", page.text.split("<main", 1)[1], re.IGNORECASE)
    assert all(type(query).__name__ != "WhyGroup" for query in world.owners.found)


async def test_without_an_answer_the_schools_are_shown_all_the_same(world):
    def away(_query):
        raise Retryable("away")

    page = await page_of(world, ShowSharing=away)
    assert "cannot be shown just now" in page.text
    assert "Has to share" in page.text


def test_what_nobody_takes_up_is_kept_apart():
    part = part_of(
        "a",
        (["feedback", "maths"], ["homework", "phonics"]),
        [shares("a", "b"), shares("b", "a", topic="homework"), shares("c", "a", topic="homework")],
        NAMES,
    )
    assert part.shares == (("Feedback", (NAMES["b"],)),)
    assert part.learns == (("Homework", (NAMES["b"], NAMES["c"])),)
    assert (part.has_too, part.wants_too) == (("maths",), ("phonics",))


@pytest.mark.parametrize("ids", ["ab", "abc", "abcd"])
def test_arrows_begin_and_end_outside_the_boxes_and_on_the_canvas(ids):
    found = picture(ids, NAMES, [shares(one, *(other for other in ids if other != one)) for one in ids])
    assert found is not None
    assert len(found.arrows) == len(ids) * (len(ids) - 1)
    for arrow in found.arrows:
        for x, y in ((arrow.x1, arrow.y1), (arrow.x2, arrow.y2)):
            assert 0 <= x <= 320
            assert 0 <= y <= found.height
            assert not any(
                box.left < x < box.left + box.width and box.top < y < box.top + box.height for box in found.boxes
            )
    for box in found.boxes:
        assert box.left >= 0
        assert box.left + box.width <= 320
        assert all(box.top < y < box.top + box.height for y, _ in box.lines)


@pytest.mark.parametrize(("ids", "shared"), [("ab", []), ("a", [shares("a", "b")]), ("abcde", [shares("a", "b")])])
def test_where_there_is_nothing_to_see_there_is_no_picture(ids, shared):
    assert picture(ids, NAMES, shared) is None
