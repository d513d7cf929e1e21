"""`kindred rounds`: who is placed to what in which school, why, who waits; and overruling it."""

from typing import Annotated, Literal, cast, get_args

import typer
from rich.table import Table

from kindred.cli.input import lookup
from kindred.cli.input.options import Programme, Yes
from kindred.cli.matching.round_input import PAGE, Key, Revision, let_stand, one_of
from kindred.cli.session import ask, find
from kindred.output.display import emit, hint, short, table
from shared.commands.base import Done
from shared.commands.rounds import (
    AcceptOffer,
    AgreeOutside,
    DeclineOffer,
    DraftRound,
    ForbidPlacement,
    FreePlacement,
    PickThing,
    PinPlacement,
    PlacementRow,
    RoundDetail,
    ShowRound,
    WithdrawPlacement,
)
from shared.errors import Rejected

app = typer.Typer(no_args_is_help=True)
Leaving = Literal["person", "thing", "both"]
Said = type[PinPlacement | ForbidPlacement | FreePlacement | PickThing]
PAGED = ("placements", "people_without", "things_without", "ledger")
"""The lists of a round that come by the page."""
LISTING = "rounds show"
Person = Annotated[str, typer.Argument(help="entry of a person, or its beginning")]
Thing = Annotated[str, typer.Argument(help="entry of a thing, or its beginning")]


@app.command("draft")
def draft(programme: Programme = "", round_: Key = "") -> None:
    """Work out who is placed where, with what has been said and agreed by now; nobody is told."""
    done = ask(DraftRound(programme_id=lookup.programme(programme).programme_id, round=round_))
    emit(done, done.sentence)
    hint("`kindred rounds show` shows it; `kindred rounds publish` lets it stand.")


@app.command("show")
def show(programme: Programme = "", round_: Key = "") -> None:
    """Show a round: placements with reason and wish, who and what is without and why, who gives and receives."""
    found = _round(programme, round_)
    people = [row.person_id for row in found.placements]
    people += [row.person_id for row in found.people_without if row.person_id]
    names = lookup.names([*people, *(row.person_id for row in found.offers)])
    emit(found, *_tables(found, names))


@app.command("pin")
def pin(person: Person, thing: Thing, programme: Programme = "", round_: Key = "") -> None:
    """Place this person there: your own word, or two schools that agreed between themselves."""
    _say(PinPlacement, person, thing, programme, round_)


@app.command("forbid")
def forbid(person: Person, thing: Thing, programme: Programme = "", round_: Key = "") -> None:
    """Never place this person there."""
    _say(ForbidPlacement, person, thing, programme, round_)


@app.command("free")
def free(person: Person, thing: Thing, programme: Programme = "", round_: Key = "") -> None:
    """Take back a pin, or what was forbidden."""
    _say(FreePlacement, person, thing, programme, round_)


@app.command("pick")
def pick(person: Person, thing: Thing, programme: Programme = "", round_: Key = "") -> None:
    """Take a thing for somebody, as their school has told you; where schools pick for themselves."""
    _say(PickThing, person, thing, programme, round_)


@app.command("agree")
def agree(
    person: Person,
    thing: Thing,
    as_: Annotated[str, typer.Option("--as", help="id or address of who says so for one of the two schools")],
    programme: Programme = "",
    round_: Key = "",
) -> None:
    """Two schools agreed between themselves: one of them says so; when the other has, too, it is a pin."""
    found = _round(programme, round_)
    command = AgreeOutside(
        programme_id=found.round.programme_id,
        round=found.round.round,
        person_entry_id=one_of(_people(found), person, "person's entry", LISTING),
        thing_entry_id=one_of(_things(found), thing, "thing's entry", LISTING),
        person_id=lookup.person_id(as_, programme),
    )
    done = ask(command)
    emit(done, done.sentence)


@app.command("publish")
def publish(revision: Revision = 0, programme: Programme = "", round_: Key = "", yes: Yes = False) -> None:
    """Let the draft stand: the people and their hosts are told."""
    let_stand(_round(programme, round_).round, revision, yes=yes)


@app.command("withdraw")
def withdraw(
    match: Annotated[str, typer.Argument(help="id of a placement, or its beginning")],
    leaving: Annotated[str, typer.Option(help="what does not come back: person, thing or both")] = "person",
    programme: Programme = "",
    round_: Key = "",
) -> None:
    """End a placement. Nobody else moves; what becomes free is offered to who waits."""
    rows = _round(programme, round_).placements
    ids = [row.match_id for row in rows if row.match_id]
    done = ask(WithdrawPlacement(match_id=one_of(ids, match, "placement", LISTING), leaving=_leaving(leaving)))
    emit(done, done.sentence)


@app.command("accept")
def accept(
    offer: Annotated[str, typer.Argument(help="id of an offer, or its beginning")],
    programme: Programme = "",
    round_: Key = "",
) -> None:
    """Take a place on offer for who waits, as they have told you."""
    done = ask(AcceptOffer(offer_id=_offer(offer, programme, round_)))
    emit(done, done.sentence)


