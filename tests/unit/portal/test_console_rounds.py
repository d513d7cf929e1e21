"""The coordinator's pages of rounds of people: review, overrule, check and publish, end."""

import datetime as dt

import pytest

from shared.commands.pairs import (
    EndPair,
    FreePeople,
    KeepApart,
    PairPeople,
    PairPinRow,
    PairRow,
    PairsDetail,
    PartnerRow,
    PersonAlone,
    ShowPairs,
)
from shared.commands.people import FoundPeople, FoundPerson
from shared.commands.programmes_queries import EnrolmentRows, ProgrammeRows
from shared.commands.rounds import (
    AcceptOffer,
    DeclineOffer,
    DraftRound,
    ForbidPlacement,
    FreePlacement,
    OfferRow,
    PersonWithout,
    PinPlacement,
    PinRow,
    PlacementRow,
    PublishRound,
    RoundDetail,
    RoundRow,
    ShowRound,
    ThingWithout,
    WithdrawPlacement,
)
from shared.errors import Rejected
from tests.unit.portal import console
from tests.unit.portal.driver import read
from tests.unit.portal.test_console import press
from tests.unit.reporting.entries import exchange

PROGRAMME = exchange.PROGRAMME
HERE = f"/console/programmes/{PROGRAMME}/rounds"
ROUNDS = [
    {"key": "exchange", "title": "Who goes where", "kind": "placements", "people": "naming", "things": "project"},
    {"key": "coaching", "title": "Who coaches whom", "kind": "pairs", "who": ["lead"]},
]
PLACED = PlacementRow(
    match_id="mat-1", person_entry_id="ent-1", person_id="per-a-head", school_id="sch-a", school="Hollins",
    thing_entry_id="ent-2", thing="Reading aloud", host_school_id="sch-b", host="Carr Wood", wish=1,
    reasons=("their first wish",),
)  # fmt: skip
WITHOUT = PersonWithout(
    person_entry_id="ent-3", person_id="per-b-head", school_id="sch-b", school="St Oswald", rule="no-wish",
    sentence="Nothing they wished for is free; `kindred rounds pin` places them.",
)  # fmt: skip


def placements(state="published"):
    row = RoundRow(
        round_id="rnd-1", programme_id=PROGRAMME, round="exchange", title="Who goes where", state=state, revision=3,
        placed=1, people_without=1, things_without=1,
    )  # fmt: skip
    open_ = ThingWithout(
        thing_entry_id="ent-4", thing="Maths <b>talk", host_school_id="sch-c", host="The Beck", rule="nobody",
        sentence="Nobody wished for it.",
    )  # fmt: skip
    offer = OfferRow(
        offer_id="off-1", person_entry_id="ent-3", person_id="per-b-head", school="St Oswald", thing_entry_id="ent-4",
        thing="Maths talk", host="The Beck", until=dt.date(2027, 4, 20),
    )  # fmt: skip
    pin = PinRow(
        person_entry_id="ent-1", school="Hollins", thing_entry_id="ent-2", thing="Reading aloud", host="Carr Wood",
        how="pinned",
    )  # fmt: skip
    return RoundDetail(
        round=row, placements=(PLACED,), people_without=(WITHOUT,), things_without=(open_,), offers=(offer,),
        pins=(pin,), first_three=1.0,
    )  # fmt: skip


def partner(letter):
    return PartnerRow(person_id=f"per-{letter}-head", school_id=f"sch-{letter}", school=f"School {letter}")


def pairs(state="published"):
    two = PairRow(
        pair_id="pai-1", people=(partner("a"), partner("b")), change="goes-on" if state == "draft" else "",
        reasons=("12 km apart",),
    )  # fmt: skip
    alone = PersonAlone(person_id="per-c-head", school="School c", rule="odd", sentence="Their number is odd.")
    apart = PairPinRow(people=(partner("a"), partner("d")), how="apart")
    return PairsDetail(
        round_id="rnd-2", programme_id=PROGRAMME, round="coaching", title="Who coaches whom", state=state, run=1,
        revision=2, placed=2, total=1, people_alone=1, pairs=(two,), alone=(alone,), pins=(apart,), ends=1,
    )  # fmt: skip


@pytest.fixture
async def desk(world, desk):
    await world.handle(exchange.opened(matching=ROUNDS))
    row = console._programme(PROGRAMME, "Exchange", "closed", 4)
    world.owners.finds |= {
        "ListProgrammes": ProgrammeRows(programmes=(row,)),
        "ShowRound": placements(),
        "ShowPairs": pairs(),
    }
    return desk


