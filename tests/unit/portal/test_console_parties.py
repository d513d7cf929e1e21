"""The coordinator's pages of trusts and partnerships: enrolled, their people named, categories, who reports to whom."""

import datetime as dt

import pytest

from shared.commands.parties import (
    ChangePartnership,
    DecideCategory,
    DeclareRelation,
    EndRelation,
    EnrolPartnership,
    EnrolTrust,
    NamePartyPerson,
    PartyRow,
    PartyRows,
    PartySchoolRow,
    RelationRow,
    RelationRows,
    TrainTogether,
    WithdrawParty,
)
from shared.commands.people import FoundPeople, FoundPerson
from shared.commands.programmes import AddPerson, PersonDetails
from shared.commands.programmes_queries import PersonRow
from tests.unit.portal.driver import read
from tests.unit.portal.test_console import press
from tests.unit.portal.world import PROGRAMME
from tests.unit.reporting.entries import exchange

HERE = f"/console/programmes/{PROGRAMME}/parties"
ONE, RELATIONS = f"{HERE}/pty-1", f"/console/programmes/{PROGRAMME}/relations"
SEPTEMBER = dt.date(2026, 9, 1)
ABOUT = {"programme_id": PROGRAMME}
ADA = {"name": "Ada Okafor", "email": "ada@acorn.example"}
ROLES = [
    {"key": "lead"}, {"key": "chief", "title": "chief executive", "at": "trust"},
    {"key": "head-of-group", "at": "partnership"}, {"key": "consultant", "at": "programme"},
]  # fmt: skip
CATEGORIES = {"values": [{"key": "standard", "title": "Standard"}, {"key": "attention", "title": "Attention needed"}]}


def party(kind):
    here = PartySchoolRow(school_id="sch-a", urn=107000, school="Hollins <b>", since=SEPTEMBER, category="standard",
                          missing=("headteacher",))  # fmt: skip
    left = PartySchoolRow(school_id="sch-b", urn=107001, school="Carr Wood", since=SEPTEMBER, until=dt.date(2027, 1, 4))
    chief = PersonRow(person_id="per-ada", name="Ada Okafor", email="ada@acorn.example", role="chief", title="chief")
    return PartyRow(party_id="pty-1", kind=kind, name="Acorn Trust", schools=(here, left), people=(chief,))


@pytest.fixture
async def desk(world, desk, request):
    kind = getattr(request, "param", "trust")
    own = {"kind": "school", "together": ["same-trust"]} if kind == "together" else {"kind": kind}
    more = {"party": own, "roles": ROLES, "categories": CATEGORIES, "forms": [], "activities": [],
            "reports": []}  # fmt: skip
    await world.handle(exchange.opened(**more))
    world.owners.finds |= {"ListParties": PartyRows(parties=(party(kind),)),
                           "ListRelations": RelationRows(relations=()),
                           "FindPeople": FoundPeople(total=0, people=())}  # fmt: skip
    return desk


async def test_a_trust_shows_who_is_missing_and_who_has_left(desk):
    page = await desk.get(f"/console/programmes/{PROGRAMME}")
    assert f'href="{HERE}"' in page.text
    assert "1 school has somebody to name." in (await desk.get(HERE)).text.replace("\n", " ")
    said = " ".join(read(await desk.get(ONE)).text.split())
    assert "Hollins <b>" in said
    assert "Has left: Carr Wood (Monday 4 January 2027)" in said
    assert (await desk.get(f"{HERE}/pty-9")).status_code == 404


@pytest.mark.parametrize(
    ("path", "values", "command"),
    [
        (HERE, {"do": "enrol", "party": " 5140 "}, EnrolTrust(trust="5140", **ABOUT)),
        (
            HERE, {"do": "name", "role": "consultant", **ADA},
            NamePartyPerson(person=PersonDetails(role="consultant", **ADA), **ABOUT),
        ),
        (
            ONE, {"do": "name", "role": "chief", **ADA},
            NamePartyPerson(party="pty-1", person=PersonDetails(role="chief", **ADA), **ABOUT),
        ),
        (
            ONE, {"do": "at-school", "urn": "107000", "role": "lead", **ADA},
            AddPerson(urn=107000, person=PersonDetails(role="lead", **ADA), **ABOUT),
        ),
        (
            ONE, {"do": "category", "urn": "107000", "category": "attention", "since": "2027-02-01", "reason": "Why"},
            DecideCategory(urn=107000, category="attention", since=dt.date(2027, 2, 1), reason="Why", **ABOUT),
        ),
        (ONE, {"do": "withdraw", "reason": "Merged"}, WithdrawParty(party="pty-1", reason="Merged", **ABOUT)),
    ],
)  # fmt: skip
async def test_a_trust_is_run_from_its_pages(world, desk, path, values, command):
    await press(desk, await desk.get(path), values)
    assert world.owners.commands == [command]


