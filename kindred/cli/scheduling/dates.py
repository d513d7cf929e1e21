"""`kindred dates`: two people agree a day."""

from typing import Annotated, get_args

import typer

from kindred.cli.input import lookup, parsing
from kindred.cli.input.options import Limit, Offset, Programme
from kindred.cli.session import ask, find
from kindred.output import wording
from kindred.output.display import emit, short, table
from shared.commands.scheduling_dates import (
    AgreementDetail,
    AgreementRows,
    AgreementState,
    AnswerDates,
    DayLine,
    DayReply,
    ListAgreements,
    OfferDates,
    ShowAgreement,
    WithdrawDates,
)
from shared.commands.scheduling_suiting import (
    MOST_PEOPLE,
    MOST_STRETCHES,
    FindSuitingDays,
    SuitingDay,
    SuitingDays,
)
from shared.errors import Rejected

MOST_NAMED = 6
app = typer.Typer(no_args_is_help=True)
Agreement = Annotated[str, typer.Argument(help="id or its beginning, which `kindred dates list` shows")]
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
    about: Annotated[str, typer.Option(help="what the day is for, in their mails: 'peer coaching'")] = "",
    programme: Programme = "",
) -> None:
    """Offer up to three days on which both can, and hold them until the deadline; both are asked by mail."""
    command = OfferDates(
        person_ids=(lookup.person_id(one, programme), lookup.person_id(other, programme)),
        earliest=parsing.day(earliest),
        latest=parsing.day(latest) if latest else None,
        deadline=parsing.moment(deadline),
        school_ids=tuple(lookup.school_id(urn) for urn in school or ()),
        about=about,
    )
    _show(ask(command).id, offered=True)


@app.command("list")
def list_(
    state: Annotated[str, typer.Option(help=", ".join(get_args(AgreementState)))] = "",
    person: Annotated[str, typer.Option(help="address or id")] = "",
    limit: Limit = 100,
    offset: Offset = 0,
    programme: Programme = "",
) -> None:
    """List days that people are to agree or have agreed, the latest first."""
    query = ListAgreements(
        state=parsing.state(state, AgreementState),
        person_id=lookup.person_id(person, programme) if person else "",
        limit=limit,
        offset=offset,
    )
    found = find(query, AgreementRows)
    names = lookup.names(one for row in found.agreements for one in row.person_ids)
    rows = [
        (
            _days(row),
            wording.listed([names[one] for one in row.person_ids]),
            row.about,
            _state(row, names),
            short(row.agreement_id),
        )
        for row in found.agreements
    ]
    shown = table(f"Agreed days ({found.total:,})", ("days", "who", "for", "state", "id"), rows)
    which = " in this state or of this person" if state or person else ""
    none = f"There are no days on offer or agreed{which}. `kindred dates offer` offers some."
    emit(found, shown if rows else wording.empty(found.total, none))


@app.command("answer")
def answer(
    agreement: Agreement,
    person: Person,
    day: Annotated[list[str], typer.Argument(help="2027-01-31=yes, =if-need-be or =no; each day on offer")],
    note: Annotated[str, typer.Option(help="what they add, for the other and you to read")] = "",
    programme: Programme = "",
) -> None:
    """Enter what one of them says of the days on offer; the day is settled once both have answered."""
    lines = tuple(map(_line, day))
    command = AnswerDates(
        agreement_id=lookup.agreement_id(agreement),
        person_id=lookup.person_id(person, programme),
        lines=lines,
        note=note,
    )
    done = ask(command)
    emit(done, done.sentence)


@app.command("show")
def show(agreement: Agreement) -> None:
    """Show which days are on offer, who has answered, which day is settled."""
    _show(lookup.agreement_id(agreement))


@app.command("withdraw")
def withdraw(agreement: Agreement) -> None:
    """Withdraw a settled day; it is free again, and all who agreed it get a mail."""
    done = ask(WithdrawDates(agreement_id=lookup.agreement_id(agreement)))
    emit(done, done.sentence)


def _line(text: str) -> DayLine:
    on, _, said = text.partition("=")
    reply: DayReply | None = parsing.known(said, DayReply)
    if reply is None:
        raise Rejected("bad-answer", f"{text!r} should read like: 2027-01-31=yes (or =if-need-be, or =no).")
    return DayLine(on=parsing.day(on), answer=reply)


