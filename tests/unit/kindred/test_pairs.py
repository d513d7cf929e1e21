"""`kindred pairs`: what is typed becomes exactly this command, and a round is shown by names."""

import json
from typing import Any

import pytest

from shared.commands import pairs as asks
from shared.commands import programmes_queries as queries
from shared.commands import rounds
from tests.unit.kindred.fake_client import FakeClient
from tests.unit.kindred.made import ONE, done, run

ADA = asks.PartnerRow(person_id="per-1", school_id="sch-1", school="Abbey")
BO = asks.PartnerRow(person_id="per-2", school_id="sch-2", school="Brook")
ROUND = asks.PairsDetail(
    round_id="rnd-1", programme_id="prg-1", round="walk", title="Walk and talk", state="draft", run=1, revision=2,
    placed=2, total=1, people_alone=1, ends=1, sentence="1 person is with nobody.",
    pairs=(asks.PairRow(pair_id="par-77", people=(ADA, BO), change="new", reasons=("They are new to each other.",)),),
    alone=(asks.PersonAlone(person_id="per-3", school="Church", rule="same-line", sentence="All are of one line."),),
    skipping=(asks.PartnerRow(person_id="per-4", school_id="sch-4", school="Dene"),),
    pins=(asks.PairPinRow(people=(ADA, BO), how="together"),),
)  # fmt: skip
NAMES = queries.NamedPeople(
    people=tuple(
        queries.NamedPerson(person_id=f"per-{number}", name=name)
        for number, name in enumerate(("Ada Okafor", "Bo Lind", "Cy Moss", "Di Ames"), start=1)
    )
)
TWO = {"programme_id": "prg-1", "person_ids": ("per-1", "per-2")}


def client(command=None):
    answers: dict[type[Any], Any] = {queries.ListProgrammes: ONE, queries.NamePeople: NAMES, asks.ShowPairs: ROUND}
    return FakeClient({**answers, **({type(command): done(sentence="Noted.")} if command else {})})


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("pairs draft", rounds.DraftRound(programme_id="prg-1")),
        ("pairs draft --keep --round walk", rounds.DraftRound(programme_id="prg-1", round="walk", keep=True)),
        ("pairs together per-1 per-2", asks.PairPeople(**TWO)),
        ("pairs apart per-1 per-2", asks.KeepApart(**TWO)),
        ("pairs free per-1 per-2", asks.FreePeople(**TWO)),
        ("pairs publish --yes", rounds.PublishRound(programme_id="prg-1", round="walk", revision=2)),
        ("pairs end par-7", asks.EndPair(pair_id="par-77")),
    ],
)
def test_what_is_typed_becomes_a_command(typed, asked):
    asking = client(asked)
    assert run(asking, *typed.split()) == 0
    assert asking.asked[-1] == asked


@pytest.mark.parametrize(
    ("typed", "said"),
    [("pairs end par-9", "There is no pair 'par-9'"), ("pairs publish", "Nothing has been published")],
)
def test_what_cannot_be_meant_is_refused_with_what_to_do(typed, said, capsys):
    assert run(client(), *typed.split()) != 0
    captured = capsys.readouterr()
    assert said in " ".join((captured.out + captured.err).split())


def test_a_round_is_shown_by_names(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    assert run(client(), "pairs", "show") == 0
    shown = capsys.readouterr().out
    for words in ("Ada Okafor", "Cy Moss", "same-line", "Di Ames", "They are new to each other.", "1 that stand would"):
        assert words in shown, words


def test_a_long_round_is_shown_whole(capsys):
    pages = [ROUND.model_copy(update={"total": 201, "pairs": ROUND.pairs * n}) for n in (200, 1)]
    asking = client()
    asking.answers[asks.ShowPairs] = pages
    assert run(asking, "pairs", "show", "--json") == 0
    assert len(json.loads(capsys.readouterr().out)["pairs"]) == 201
