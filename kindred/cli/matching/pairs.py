"""`kindred pairs`: who is with whom in a round of pairs or rings, why, who is with nobody; and overruling it."""

from typing import Annotated

import typer
from rich.table import Table

from kindred.cli.input import lookup
from kindred.cli.input.options import Programme, Yes
from kindred.cli.matching.round_input import PAGE, Key, Revision, let_stand, one_of
from kindred.cli.session import ask, find
from kindred.output.display import emit, hint, short, table
from shared.commands.base import Done
from shared.commands.pairs import (
    EndPair,
    FreePeople,
    KeepApart,
    PairPeople,
    PairRow,
    PairsDetail,
    PartnerRow,
    ShowPairs,
)
from shared.commands.rounds import DraftRound

app = typer.Typer(no_args_is_help=True)
Said = type[PairPeople | KeepApart | FreePeople]
People = Annotated[list[str], typer.Argument(help="ids or addresses of two people, or of three")]


@app.command("draft")
def draft(
    keep: Annotated[bool, typer.Option(help="pairs that stand go on; only who is alone is matched")] = False,
    programme: Programme = "",
    round_: Key = "",
) -> None:
    """Work out who is with whom the next time; nobody is told."""
    done = ask(DraftRound(programme_id=_programme(programme), round=round_, keep=keep))
    emit(done, done.sentence)
    hint("`kindred pairs show` shows it; `kindred pairs publish` lets it stand.")


@app.command("show")
def show(
    standing: Annotated[bool, typer.Option(help="what stands, also while there is a draft")] = False,
    programme: Programme = "",
    round_: Key = "",
) -> None:
    """Show a round: pairs and rings with reasons and what changes, who is with nobody and why, who is left out."""
    found = _round(programme, round_, standing=standing)
    groups = [found.skipping, *(row.people for row in found.pairs), *(pin.people for pin in found.pins)]
    rows = [one for group in groups for one in group]
    names = lookup.names([*(one.person_id for one in rows), *(one.person_id for one in found.alone)])
    emit(found, *_tables(found, names))


@app.command("together")
def together(people: People, programme: Programme = "", round_: Key = "") -> None:
    """Bring these people together from the next draft on."""
    _say(PairPeople, people, programme, round_)


@app.command("apart")
def apart(people: People, programme: Programme = "", round_: Key = "") -> None:
    """Never bring these two together."""
    _say(KeepApart, people, programme, round_)


@app.command("free")
def free(people: People, programme: Programme = "", round_: Key = "") -> None:
    """Take back that people are to be together, or apart."""
    _say(FreePeople, people, programme, round_)


@app.command("publish")
def publish(revision: Revision = 0, programme: Programme = "", round_: Key = "", yes: Yes = False) -> None:
    """Let the draft stand: everybody in it is told."""
    let_stand(_round(programme, round_), revision, yes=yes)


@app.command("end")
def end(
    pair: Annotated[str, typer.Argument(help="id of a pair, or its beginning")],
    programme: Programme = "",
    round_: Key = "",
) -> None:
    """End a pair and keep its people apart, as one of them has asked. Nobody is told why; nobody else moves."""
    ids = [row.pair_id for row in _round(programme, round_, standing=True).pairs]
    done = ask(EndPair(pair_id=one_of(ids, pair, "pair", "pairs show --standing")))
    emit(done, done.sentence)


def _programme(named: str) -> str:
    return lookup.programme(named).programme_id


def _round(programme: str, key: str, *, standing: bool = False) -> PairsDetail:
    """The round, all pages of its lists together."""
    programme_id, seen = _programme(programme), 0
    query = ShowPairs(programme_id=programme_id, round=key, standing=standing, limit=PAGE)
    found = find(query, PairsDetail)
    while (seen := seen + PAGE) < max(found.total, found.people_alone):
        more = find(query.model_copy(update={"offset": seen}), PairsDetail)
        found = found.model_copy(update={"pairs": (*found.pairs, *more.pairs), "alone": (*found.alone, *more.alone)})
    return found


def _say(command: Said, people: list[str], programme: str, key: str) -> None:
    ids = tuple(lookup.person_id(one, programme) for one in people)
    done: Done = ask(command(programme_id=_programme(programme), round=key, person_ids=ids))
    emit(done, done.sentence)


def _tables(found: PairsDetail, names: dict[str, str]) -> list[Table | str]:
    head = f"{found.title}, {found.state}" + (f", draft {found.revision}" if found.revision else "")
    ends = f" {found.ends} that stand would end." if found.ends else ""
    counts = f"{found.placed} people in {found.total} pairs and rings, {found.people_alone} with nobody.{ends}"
    built: list[Table | str] = [f"{head}: {counts} {found.sentence}".rstrip()]
    if found.pairs:
        columns = ("who", "in this draft", "why", "pair")
        built.append(table("Pairs and rings", columns, [_pair(row, names) for row in found.pairs]))
    if found.alone:
        alone = [(names.get(one.person_id, ""), one.school, one.rule, one.sentence) for one in found.alone]
        built.append(table("With nobody", ("who", "from", "rule", "what would help"), alone))
    if found.skipping:
        rows = [(names.get(one.person_id, ""), one.school) for one in found.skipping]
        built.append(table("Not this time", ("who", "from"), rows))
    if found.pins:
        pins = [(pin.how, _named(pin.people, names)) for pin in found.pins]
        built.append(table("Together and apart", ("how", "who"), pins))
    return built


def _pair(row: PairRow, names: dict[str, str]) -> tuple[object, ...]:
    return _named(row.people, names), row.change, "\n".join(row.reasons), short(row.pair_id) if row.pair_id else ""


def _named(people: tuple[PartnerRow, ...], names: dict[str, str]) -> str:
    return "\n".join(names.get(one.person_id, one.school) for one in people)
