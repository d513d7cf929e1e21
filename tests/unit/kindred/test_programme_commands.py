"""The register, programmes, facilitators and people on the command line: what is asked, and what is shown."""

import io

import pytest

from shared.commands import programmes as commands
from shared.commands import programmes_queries as queries
from shared.commands.people import FindPeople, FoundPeople, FoundPerson
from shared.events.programmes import SchoolFacts
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import ONE, PROGRAMME, cells, done, run
from tests.unit.kindred.test_overruling import ADA
from tests.unit.programmes.made import TEMPLATE

FACTS = SchoolFacts(
    school_id="sch-1", urn=107001, name="Abbey", phase="primary", kind="Community school", authority_code="373",
    authority="Sheffield", town="Sheffield", postcode="S1 1AA", pupils=210,
)  # fmt: skip
SCHOOL = queries.SchoolRow(facts=FACTS, status="open", enrollable=True, successors=(107009,), inspected_on="2024-05-01")
FAY = queries.PersonRow(
    person_id="per-7", role="facilitator", title="facilitator", name="Fay Okoro", email="fay@trust.example"
)
HEAD = queries.PersonRow(
    person_id="per-8",
    role="headteacher",
    title="headteacher",
    name="Hal Head",
    email="hal@school.example",
    school_urn=107001,
)
ENROLLED = queries.EnrolmentRow(
    enrolment_id="enr-1", state="enrolled", version=1, school=FACTS, people=(HEAD,), farthest_travel_km=40,
    strengths=(commands.TopicClaim(topic="phonics", weight=4, evidence="Seen."),),
    needs=(commands.TopicClaim(topic="writing", weight=5, evidence="Our review."),),
)  # fmt: skip
EVERYBODY = queries.EnrolmentRows(total=1, enrolments=(ENROLLED,), programme_people=(FAY, ADA))


@pytest.fixture(autouse=True)
def wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "240")


def office():
    return FakeClient({queries.ListProgrammes: ONE, queries.ListEnrolments: EVERYBODY})


def asking(command, reply=None):
    client = office()
    client.answers[command] = reply or done()
    return client


def test_schools_are_listed_as_asked_for_with_how_many_there_are(capsys) -> None:
    client = asking(queries.ListSchools, queries.SchoolRows(total=1204, schools=(SCHOOL,)))
    words = ("abb", "--authority", "Sheffield", "--enrollable", "--limit", "1", "--offset", "3")
    assert run(client, "schools", "list", *words) == 0
    assert client.asked[-1] == queries.ListSchools(
        search="abb", authority="Sheffield", enrollable_only=True, limit=1, offset=3
    )
    said = capsys.readouterr().out
    assert said.startswith("Schools 4-4 of 1,204")
    assert cells(said) == [["107001", "Abbey", "primary", "Sheffield", "Sheffield", "open"]]


def test_no_school_is_said(capsys) -> None:
    client = asking(queries.ListSchools, queries.SchoolRows(total=0, schools=()))
    assert run(client, "schools", "list") == 0
    assert capsys.readouterr().out.startswith("No school found")


def test_a_school_shows_what_is_known_and_leaves_out_what_is_not(capsys) -> None:
    assert run(asking(queries.ShowSchool, SCHOOL), "schools", "show", "107001") == 0
    shown = dict(cells(capsys.readouterr().out))
    assert shown["pupils"] == "210"
    assert "trust" not in shown
    assert (shown["can enrol"], shown["overall grade (to September 2024)"]) == ("yes", "none recorded")
    assert (shown["inspected on"], shown["successors"], shown["predecessors"]) == ("2024-05-01", "107009", "")


def test_a_programme_opens_for_an_academic_year_and_says_its_id(capsys) -> None:
    client = asking(commands.OpenProgramme, done(id="prg-9"))
    words = (
        "--name",
        "Round",
        "--year",
        "2027/28",
        "--coordinator-name",
        "Coral",
        "--coordinator-email",
        "c@x.example",
    )
    assert run(client, "programmes", "open", "peer-visits", *words) == 0
    assert client.asked == [
        commands.OpenProgramme(
            template="peer-visits", name="Round", year=2027, coordinator_name="Coral", coordinator_email="c@x.example"
        )
    ]
    said = capsys.readouterr()
    assert said.out == "Round is open for enrolment.\nIts id is prg-9.\n"
    assert said.err == "`kindred enrolments form` writes the file that the schools' answers go in.\n"


def test_programmes_are_listed_by_academic_year_and_template(capsys) -> None:
    assert run(office(), "programmes", "list") == 0
    assert cells(capsys.readouterr().out) == [["Peer visits 2026/27", "2026/27", "peer-visits 1", "enrolling", "3"]]
    assert run(office(), "programmes", "show") == 0
    assert dict(cells(capsys.readouterr().out))["coordinator_id"] == PROGRAMME.coordinator_id


