"""Review of groups: a map beside a table, one group as a picture, moves and wishes with what they would change."""

import pytest

from services.portal.domain.group_map import NUMBER, drawn, farthest, picture
from shared.commands.matching import (
    GroupReasons,
    ListPins,
    PinRow,
    PinRows,
    PinSchools,
    SchoolReasons,
    WaitingRow,
    WhatIf,
)
from shared.commands.sharing import GroupSharing, Shared
from tests.unit.portal.console import NAMES
from tests.unit.portal.driver import read
from tests.unit.portal.test_console import HOME, press
from tests.unit.portal.world import GROUP, PROGRAMME

URNS = (107000, 107001, 107002, 107003)
PLACES = ((430000.0, 390000.0), (431000.0, 390000.0), (430000.0, 394000.0), None)
ONE, OTHER = "sch-107000", "sch-107001"
SHARING = GroupSharing(
    group_id=GROUP,
    shared=(
        Shared(topic="homework", title="Homework", from_school=ONE, to_schools=(OTHER,)),
        Shared(topic="feedback", title="Feedback", from_school=ONE, to_schools=(OTHER,)),
        Shared(topic="reading", title="Reading", from_school=OTHER, to_schools=(ONE,)),
    ),
)


@pytest.fixture
def group(world, desk):
    """The group of the draft, with places."""
    cohort = world.owners.finds["ShowCohort"]
    row = cohort.groups[0].model_copy(update={"places": PLACES, "coverage": (0.9, 0.2, 0.8, 0.7)})
    second = row.model_copy(update={"group_id": "grp-2", "number": 8, "urns": (107010, 107011), "names": ("X", "Y")})
    world.owners.finds["ShowCohort"] = cohort.model_copy(update={"groups": (row, second), "groups_total": 2})
    schools = tuple(
        SchoolReasons(
            school_id=f"sch-{urn}", urn=urn, name=name, coverage=covered, gets=(), gives=(), context=("Near.",)
        )
        for urn, name, covered in zip(URNS, NAMES, row.coverage, strict=True)
    )
    why = GroupReasons(group=row, schools=schools, median_coverage=0.5, programme_id=PROGRAMME)
    world.owners.finds["ShowSharing"] = SHARING
    world.owners.finds["WhyGroup"] = why
    return why


async def test_a_map_stands_beside_the_table(desk, group):
    page = await desk.get(f"{HOME}/groups")
    said = " ".join(read(page).text.split())
    assert "at least 20 % of its needs" in said
    assert "up to 4 km" in said
    assert page.text.count('r="9"') == 5
    assert f'href="{HOME}/groups/{GROUP}"' in page.text


async def test_a_group_is_a_picture_and_a_table_of_who_gives_what_to_whom(desk, group):
    page = await desk.get(f"{HOME}/groups/{GROUP}")
    said = " ".join(read(page).text.split())
    assert f"{NAMES[0]} gives {NAMES[1]} Homework, Feedback" in said
    assert page.text.count('class="gives"') == 2
    assert f"{NAMES[1]} gets least" in said
    assert (await desk.get(f"/console/programmes/prg-2/groups/{GROUP}")).status_code == 404


async def test_a_move_says_first_what_it_would_change_and_is_then_a_wish(world, desk, group):
    page = await desk.get(f"{HOME}/groups")
    page = await press(desk, page, {"one": "107000", "to": "107010,107011", "do": "move"}, form=2)
    asked = WhatIf(programme_id=PROGRAMME, urns=(107000, 107010), how="together")
    assert asked in world.owners.found
    assert "If you did that" in page.text
    await press(desk, page, {"do": "pin"})
    assert world.owners.commands == [PinSchools(programme_id=PROGRAMME, urns=(107000, 107010), how="together")]


async def test_a_move_to_nowhere_is_refused_in_words(desk, group):
    page = await desk.get(f"{HOME}/groups")
    page = await press(desk, page, {"one": "107000", "to": "", "do": "move"}, form=2)
    assert (page.status_code, "Choose two schools" in page.text) == (422, True)


async def test_a_wish_is_undone(world, desk, group):
    pin = PinRow(urns=(107000, 107002), names=(NAMES[0], NAMES[2]), how="apart")
    world.owners.finds["ListPins"] = lambda query: PinRows(pins=(pin,) if isinstance(query, ListPins) else ())
    page = await desk.get(f"{HOME}/groups")
    await press(desk, page, {"do": "pin"}, form=3)
    assert world.owners.commands == [PinSchools(programme_id=PROGRAMME, urns=(107000, 107002), how="free")]


def test_a_map_keeps_north_up_and_counts_who_has_no_place(group):
    waiting = WaitingRow(school_id="s", urn=1, name="Far", rule="travel", sentence="x.", place=(430000.0, 398000.0))
    found = drawn([group.group], [waiting])
    assert found is not None
    assert (found.unplaced, round(found.km)) == (1, 8)
    assert found.waiting[0].y < min(dot.y for dot in found.stars[0].dots)
    assert drawn([], []) is None


def test_farthest_and_arrows(group):
    assert farthest(PLACES) == pytest.approx(4.123, abs=0.001)
    assert farthest((None,)) is None
    found = picture(group, SHARING)
    assert [one.weakest for one in found.nodes] == [False, True, False, False]
    assert [one.topics for one in found.arrows] == [("Homework", "Feedback"), ("Reading",)]
    assert len({one.path for one in found.arrows}) == 2


def test_numbers_of_groups_that_lie_in_one_place_do_not_cover_each_other(group):
    rows = [group.group.model_copy(update={"number": number}) for number in range(1, 7)]
    far = WaitingRow(school_id="s", urn=1, name="Far", rule="travel", sentence="x.", place=(470000.0, 430000.0))
    found = drawn(rows, [far])
    assert found is not None
    spots = [(star.x, star.y) for star in found.stars]
    assert all(
        abs(x - to_x) >= NUMBER[0] or abs(y - to_y) >= NUMBER[1]
        for at, (x, y) in enumerate(spots)
        for to_x, to_y in spots[:at]
    )
    assert all(0 < x < found.width and 0 < y < found.height for x, y in spots)
