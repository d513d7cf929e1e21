"""`kindred rounds`: what is typed becomes exactly this command, and a round is shown by names."""

import datetime as dt
import json
from typing import Any

import pytest

from shared.commands import programmes_queries as queries
from shared.commands import rounds as asks
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import ONE, done, run

ROUND = asks.RoundDetail(
    round=asks.RoundRow(
        round_id="rnd-1", programme_id="prg-1", round="swap", title="Who goes where", state="draft", revision=2,
        placed=1, people_without=1, things_without=1, sentence="1 person has not been agreed to yet.",
    ),
    placements=(
        asks.PlacementRow(
            match_id="mat-77", person_entry_id="ent-1a", person_id="per-1", school_id="sch-1", school="Abbey",
            thing_entry_id="ent-2b", thing="Reading", host_school_id="sch-2", host="Brook", wish=1,
            reasons=("It is their first wish.",),
        ),
    ),
    people_without=(
        asks.PersonWithout(
            person_entry_id="ent-3c", person_id="per-2", school_id="sch-2", school="Brook", rule="wishes-taken",
            sentence="The practitioner of Brook is not placed: all go to others.",
        ),
    ),
    things_without=(
        asks.ThingWithout(
            thing_entry_id="ent-4d", thing="Maths", host_school_id="sch-1", host="Abbey", rule="nobody-wished",
            sentence="Nobody wished for it.",
        ),
    ),
    offers=(
        asks.OfferRow(
            offer_id="ofr-5e", person_entry_id="ent-3c", person_id="per-2", school="Brook", thing_entry_id="ent-4d",
            thing="Maths", host="Abbey", wish=2, until=dt.date(2026, 12, 8),
        ),
    ),
    ledger=(asks.LedgerRow(school_id="sch-1", school="Abbey", gives=1, receives=0),),
    first_three=1.0,
)  # fmt: skip
NAMES = queries.NamedPeople(
    people=(
        queries.NamedPerson(person_id="per-1", name="Ada Okafor"),
        queries.NamedPerson(person_id="per-2", name="Bo Lind"),
    )
)
PAIR = {"programme_id": "prg-1", "round": "swap", "person_entry_id": "ent-1a", "thing_entry_id": "ent-4d"}


def client(command=None):
    answers: dict[type[Any], Any] = {queries.ListProgrammes: ONE, queries.NamePeople: NAMES, asks.ShowRound: ROUND}
    return FakeClient({**answers, **({type(command): done(sentence="Noted.")} if command else {})})


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("rounds draft", asks.DraftRound(programme_id="prg-1")),
        ("rounds pin ent-1a ent-4d", asks.PinPlacement(**PAIR)),
        ("rounds forbid 1a 4d", asks.ForbidPlacement(**PAIR)),
        ("rounds free ent-1 ent-4", asks.FreePlacement(**PAIR)),
        ("rounds pick ent-1 ent-4", asks.PickThing(**PAIR)),
        ("rounds publish --yes", asks.PublishRound(programme_id="prg-1", round="swap", revision=2)),
        ("rounds withdraw mat-7", asks.WithdrawPlacement(match_id="mat-77")),
        ("rounds withdraw 77 --leaving both", asks.WithdrawPlacement(match_id="mat-77", leaving="both")),
        ("rounds accept ofr-5e", asks.AcceptOffer(offer_id="ofr-5e")),
        ("rounds decline 5e", asks.DeclineOffer(offer_id="ofr-5e")),
    ],
)
def test_what_is_typed_becomes_a_command(typed, asked):
    asking = client(asked)
    assert run(asking, *typed.split()) == 0
    assert asking.asked[-1] == asked


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("rounds pin ent-9 ent-4d", "There is no person's entry 'ent-9'"),
        ("rounds withdraw mat-9", "`kindred rounds show` lists them"),
        ("rounds withdraw mat-77 --leaving all", "--leaving is person, thing or both"),
        ("rounds publish", "Nothing has been published"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_to_do(typed, said, capsys):
    assert run(client(), *typed.split()) != 0
    captured = capsys.readouterr()
    assert said in " ".join((captured.out + captured.err).split())


def test_a_round_is_shown_by_names(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    assert run(client(), "rounds", "show") == 0
    shown = capsys.readouterr().out
    for words in ("Ada Okafor", "Abbey", "It is their first wish.", "wishes-taken", "nobody-wished", "On offer"):
        assert words in shown, words


def test_a_long_round_is_shown_whole(capsys):
    row = ROUND.round.model_copy(update={"placed": 201})
    pages = [ROUND.model_copy(update={"round": row, "placements": ROUND.placements * n}) for n in (200, 1)]
    asking = client()
    asking.answers[asks.ShowRound] = pages
    assert run(asking, "rounds", "show", "--json") == 0
    assert len(json.loads(capsys.readouterr().out)["placements"]) == 201
    assert [one.offset for one in asking.asked if isinstance(one, asks.ShowRound)] == [0, 200]


def test_a_round_is_shown_as_json(capsys):
    assert run(client(), "rounds", "show", "--json") == 0
    assert json.loads(capsys.readouterr().out)["round"]["placed"] == 1
