"""Trusts, relations and categories on the command line: what is typed becomes the command, what is found is shown."""

import datetime as dt
from typing import Any

import pytest

from shared.commands import parties as commands
from shared.commands.base import Command, Query
from shared.commands.programmes import PersonDetails
from shared.commands.programmes_queries import ListProgrammes, PersonRow
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import ONE, done, run

CHIEF = PersonDetails(role="chief-executive", name="Ada Okafor", email="ada@trust.example")
SCHOOL = commands.PartySchoolRow(
    school_id="sch-1",
    urn=106557,
    school="Ash",
    since=dt.date(2027, 1, 11),
    part_way=True,
    category="standard",
    missing=("headteacher",),
)
PARTY = commands.PartyRow(
    party_id="pty-1",
    kind="trust",
    name="Aspire Trust",
    trust_id="trust-16028",
    schools=(SCHOOL,),
    people=(PersonRow(person_id="per-1", name="Ada Okafor", email=CHIEF.email, role=CHIEF.role, title="chief"),),
)
FOUND: dict[type[Command] | type[Query], Any] = {
    ListProgrammes: ONE,
    commands.ListParties: commands.PartyRows(parties=(PARTY,)),
}
DAY = "2027-02-01"


@pytest.mark.parametrize(
    ("words", "command", "fields"),
    [
        (
            ["parties", "enrol-trust", "16028", "--person", "chief executive: Ada Okafor <ada@trust.example>"],
            commands.EnrolTrust,
            {"trust": "16028", "people": (CHIEF,)},
        ),
        (
            ["parties", "enrol-partnership", "North", "106557", "106564"],
            commands.EnrolPartnership,
            {"name": "North", "urns": (106557, 106564), "people": ()},
        ),
        (
            ["parties", "change", "North", "--join", "106557", "--leave", "106564"],
            commands.ChangePartnership,
            {"party": "North", "joining": (106557,), "leaving": (106564,)},
        ),
        (["parties", "withdraw", "North", "--yes"], commands.WithdrawParty, {"party": "North", "reason": ""}),
        (
            ["parties", "name", "chief executive: Ada Okafor <ada@trust.example>", "--party", "16028"],
            commands.NamePartyPerson,
            {"party": "16028", "person": CHIEF},
        ),
        (
            [
                "parties",
                "replace",
                "chief executive: Ada Okafor <ada@trust.example>",
                "--leaving",
                "per-2",
                "--interim",
            ],
            commands.ReplacePartyPerson,
            {"party": "", "person": CHIEF, "leaving": "per-2", "interim": True},
        ),
        (
            ["parties", "leave", "Chief Executive", "per-2"],
            commands.LeavePartyRole,
            {"party": "", "role": "chief-executive", "leaving": "per-2"},
        ),
        (
            ["people", "hand-over", "per-2", "Ada Okafor <ada@trust.example>"],
            commands.HandOverPlaces,
            {"person": "per-2", "name": "Ada Okafor", "email": "ada@trust.example", "programme_id": None},
        ),
        (
            ["relations", "declare", "reports-to", "a@x.example", "b@x.example", "--since", DAY],
            commands.DeclareRelation,
            {"relation": "reports-to", "person": "a@x.example", "since": dt.date(2027, 2, 1), "until": None},
        ),
        (
            ["relations", "end", "reports-to", "a@x.example", "b@x.example", "--until", DAY],
            commands.EndRelation,
            {"to": "b@x.example", "until": dt.date(2027, 2, 1)},
        ),
        (
            ["categories", "decide", "106557", "Attention needed", "--reason", "Results fell.", "--since", DAY],
            commands.DecideCategory,
            {"urn": 106557, "category": "attention-needed", "since": dt.date(2027, 2, 1), "decided_by": ""},
        ),
    ],
)
def test_what_is_typed_becomes_the_command(words, command, fields) -> None:
    client = FakeClient({ListProgrammes: ONE, command: done(sentence="Done.")})
    assert run(client, *words) == 0
    asked = client.asked[-1].model_dump()
    assert type(client.asked[-1]) is command
    assert {key: asked[key] for key in fields} == command(**{**client.asked[-1].model_dump(), **fields}).model_dump(
        include=set(fields)
    )


def test_a_trust_is_shown_with_its_schools_and_who_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(FakeClient(FOUND), "parties", "show", "aspire trust") == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "joined 11/01/2027" in said
    assert "headteacher" in said
    assert "Ada Okafor" in said


def test_a_trust_that_does_not_take_part_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(FakeClient(FOUND), "parties", "show", "Bold") == 2
    assert "those that do: Aspire Trust" in " ".join(capsys.readouterr().err.split())


def test_relations_and_categories_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    relation = commands.RelationRow(
        relation="reports-to", person_id="1", person="Ann", to_id="2", to="Exe", since=dt.date(2026, 9, 1)
    )
    decided = commands.CategoryRow(
        urn=1, school="Ash", category="a", title="Attention", since=dt.date(2027, 2, 1), reason="Results fell."
    )
    found: dict[type[Command | Query], Any] = {
        ListProgrammes: ONE,
        commands.ListRelations: commands.RelationRows(relations=(relation,)),
        commands.ListCategories: commands.CategoryRows(decisions=(decided,)),
    }
    client = FakeClient(found)
    assert run(client, "relations", "list") == 0
    assert run(client, "categories", "list") == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "reports-to" in said
    assert "the coordinator" in said