def _how(found: AgreementDetail) -> str:
    each = " ".join(f"{on}=yes" for on in found.offers)
    command = f"kindred dates answer {short(found.agreement_id)} ADDRESS {each}"
    return f"Both answer on the page that their mail opens. For who tells you instead (or =if-need-be, =no):\n{command}"


def _days(row: AgreementDetail) -> str:
    days = [day for day in (row.settled, row.withdrawn) if day] or list(row.offers)
    return "\n".join(wording.short_date(day) for day in days)


def _state(row: AgreementDetail, names: dict[str, str]) -> str:
    if row.withdrawn:
        return "withdrawn"
    if row.state == "waiting":
        waiting = wording.listed([names[one] for one in row.waiting_for])
        return f"waiting for {waiting}, until {wording.moment(row.deadline)}"
    return row.state


def _show(agreement_id: str, *, offered: bool = False) -> None:
    found = find(ShowAgreement(agreement_id=agreement_id), AgreementDetail)
    names = lookup.names(found.person_ids)
    said = {(row.person_id, row.on): row.answer for row in found.said}
    rows = [
        (wording.date(on), *(said.get((person, on), "not yet") for person in found.person_ids), on == found.settled)
        for on in found.offers
    ]
    state = f"{wording.date(found.withdrawn)} was withdrawn." if found.withdrawn else STATES[found.state]
    until = "" if found.settled else f" Held until {wording.moment(found.deadline)}."
    about = f" ({found.about})" if found.about else ""
    emit(
        found,
        f"{found.agreement_id}{about}: {state}{until if found.held else ''}",
        table(f"On offer ({len(rows)})", ("day", *(names[one] for one in found.person_ids), "settled"), rows),
        *(f"{names[row.person_id]}: {row.note}" for row in found.notes),
        *([_how(found)] if offered else []),
    )


@app.command("suit")
def suit(
    between: Annotated[list[str], typer.Option(help="2027-09-20..2027-10-15: where one day is wanted; repeat")],
    role: Annotated[list[str] | None, typer.Option(help="everybody in this role is asked for; repeat")] = None,
    person: Annotated[list[str] | None, typer.Option(help="address or id of one more, or instead; repeat")] = None,
    weeks: Annotated[int, typer.Option(min=0, max=26, help="between one day and the next at least")] = 3,
    programme: Programme = "",
) -> None:
    """Find the days on which fewest are missing, such as three strategy days of all heads; nothing is saved."""
    roles = {parsing.role_named(one) for one in (role or ([] if person else ["headteacher"]))}
    rows = lookup.people(lookup.programme(programme).programme_id) if roles else []
    people = [row.person_id for row in rows if row.role in roles]
    people += [lookup.person_id(one, programme) for one in person or ()]
    if not people:
        raise Rejected("nobody", "Nobody in this role takes part. Name another role, or somebody with --person.")
    people = list(dict.fromkeys(people))
    if len(people) > MOST_PEOPLE or len(between) > MOST_STRETCHES:
        raise Rejected(
            "too-many",
            f"Days are found for {MOST_PEOPLE:,} people and {MOST_STRETCHES} stretches at most, not for "
            f"{len(people):,} and {len(between)}. Name another --role, or fewer --between at once.",
        )
    query = FindSuitingDays(person_ids=tuple(people), stretches=parsing.spans(sorted(between)), weeks_apart=weeks)
    found = find(query, SuitingDays)
    names = lookup.names(one for day in found.days for one in day.missing[:MOST_NAMED])
    days = [
        (wording.date(day.on), f"{found.people - len(day.missing)} of {found.people}", _missing(day, names))
        for day in found.days
    ]
    nobody = [wording.date(day.on) for day in found.days if len(day.missing) == found.people]
    why = "That is no school day by the term dates that are known, or all are taken: name another --between."
    shown = table("Days that suit most", ("day", "can come", "missing"), days)
    emit(found, shown, *([f"Nobody can come on {wording.listed(nobody)}. {why}"] if nobody else []))


def _missing(day: SuitingDay, names: dict[str, str]) -> str:
    named = [names[one] for one in day.missing[:MOST_NAMED]]
    more = len(day.missing) - len(named)
    return wording.listed([*named, *([f"{more} more"] if more else [])])
