"""The coordinator's pages of people, and of where a programme stands: found, handed over, forgotten; postponed."""

import datetime as dt

import pytest

from shared.commands.parties import HandOverPlaces, LeavePartyRole, ReplacePartyPerson
from shared.commands.people import FoundPeople, FoundPerson, PlaceRow
from shared.commands.portal import RevokeLinks
from shared.commands.programme_states import CompleteProgramme, PostponeProgramme, ResumeProgramme
from shared.commands.programmes import (
    CorrectAddress,
    ErasePerson,
    LeaveRole,
    PersonDetails,
    ReopenEnrolment,
    ReplacePerson,
)
from shared.commands.programmes_queries import EnrolmentRows, ProgrammeRows
from shared.commands.sign_in import ResetSignIn
from shared.commands.templates import ProgrammeSetup
from shared.errors import Rejected, Retryable
from tests.unit.portal import console
from tests.unit.portal.driver import read
from tests.unit.portal.test_console import press
from tests.unit.portal.world import PROGRAMME
from tests.unit.reporting.entries import exchange

ADA, HERE = "per-ada", "/console/people/per-ada"
PERSON = FoundPerson(
    person_id=ADA, name="Ada <b>Okafor", email="ada@oak.example",
    places=(
        PlaceRow(role="headteacher", title="headteacher", programme_id=PROGRAMME, programme="Peer visits",
                 under_way=True, urn=107000, school="Hollins"),
        PlaceRow(role="chief", title="chief executive", programme_id=PROGRAMME, programme="Peer visits",
                 under_way=True, party="Acorn Trust"),
        PlaceRow(role="headteacher", title="headteacher", programme_id="prg-0", programme="Last year", urn=107000,
                 school="Hollins"),
    ),
)  # fmt: skip
STATE = f"/console/programmes/{PROGRAMME}/state"


@pytest.fixture
async def desk(world, desk):
    world.owners.finds["FindPeople"] = lambda query: FoundPeople(
        total=1, people=(PERSON,) if query.person_id in {"", ADA} else ()
    )
    return desk


async def test_people_are_found_and_one_is_shown_with_all_that_they_do(world, desk):
    page = await desk.get(f"/console/people?search=oak&programme={PROGRAMME}")
    assert (world.owners.found[-1].search, world.owners.found[-1].programme_id) == ("oak", PROGRAMME)
    assert f'href="{HERE}"' in page.text
    said = " ".join(read(await desk.get(HERE)).text.split())
    assert "Ada <b>Okafor" in said
    assert said.count("which is over") == 1
    assert said.count("Somebody else takes over") == 2
    assert (await desk.get("/console/people/per-x")).status_code == 404


async def test_a_persons_page_names_who_does_not_answer_and_shows_the_rest(world, desk):
    def silent(_query):
        raise Retryable("Nobody answered.")

    world.owners.finds["ListVisits"] = silent
    page = await desk.get(HERE)
    assert "scheduling does not answer" in page.text
    assert "Somebody else takes over" in page.text


SUCCESSOR = {"name": "Bea Lund", "email": "bea@oak.example"}
WHO = {"programme_id": PROGRAMME, "leaving": ADA}


@pytest.mark.parametrize(
    ("values", "command"),
    [
        ({"do": "correct", "address": " a@oak.example"}, CorrectAddress(person_id=ADA, email="a@oak.example")),
        (
            {"do": "replace:1", "interim": "yes"},
            ReplacePerson(person=PersonDetails(role="headteacher", **SUCCESSOR), urn=107000, interim=True, **WHO),
        ),
        (
            {"do": "replace:2"},
            ReplacePartyPerson(person=PersonDetails(role="chief", **SUCCESSOR), party="Acorn Trust", **WHO),
        ),
        ({"do": "leave:1"}, LeaveRole(role="headteacher", urn=107000, **WHO)),
        ({"do": "leave:2"}, LeavePartyRole(role="chief", party="Acorn Trust", **WHO)),
        ({"do": "all", "where": PROGRAMME}, HandOverPlaces(person=ADA, programme_id=PROGRAMME, **SUCCESSOR)),
        ({"do": "all", "where": ""}, HandOverPlaces(person=ADA, **SUCCESSOR)),
    ],
)
async def test_places_are_handed_over_and_addresses_corrected(world, desk, values, command):
    await press(desk, await desk.get(HERE), {**SUCCESSOR, **values})
    assert world.owners.commands == [command]


async def test_whoever_takes_over_must_be_named(world, desk):
    page = await press(desk, await desk.get(HERE), {"do": "replace:1", "name": "", "email": ""})
    assert (page.status_code, "Give the name and the work address" in page.text) == (422, True)
    assert (await press(desk, await desk.get(HERE), {"do": "leave:9"})).status_code == 404
    assert world.owners.commands == []