async def test_the_programme_has_its_rounds_and_no_groups_or_calendar(world, desk):
    world.owners.finds["ShowPairs"] = pairs("draft")
    page = await desk.get(f"/console/programmes/{PROGRAMME}")
    assert f'href="{HERE}/exchange"' in page.text
    assert f'href="{HERE}/coaching"' in page.text
    assert "/groups" not in page.text
    assert "Calendar" not in page.text
    said = " ".join(read(await desk.get("/console")).text.split())
    assert "A draft is ready: Who coaches whom." in said
    assert "Who goes where" not in said


async def test_placements_are_shown_with_what_would_help_and_nothing_to_type(desk):
    said = " ".join(read(await desk.get(f"{HERE}/exchange")).text.split())
    assert "Amara Osei Hollins" in said
    assert "Their first wish." in said
    assert "Nothing they wished for is free." in said
    assert "kindred rounds" not in said
    assert "Maths <b>talk" in said
    assert "Kept until Tuesday 20 April 2027" in said


@pytest.mark.parametrize(
    ("values", "command"),
    [
        ({"do": "accept:off-1"}, AcceptOffer(offer_id="off-1")),
        ({"do": "decline:off-1"}, DeclineOffer(offer_id="off-1")),
        ({"do": "withdraw:mat-1", "leaving": "both"}, WithdrawPlacement(match_id="mat-1", leaving="both")),
        ({"do": "free:ent-1/ent-2"}, (FreePlacement, "ent-1", "ent-2")),
        ({"do": "say", "how": "pin", "person": "ent-3", "thing": "ent-4"}, (PinPlacement, "ent-3", "ent-4")),
        ({"do": "say", "how": "forbid", "person": "ent-3", "thing": "ent-4"}, (ForbidPlacement, "ent-3", "ent-4")),
        ({"do": "draft"}, DraftRound(programme_id=PROGRAMME, round="exchange")),
    ],
)
async def test_a_round_of_placements_is_overruled(world, desk, values, command):
    page = await desk.get(f"{HERE}/exchange")
    await press(desk, page, values)
    if isinstance(command, tuple):
        made, person, thing = command
        command = made(programme_id=PROGRAMME, round="exchange", person_entry_id=person, thing_entry_id=thing)
    assert world.owners.commands == [command]


@pytest.mark.parametrize(
    ("values", "command"),
    [
        ({"do": "end:pai-1"}, EndPair(pair_id="pai-1")),
        ({"do": "free:per-a-head/per-d-head"}, (FreePeople, "per-a-head", "per-d-head")),
        (
            {"do": "say", "how": "apart", "one": "per-a-head", "other": "per-c-head"},
            (KeepApart, "per-a-head", "per-c-head"),
        ),
        (
            {"do": "say", "how": "together", "one": "per-a-head", "other": "per-b-head", "third": "per-c-head"},
            (PairPeople, "per-a-head", "per-b-head", "per-c-head"),
        ),
        ({"do": "keep"}, DraftRound(programme_id=PROGRAMME, round="coaching", keep=True)),
    ],
)
async def test_a_round_of_pairs_is_overruled(world, desk, values, command):
    page = await desk.get(f"{HERE}/coaching")
    await press(desk, page, values)
    if isinstance(command, tuple):
        command = command[0](programme_id=PROGRAMME, round="coaching", person_ids=command[1:])
    assert world.owners.commands == [command]


@pytest.mark.parametrize(
    ("of", "values"),
    [
        ("exchange", {"do": "withdraw:mat-1"}),
        ("exchange", {"do": "say", "how": "pin", "person": "ent-1"}),
        ("exchange", {"do": "dance"}),
        ("coaching", {"do": "say", "how": "apart", "one": "per-a-head", "other": "per-a-head"}),
        ("coaching", {"do": "say", "how": "", "one": "per-a-head", "other": "per-b-head"}),
    ],
)
async def test_what_was_not_chosen_is_asked_for(world, desk, of, values):
    page = await press(desk, await desk.get(f"{HERE}/{of}"), values)
    assert (page.status_code, "Choose what to do, and for whom." in page.text) == (422, True)
    assert world.owners.commands == []


@pytest.mark.parametrize(("of", "number"), [("exchange", "about 2 mails"), ("coaching", "about 2 mails")])
async def test_a_draft_is_checked_and_published_with_how_many_mails_go(world, desk, of, number):
    again = await desk.get(f"{HERE}/{of}/publish")
    assert (again.url.path, "There is no draft to publish." in again.text) == (f"{HERE}/{of}", True)
    world.owners.finds |= {"ShowRound": placements("draft"), "ShowPairs": pairs("draft")}
    page = await desk.get(f"{HERE}/{of}/publish")
    assert number in page.text
    await press(desk, page, {"do": "publish"})
    revision = {"exchange": 3, "coaching": 2}[of]
    assert world.owners.commands == [PublishRound(programme_id=PROGRAMME, round=of, revision=revision)]


