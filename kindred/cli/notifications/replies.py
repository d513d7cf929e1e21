"""`kindred replies`: mails that came in and need somebody, and answers that people give by other ways."""

from typing import Annotated, get_args

import typer

from kindred.cli.input import lookup, parsing
from kindred.cli.input.options import Limit, Programme
from kindred.cli.session import ask, find
from kindred.output.display import emit, table
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
from shared.commands.scheduling import AnswerInvitation
from shared.errors import Rejected
from shared.events.scheduling import Answer

app = typer.Typer(help="Mails that came in and need somebody; answers given by telephone.", no_args_is_help=True)
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
        (f"{row.received_at:%Y-%m-%d %H:%M}", row.sender, row.subject, row.why, row.reply_id[:_SHORT])
        for row in found.rows
    ]
    emit(found, table(f"Replies ({state})", ("received", "from", "subject", "why", "id"), rows))


@app.command("show")
def show(message: Message) -> None:
    """One message with its text, and what it answers to."""
    found = find(ShowReply(reply_id=_message(message).reply_id), ReplyDetail)
    row = found.reply
    head = f"From: {row.sender}\nSubject: {row.subject}\nReceived: {row.received_at:%Y-%m-%d %H:%M}\nWhy: {row.why}"
    answer = f"It says {found.answer} for {found.address}, about {found.target_id[:_SHORT]}." if found.answer else ""
    emit(found, head, answer, found.text)


@app.command("place")
def place(message: Message, person: Person, programme: Programme = "") -> None:
    """Take a message's calendar answer as this person's, and remember the address that gave it."""
    command = PlaceReply(reply_id=_message(message).reply_id, person_id=lookup.person_id(person, programme))
    done = ask(command)
    emit(done, done.sentence)


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


def _rows(state: ReplyState, limit: int) -> ReplyRows:
    return find(ListReplies(state=state, limit=limit), ReplyRows)


def _message(named: str) -> ReplyRow:
    states: tuple[ReplyState, ...] = get_args(ReplyState)
    found: list[ReplyRow] = []
    for state in states:
        rows = () if found or len(named) < _LEAST else _rows(state, 500).rows
        found += [row for row in rows if row.reply_id.startswith(named)]
    return lookup.one(named, found, "reply", "replies list")