@pytest.mark.parametrize("desk", ["partnership"], indirect=True)
async def test_a_partnership_enrols_and_changes_with_urns_as_pasted(world, desk):
    await press(desk, await desk.get(HERE), {"do": "enrol", "party": "Hills", "urns": "107000, Hollins\n107001;107000"})
    await press(desk, await desk.get(ONE), {"do": "schools", "joining": "107002", "leaving": "107000"})
    assert world.owners.commands == [
        EnrolPartnership(name="Hills", urns=(107000, 107001), **ABOUT),
        ChangePartnership(party="pty-1", joining=(107002,), leaving=(107000,), **ABOUT),
    ]


@pytest.mark.parametrize(
    ("path", "values", "said"),
    [
        (HERE, {"do": "enrol", "party": ""}, "Something is missing"),
        (HERE, {"do": "name", "role": "", "name": "", "email": ""}, "Something is missing"),
        (ONE, {"do": "category", "urn": "107000", "category": "attention", "reason": ""}, "a decision has a reason"),
        (
            ONE,
            {"do": "category", "urn": "107000", "category": "x", "since": "soon", "reason": "y"},
            "Something is missing",
        ),
        (ONE, {"do": "withdraw", "reason": ""}, "Say why it leaves"),
        (RELATIONS, {"do": "declare", "one": "per-ada"}, "Choose the relation and both people."),
    ],
)
async def test_what_is_missing_is_asked_for(world, desk, path, values, said):
    page = await press(desk, await desk.get(path), values)
    assert (page.status_code, said in page.text, world.owners.commands) == (422, True, [])


async def test_who_stands_how_to_whom_is_declared_and_ended(world, desk):
    people = tuple(FoundPerson(person_id=f"per-{one}", name=one, email=f"{one}@x.example") for one in ("ada", "bea"))
    stands = RelationRow(
        relation="manages", person_id="per-ada", person="Ada", to_id="per-bea", to="Bea", since=SEPTEMBER
    )  # fmt: skip
    world.owners.finds |= {"ListRelations": RelationRows(relations=(stands,)),
                           "FindPeople": FoundPeople(total=2, people=people)}  # fmt: skip
    await press(desk, await desk.get(RELATIONS), {"do": "end"})
    page = await desk.get(RELATIONS)
    await press(desk, page, {"do": "declare", "one": "per-bea", "to": "per-ada", "relation": "manages"}, form=2)
    about = {"relation": "manages", **ABOUT}
    assert world.owners.commands == [
        EndRelation(person="per-ada", to="per-bea", **about), DeclareRelation(person="per-bea", to="per-ada", **about)
    ]  # fmt: skip


@pytest.mark.parametrize("desk", ["school"], indirect=True)
async def test_where_schools_take_part_each_by_itself_people_of_no_school_are_named(world, desk):
    world.owners.finds["ListParties"] = PartyRows(parties=())
    assert f'href="{HERE}"' in (await desk.get(f"/console/programmes/{PROGRAMME}")).text
    page = await desk.get(HERE)
    assert "Enrol a" not in page.text
    await press(desk, page, {"do": "name", "role": "consultant", **ADA})
    assert world.owners.commands == [NamePartyPerson(person=PersonDetails(role="consultant", **ADA), **ABOUT)]
    assert (await desk.get(ONE)).status_code == 404


async def test_where_schools_take_part_each_by_itself_there_are_none(world, desk):
    await world.handle(exchange.opened(relations=[]).model_copy(update={"version": 2}))
    assert (await desk.get(HERE)).status_code == 404
    assert (await desk.get(RELATIONS)).status_code == 404


TEAMS = pytest.mark.parametrize("desk", ["together"], indirect=True)
"""Schools of one trust may train together, and two do."""


@TEAMS
async def test_who_trains_together_is_shown_named_and_parted_on_the_page_of_parties(world, desk):
    page = await desk.get(HERE)
    shown = read(page)
    assert shown.h1 == "Who trains together in Yorkshire peer visits 2026/27"
    said = " ".join(shown.text.split())
    assert "Hollins <b> (107000)" in said
    assert "Carr Wood" not in said, "it has left"
    await press(desk, page, {"party": "Acorn North", "urns": "107000, 107003 107000", "do": "together"}, form=-1)
    await press(desk, page, {"do": "apart:pty-1"})
    assert world.owners.commands == [
        TrainTogether(**ABOUT, name="Acorn North", urns=(107000, 107003)), WithdrawParty(**ABOUT, party="pty-1"),
    ]  # fmt: skip


@TEAMS
async def test_two_schools_have_to_be_named(world, desk):
    answer = await press(desk, await desk.get(HERE), {"party": "", "urns": "107000", "do": "together"}, form=-1)
    assert answer.status_code == 422
    assert world.owners.commands == []


async def test_where_schools_may_not_train_together_nothing_offers_it(world, desk):
    assert "train together" not in (await desk.get(HERE)).text
    answer = await press(desk, await desk.get(HERE), {"party": "X", "urns": "107000 107003", "do": "together"})
    assert answer.status_code == 404
    assert world.owners.commands == []