async def test_somebody_is_forgotten_once_it_is_said_what_goes(world, desk):
    page = await desk.get(f"{HERE}/erase")
    assert "This cannot be undone." in page.text
    assert world.owners.commands == []
    await press(desk, page, {"do": "erase"})
    assert world.owners.commands == [ErasePerson(person_id=ADA)]


@pytest.mark.parametrize(
    ("do", "command"), [("sign-ins", ResetSignIn(person_id=ADA)), ("links", RevokeLinks(person_id=ADA))]
)
async def test_sign_ins_and_links_are_stopped_once_it_is_said_what_stops(world, desk, do, command):
    page = await desk.get(f"{HERE}/out")
    assert "Tokens of programs" in page.text
    assert (await press(desk, page, {"do": "nothing"})).status_code == 422
    assert world.owners.commands == []
    await press(desk, page, {"do": do})
    assert world.owners.commands == [command]


async def test_a_school_is_searched_by_name(world, desk):
    world.owners.finds["ListEnrolments"] = EnrolmentRows(total=0, enrolments=())
    page = await desk.get(f"/console/programmes/{PROGRAMME}/schools?search=nowhere")
    assert world.owners.found[-1].search == "nowhere"
    assert "No school fits." in page.text


def standing(stands, **more):
    row = console._programme(PROGRAMME, "Peer visits", "closed", 4)
    return ProgrammeRows(programmes=(row.model_copy(update={"stands": stands, **more}),))


@pytest.mark.parametrize(
    ("stands", "values", "command"),
    [
        (
            "running",
            {"do": "postpone", "until": "2027-09-01", "reason": "Snow"},
            PostponeProgramme(programme_id=PROGRAMME, until=dt.date(2027, 9, 1), reason="Snow"),
        ),
        ("recruiting", {"do": "postpone"}, PostponeProgramme(programme_id=PROGRAMME)),
        ("postponed", {"do": "resume"}, ResumeProgramme(programme_id=PROGRAMME)),
        ("running", {"do": "complete"}, CompleteProgramme(programme_id=PROGRAMME)),
        (
            "running",
            {"do": "reopen", "until": "2027-04-20"},
            ReopenEnrolment(programme_id=PROGRAMME, until=dt.date(2027, 4, 20)),
        ),
    ],
)
async def test_a_programme_is_brought_to_another_state(world, desk, stands, values, command):
    world.owners.finds["ListProgrammes"] = standing(stands)
    await press(desk, await desk.get(STATE), values)
    assert world.owners.commands == [command]


async def test_before_it_is_postponed_it_is_said_how_many_mails_go(world, desk):
    world.owners.finds |= {"ListProgrammes": standing("running"), "FindPeople": FoundPeople(total=63, people=())}
    assert "63 people get one mail each" in (await desk.get(STATE)).text


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"do": "reopen", "until": "20.4.27"}, "Write the day as 2027-09-01."),
        ({"do": "resume"}, "Choose what to do. The programme may have changed meanwhile."),
    ],
)
async def test_what_cannot_be_is_refused(world, desk, values, said):
    world.owners.finds["ListProgrammes"] = standing("running")
    page = await press(desk, await desk.get(STATE), values)
    assert (page.status_code, said in page.text, world.owners.commands) == (422, True, [])


async def test_a_programme_that_stands_still_says_so_first(world, desk):
    world.owners.finds["ListProgrammes"] = standing("postponed")
    page = await desk.get(f"/console/programmes/{PROGRAMME}")
    assert "It stands still, and nobody gets a mail." in page.text
    world.owners.fails = Rejected("not-postponed", "It is not postponed; `kindred programmes postpone` does that.")
    refused = await press(desk, await desk.get(STATE), {"do": "resume"})
    assert "It is not postponed." in refused.text


async def test_the_year_of_a_programme_is_shown_by_month_in_the_words_of_its_template(world, desk):
    def unknown(_query):
        raise Rejected("unknown-programme", "There is no such programme.")

    world.owners.finds["ShowSetup"] = unknown
    assert (await desk.get(f"/console/programmes/{PROGRAMME}/year")).status_code == 404
    opened = exchange.opened()
    world.owners.finds["ShowSetup"] = ProgrammeSetup(
        **opened.model_dump(include={"name", "year", "coordinator_id"}), template=opened.template, stands="recruiting",
        programme_id=PROGRAMME, today=dt.date(opened.year, 10, 1),
    )  # fmt: skip
    page = await desk.get(f"/console/programmes/{PROGRAMME}/year")
    said = " ".join(read(page).text.split())
    assert "2026" in read(page).text
    assert "By" in said.title()
    assert "host.lead" not in said