def test_a_facilitator_is_appointed_with_all_that_is_typed(capsys) -> None:
    client = asking(commands.AppointFacilitator)
    words = ("Fay", "fay@trust.example", "--region", "London", "--capacity", "5", "--not-possible", "2027-01-04")
    assert run(client, "facilitators", "add", *words) == 0
    asked = client.asked[-1]
    assert isinstance(asked, commands.AppointFacilitator)
    assert (asked.regions, asked.capacity, len(asked.dates_not_possible)) == (("London",), 5, 1)
    assert capsys.readouterr().out == "Fay leads visit days.\n"


def test_only_facilitators_are_listed_as_facilitators(capsys) -> None:
    assert run(office(), "facilitators", "list") == 0
    assert [row[0] for row in cells(capsys.readouterr().out)] == ["Fay Okoro"]


def test_people_are_found_by_part_of_a_name_or_address(capsys) -> None:
    for search, names in (("", ["Fay Okoro", "Ada Okafor", "Hal Head"]), ("OK", ["Fay Okoro", "Ada Okafor"]),
                          ("hal@", ["Hal Head"])):  # fmt: skip
        assert run(office(), "people", "list", *([search] if search else [])) == 0
        assert [row[0] for row in cells(capsys.readouterr().out)] == names


def test_an_enrolment_shows_people_and_claims(capsys) -> None:
    assert run(office(), "enrolments", "show", "107001") == 0
    assert cells(capsys.readouterr().out) == [
        ["headteacher", "Hal Head", "hal@school.example", "per-8"],
        ["strength", "phonics", "4", "Seen."],
        ["need", "writing", "5", "Our review."],
    ]
    assert run(office(), "enrolments", "list") == 0
    assert cells(capsys.readouterr().out) == [["107001", "Abbey", "enrolled", "phonics 4", "writing 5", "40"]]


def test_a_school_that_is_not_enrolled_is_said_so(capsys) -> None:
    client = asking(queries.ListEnrolments, queries.EnrolmentRows(total=0, enrolments=()))
    assert run(client, "enrolments", "show", "107009") == 0
    assert capsys.readouterr().out == "107009 is not enrolled.\n"


@pytest.mark.parametrize(("word", "kind"), [("add", commands.EnrolSchool), ("amend", commands.AmendEnrolment)])
def test_an_enrolment_is_typed_whole(word, kind) -> None:
    client = asking(kind)
    words = (
        "107001", "--person", "headteacher: Hal Head <hal@school.example>", "--strength", "phonics:4:Seen.",
        "--need", "writing", "--not-possible", "2027-01-04..2027-01-08", "--travel", "25", "--not-with", "107002",
    )  # fmt: skip
    assert run(client, "enrolments", word, *words) == 0
    asked = client.asked[-1]
    assert type(asked) is kind
    assert asked.people == (commands.PersonDetails(role="headteacher", name="Hal Head", email="hal@school.example"),)
    assert asked.strengths == (commands.TopicClaim(topic="phonics", weight=4, evidence="Seen."),)
    assert asked.needs == (commands.TopicClaim(topic="writing", weight=3, evidence=""),)
    assert (asked.farthest_travel_km, asked.not_with, asked.dates_not_possible[0].last.day) == (25, (107002,), 8)


HAL = FoundPerson(person_id="per-8", name="Hal Head", email="hal@school.example")


@pytest.mark.parametrize("named", ["hal@school.example", "per-8"])
def test_who_takes_part_in_nothing_any_more_is_erased_by_address_or_id(named: str) -> None:
    client = FakeClient({FindPeople: FoundPeople(total=1, people=(HAL,)), commands.ErasePerson: done()})
    assert run(client, "people", "erase", named, "--yes") == 0
    assert client.asked[-1] == commands.ErasePerson(person_id="per-8")


def test_nobody_is_erased_by_a_part_of_their_address(capsys) -> None:
    client = FakeClient({FindPeople: FoundPeople(total=1, people=(HAL,))})
    assert run(client, "people", "erase", "hal@school", "--yes") == 2
    assert capsys.readouterr().err == "Nobody with the id or address 'hal@school' is known.\n"


@pytest.mark.parametrize(("typed", "erased"), [("n\n", False), ("y\n", True)])
def test_forgetting_somebody_asks_first_and_names_them(typed, erased, monkeypatch, capsys) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    client = asking(commands.ErasePerson)
    client.answers[FindPeople] = FoundPeople(total=1, people=(HAL,))
    assert run(client, "people", "erase", "hal@school.example") == (0 if erased else 130)
    assert "Forget Hal Head <hal@school.example> everywhere? This cannot be undone" in capsys.readouterr().err
    assert (commands.ErasePerson(person_id="per-8") in client.asked) == erased


def test_templates_are_listed_with_what_they_are_for(capsys) -> None:
    assert run(asking(queries.ListTemplates, queries.Templates(templates=(TEMPLATE,))), "programmes", "templates") == 0
    shown = cells(capsys.readouterr().out)
    assert shown[0][:3] == ["peer-visits", str(TEMPLATE.version), "Peer visits"]
    assert shown[0][3].startswith("Your school joins two or three others.")
