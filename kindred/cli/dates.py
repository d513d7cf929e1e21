"""`kindred dates`: two people agree a day."""

from typing import Annotated

import typer

from kindred.cli import read, resolve, words
from kindred.cli.options import Programme
from kindred.cli.session import ask, find
from kindred.cli.show import emit, table
from shared.commands.scheduling_dates import (
    AgreementDetail,
    AnswerDates,
    DayLine,
    DayReply,
    OfferDates,
    ShowAgreement,
    WithdrawDates,
)
from shared.errors import Rejected

app = typer.Typer(help="Days that two people agree.", no_args_is_help=True)
Agreement = Annotated[str, typer.Argument(help="id of the agreement, which `kindred dates offer` shows")]
Person = Annotated[str, typer.Argument(help="address or id")]
STATES = {
    "waiting": "Waiting for answers.",
    "settled": "The day is settled.",
    "nothing-suits": "None of the days suits both. Offer other days.",
    "lapsed": "The deadline has passed; the days are free again. Offer new ones.",
}


@app.command("offer")
def offer(
    one: Person,
    other: Person,
    earliest: Annotated[str, typer.Option(help="2027-01-31: the first day to offer")],
    deadline: Annotated[str, typer.Option(help="'2027-01-20 17:00': until when both are to answer")],
    latest: Annotated[str, typer.Option(help="the last day to offer; eight weeks on where not given")] = "",
    school: Annotated[list[int] | None, typer.Option(help="URN of a school whose days count; repeat")] = None,
    programme: Programme = "",
) -> None:
    """Offer up to three days on which both can, and hold them until the deadline."""
    command = OfferDates(
        person_ids=(resolve.person_id(one, programme), resolve.person_id(other, programme)),
        earliest=read.day(earliest),
        latest=read.day(latest) if latest else None,
        deadline=read.moment(deadline),
        school_ids=tuple(resolve.school_id(urn) for urn in school or ()),
    )
    _show(ask(command).id)


@app.command("answer")
def answer(
    agreement: Agreement,
    person: Person,
    day: Annotated[list[str], typer.Argument(help="2027-01-31=yes, =if-need-be or =no; each day on offer")],
    programme: Programme = "",
) -> None:
    """Note what one of them says of the days on offer; the day is settled once both have answered."""
    lines = tuple(map(_line, day))
    done = ask(AnswerDates(agreement_id=agreement, person_id=resolve.person_id(person, programme), lines=lines))
    emit(done, done.sentence)


@app.command("show")
def show(agreement: Agreement) -> None:
    """Which days are on offer, who has answered, which day is settled."""
    _show(agreement)


@app.command("withdraw")
def withdraw(agreement: Agreement) -> None:
    """A settled day does not take place; it is free again, and all who agreed it are told."""
    done = ask(WithdrawDates(agreement_id=agreement))
    emit(done, done.sentence)


def _line(text: str) -> DayLine:
    on, _, said = text.partition("=")
    reply: DayReply | None = read.known(said, DayReply)
    if reply is None:
        raise Rejected("bad-answer", f"{text!r} should read like: 2027-01-31=yes (or =if-need-be, or =no).")
    return DayLine(on=read.day(on), answer=reply)


def _show(agreement_id: str) -> None:
    found = find(ShowAgreement(agreement_id=agreement_id), AgreementDetail)
    said = {(row.person_id, row.on): row.answer for row in found.said}
    rows = [
        (words.date(on), *(said.get((person, on), "not yet") for person in found.person_ids), on == found.settled)
        for on in found.offers
    ]
    state = f"{words.date(found.withdrawn)} was withdrawn." if found.withdrawn else STATES[found.state]
    until = "" if found.settled else f" Held until {words.moment(found.deadline)}."
    emit(
        found,
        f"{found.agreement_id}: {state}{until if found.held else ''}",
        table(f"On offer ({len(rows)})", ("day", *found.person_ids, "settled"), rows),
    )