@app.command("decline")
def decline(
    offer: Annotated[str, typer.Argument(help="id of an offer, or its beginning")],
    programme: Programme = "",
    round_: Key = "",
) -> None:
    """Let a place on offer pass on, as they have told you."""
    done = ask(DeclineOffer(offer_id=_offer(offer, programme, round_)))
    emit(done, done.sentence)


def _round(programme: str, key: str) -> RoundDetail:
    """The round, all pages of its lists together."""
    programme_id, seen = lookup.programme(programme).programme_id, 0
    found = find(ShowRound(programme_id=programme_id, round=key, limit=PAGE), RoundDetail)
    row = found.round
    while (seen := seen + PAGE) < max(row.placed, row.people_without, row.things_without, found.schools):
        more = find(ShowRound(programme_id=programme_id, round=key, limit=PAGE, offset=seen), RoundDetail)
        joined = {name: (*getattr(found, name), *getattr(more, name)) for name in PAGED}
        found = found.model_copy(update=joined)
    return found


def _say(command: Said, person: str, thing: str, programme: str, key: str) -> None:
    found = _round(programme, key)
    done: Done = ask(
        command(
            programme_id=found.round.programme_id,
            round=found.round.round,
            person_entry_id=one_of(_people(found), person, "person's entry", LISTING),
            thing_entry_id=one_of(_things(found), thing, "thing's entry", LISTING),
        )
    )
    emit(done, done.sentence)


def _people(found: RoundDetail) -> list[str]:
    placed = [row.person_entry_id for row in found.placements]
    return [
        *placed,
        *(row.person_entry_id for row in found.people_without),
        *(pin.person_entry_id for pin in found.pins),
    ]


def _things(found: RoundDetail) -> list[str]:
    taken = [row.thing_entry_id for row in found.placements]
    return [*taken, *(row.thing_entry_id for row in found.things_without), *(pin.thing_entry_id for pin in found.pins)]


def _offer(named: str, programme: str, key: str) -> str:
    return one_of([row.offer_id for row in _round(programme, key).offers], named, "offer", LISTING)


def _leaving(said: str) -> Leaving:
    for one in get_args(Leaving):
        if said == one:
            return cast("Leaving", said)
    raise Rejected("unknown-part", f"--leaving is person, thing or both, not {said!r}.")


def _tables(found: RoundDetail, names: dict[str, str]) -> list[Table | str]:
    row = found.round
    head = f"{row.title}, {row.state}" + (f", draft {row.revision}" if row.revision else "")
    counts = f"{row.placed} placed, {row.people_without} people and {row.things_without} things without."
    built: list[Table | str] = [f"{head}: {counts} {row.sentence}".rstrip()]
    if found.placements:
        columns = ("person", "from", "thing", "at", "#wish", "why", "entries")
        built.append(table("Placements", columns, [_placed(one, names) for one in found.placements]))
    if found.first_three is not None:
        built.append(f"{found.first_three:.0%} of those placed have one of their first three wishes.")
    if found.people_without:
        rows = [
            (names.get(one.person_id, ""), one.school, one.rule, one.sentence, short(one.person_entry_id))
            for one in found.people_without
        ]
        built.append(table("People without a place", ("person", "from", "rule", "what would help", "entry"), rows))
    if found.things_without:
        things = [
            (one.thing, one.host, one.rule, one.sentence, short(one.thing_entry_id)) for one in found.things_without
        ]
        built.append(table("Things without a person", ("thing", "at", "rule", "what would help", "entry"), things))
    return [*built, *_beside(found, names)]


def _beside(found: RoundDetail, names: dict[str, str]) -> list[Table | str]:
    built: list[Table | str] = []
    if found.offers:
        offers = [
            (names.get(one.person_id, ""), one.school, one.thing, one.host, one.wish, one.until, short(one.offer_id))
            for one in found.offers
        ]
        built.append(table("On offer", ("to", "from", "thing", "at", "#wish", "until", "offer"), offers))
    if found.pins:
        pins = [
            (one.how, one.school, one.thing, one.host, f"{short(one.person_entry_id)} {short(one.thing_entry_id)}")
            for one in found.pins
        ]
        built.append(table("Pinned and forbidden", ("how", "from", "thing", "at", "entries"), pins))
    if found.agreed:
        rows_of = [(one.school, one.thing, one.host, one.waits_for or "both have said so") for one in found.agreed]
        built.append(table("Agreed between schools", ("from", "thing", "at", "waits for"), rows_of))
    if found.ledger:
        columns = ("school", "#gives", "#receives", "#gave before", "#received before")
        rows = [(one.school, one.gives, one.receives, one.gave_before, one.received_before) for one in found.ledger]
        built.append(table("Who gives and who receives", columns, rows))
    return built


def _placed(row: PlacementRow, names: dict[str, str]) -> tuple[object, ...]:
    ids = f"{short(row.match_id)} " if row.match_id else ""
    entries = f"{ids}{short(row.person_entry_id)} {short(row.thing_entry_id)}"
    who = names.get(row.person_id, row.person_id)
    return who, row.school, row.thing, row.host, row.wish, "\n".join(row.reasons), entries
