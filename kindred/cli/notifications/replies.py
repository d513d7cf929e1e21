"""`kindred replies`: mails that came in and need somebody, and answers that people give by other ways."""

from typing import Annotated, get_args

import typer

from kindred.cli.input import lookup, parsing
from kindred.cli.input.options import Limit, Programme
from kindred.cli.session import ask, find
from kindred.output import wording
from kindred.output.display import emit, table
from shared.commands.base import Done
from shared.commands.notifications_replies import (
    CloseReply,
    ListReplies,
    PlaceReply,
    ReplyDetail,
    ReplyRow,
    ReplyRows,
    ReplyState,
    ShowReply,
)
from shared.commands.scheduling import AllowSubstitute, AnswerInvitation
from shared.errors import Rejected
from shared.events.scheduling import Answer

app = typer.Typer(no_args_is_help=True)
Message = Annotated[str, typer.Argument(help="id of a message, or its beginning")]
Person = Annotated[str, typer.Argument(help="address or id")]
_SHORT = 12
_LEAST = 6


@app.command("list")
def list_(
    state: Annotated[str, typer.Option(help=", ".join(get_args(ReplyState)))] = "waiting", limit: Limit = 200
) -> None:
    """What waits for somebody, newest first; `--state filed` shows what nobody has to look at."""
    found = _rows(parsing.state(state, ReplyState) or "waiting", limit)
    rows = [
        (
            f"{row.received_at:%Y-%m-%d %H:%M}", row.sender, row.person, _visit(row), row.subject, row.why,
            row.reply_id[:_SHORT],
        )
        for row in found.rows
    ]  # fmt: skip
    columns = ("received", "from", "person", "visit", "subject", "why", "id")
    emit(found, table(f"Replies ({state})", columns, rows))


@app.command("show")
def show(message: Message) -> None:
    """One message with its text, and what it answers to."""
    found = find(ShowReply(reply_id=_message(message).reply_id), ReplyDetail)
    row = found.reply
    received = f"{row.received_at:%Y-%m-%d %H:%M}"
    facts = {
        "From": row.sender, "Subject": row.subject, "Received": received, "Person": row.person, "Visit": _visit(row),
        "Why": row.why,
    }  # fmt: skip
    head = "\n".join(f"{name}: {value}" for name, value in facts.items() if value)
    instead = f" {found.delegated_to} would come instead." if found.delegated_to else ""
    answer = f"It says {found.answer} for {found.address}, about {found.target_id[:_SHORT]}." if found.answer else ""
    emit(found, head, answer + instead, found.text)


@app.command("place")
def place(
    message: Message,
    person: Annotated[str, typer.Argument(help="address or id; left out: whom `replies list` names")] = "",
    programme: Programme = "",
) -> None:
    """Take a message's calendar answer as this person's, and remember the address that gave it.

    Where somebody sends another in their place, that one is allowed as substitute for the visit; PERSON is who comes.
    """
    found = find(ShowReply(reply_id=_message(message).reply_id), ReplyDetail)
    if found.delegated_to:
        done = _let_stand_in(found, person or found.delegated_to, programme)
    else:
        chosen = lookup.person_id(person, programme) if person else _known(found.reply)
        done = ask(PlaceReply(reply_id=found.reply.reply_id, person_id=chosen))
    emit(done, done.sentence)


def _let_stand_in(found: ReplyDetail, stand_in: str, programme: str) -> Done:
    """Allow the substitute whom a message names; the rules for substitutes hold."""
    person_id = _known(found.reply)
    try:
        substitute_id = lookup.person_id(stand_in, programme)
    except Rejected as refused:
        if refused.rule != "unknown-person":
            raise
        add = f"`kindred people add URN 'senior-leader: Name <{stand_in}>'`"
        why = f"{stand_in} takes no part yet. Record them first, {add}, then place this again."
        raise Rejected("unknown-person", why) from None
    command = AllowSubstitute(visit_id=found.target_id, person_id=person_id, substitute_id=substitute_id)
    done = ask(command)
    ask(CloseReply(reply_id=found.reply.reply_id))
    return done


def _known(row: ReplyRow) -> str:
    if not row.person_id:
        raise Rejected("which-person", "It does not show whose answer this is. Name the person by address or id.")
    return row.person_id


@app.command("answer")
def answer(
    visit: Annotated[str, typer.Argument(help="id of a visit or event, its beginning, or the host's URN")],
    person: Person,
    said: Annotated[str, typer.Argument(help=", ".join(get_args(Answer)))],
    programme: Programme = "",
) -> None:
    """Enter what somebody has told you, as they would by the page."""
    if said not in get_args(Answer):
        raise Rejected("unknown-answer", f"{said!r} is no answer; it is one of {', '.join(get_args(Answer))}.")
    person_id = lookup.person_id(person, programme)
    if visit.startswith("evt"):
        target, kind = lookup.event(visit, programme).event.event_id, "cohort-event"
    else:
        target, kind = lookup.visit(visit, programme).visit.visit_id, "visit"
    facts = {"target_id": target, "target_kind": kind, "person_id": person_id, "answer": said}
    done = ask(AnswerInvitation.model_validate(facts))
    emit(done, done.sentence)


@app.command("done")
def done_(message: Message) -> None:
    """Take a message off the list."""
    done = ask(CloseReply(reply_id=_message(message).reply_id))
    emit(done, done.sentence)


def _visit(row: ReplyRow) -> str:
    return ", ".join(filter(None, (row.visit, wording.short_date(row.on) if row.on else "")))


def _rows(state: ReplyState, limit: int) -> ReplyRows:
    return find(ListReplies(state=state, limit=limit), ReplyRows)


def _message(named: str) -> ReplyRow:
    states: tuple[ReplyState, ...] = get_args(ReplyState)
    found: list[ReplyRow] = []
    for state in states:
        rows = () if found or len(named) < _LEAST else _rows(state, 500).rows
        found += [row for row in rows if row.reply_id.startswith(named)]
    return lookup.one(named, found, "reply", "replies list")