async def test_a_refused_draft_says_why_on_the_page(world, desk):
    world.owners.finds["ShowRound"] = placements("draft")
    page = await desk.get(f"{HERE}/exchange/publish")
    world.owners.fails = Rejected("stale", "The draft is older; `kindred rounds draft` makes another.")
    refused = await press(desk, page, {"do": "publish"})
    assert (refused.status_code, "The draft is older." in refused.text) == (422, True)


async def test_a_round_that_the_template_has_not_is_not_there(desk):
    assert (await desk.get(f"{HERE}/nothing")).status_code == 404
    assert (await desk.get("/console/programmes/prg-9/rounds/exchange")).status_code == 404


def found_people(query):
    """Two people of one name, and Amara."""
    known = {"per-a-head": "Amara Osei", "per-b-head": "Siobh\u00e1n O\u2019Neill", "per-c-head": "Siobh\u00e1n Shah"}
    part = query.search.casefold()
    fits = [FoundPerson(person_id=key, name=name, email="x@y.example") for key, name in known.items()
            if part in name.casefold()]  # fmt: skip
    return FoundPeople(total=len(fits), people=tuple(fits))


def concerning(query):
    """As matching answers for those whom somebody has searched for."""
    found, whom = pairs(), set(query.concerning)
    alone = tuple(one for one in found.alone if not whom or one.person_id in whom)
    met = [one for one in found.pairs if not whom or whom & {each.person_id for each in one.people}]
    return found.model_copy(update={"alone": alone, "pairs": tuple(met)})


@pytest.fixture
async def searched(world, desk):
    world.owners.finds |= {
        "FindPeople": found_people, "ListEnrolments": EnrolmentRows(total=0, enrolments=()), "ShowPairs": concerning
    }  # fmt: skip
    return desk


async def test_anybody_of_a_round_is_named_by_a_part_of_their_name(world, searched):
    page = await searched.get(f"{HERE}/coaching?page=7")
    await press(searched, page, {"do": "say", "how": "apart", "one": "amara", "other": "siobh\u00e1n s"})
    asked = [one for one in world.owners.found if isinstance(one, ShowPairs) and one.offset == 0]
    assert [one.concerning for one in asked[:2]] == [("per-a-head",), ("per-c-head",)]
    about = {"programme_id": PROGRAMME, "round": "coaching"}
    assert world.owners.commands == [KeepApart(**about, person_ids=("per-a-head", "per-c-head"))]


async def test_where_several_people_fit_one_is_chosen_and_nobody_is_said(world, searched):
    page = await searched.get(f"{HERE}/coaching")
    wish = {"do": "say", "how": "together", "one": "Siobh\u00e1n", "other": "Amara Osei (School a)"}
    several = await press(searched, page, wish)
    assert several.status_code == 422
    assert '<option value="per-b-head">' in several.text
    await press(searched, several, {**wish, "one": "per-b-head"})
    about = {"programme_id": PROGRAMME, "round": "coaching"}
    assert world.owners.commands == [PairPeople(**about, person_ids=("per-b-head", "per-a-head"))]
    nobody = await press(searched, page, {**wish, "one": "Zoe"})
    assert "There is no person of this round that \u201cZoe\u201d fits." in nobody.text
    assert 'value="Zoe"' in nobody.text


async def test_any_person_and_place_of_a_round_of_placements_is_named(world, searched):
    world.owners.finds["ShowRound"] = placements("draft")
    page = await searched.get(f"{HERE}/exchange?page=3")
    await press(searched, page, {"do": "say", "how": "forbid", "person": "O\u2019Neill", "thing": "reading"})
    about = {"programme_id": PROGRAMME, "round": "exchange"}
    assert world.owners.commands == [ForbidPlacement(**about, person_entry_id="ent-3", thing_entry_id="ent-2")]
    asked = [one for one in world.owners.found if isinstance(one, ShowRound) and not one.offset]
    assert [(one.concerning, one.search) for one in asked[:2]] == [(("per-b-head",), ""), ((), "reading")]


async def test_a_round_is_searched(world, searched):
    await searched.get(f"{HERE}/exchange?search=amara")
    found = [one for one in world.owners.found if isinstance(one, ShowRound)][-1]
    assert (found.search, found.concerning) == ("amara", ("per-a-head",))
