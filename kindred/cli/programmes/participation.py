"""`kindred participation`: which schools take part, what they said, and how it was decided."""

from typing import Annotated

import typer

from kindred.cli.input import lookup, parsing
from kindred.cli.input.options import Programme
from kindred.cli.programmes import typed
from kindred.cli.session import ask, find
from kindred.output.display import emit, table
from shared.commands.participation import (
    AnswerParticipation,
    AskSchool,
    DecideParticipation,
    ExceptFromRule,
    ListParticipation,
    ParticipationRow,
    ParticipationRows,
    RuleStanding,
)
from shared.errors import Rejected
from shared.events.participation import Answer

app = typer.Typer(no_args_is_help=True)

Reason = Annotated[str, typer.Option(help="in a sentence; kept, shown in no mail")]


@app.command("list")
def list_(programme: Programme = "") -> None:
    """List what schools said, which rules they keep to, and how it was decided."""
    chosen = lookup.programme(programme)
    found = find(ListParticipation(programme_id=chosen.programme_id), ParticipationRows)
    columns = ("#URN", "school", "answer", "because", "rules", "decided")
    emit(found, table(f"Who takes part in {chosen.name}", columns, map(_row, found.rows)))


@app.command("ask")
def ask_(
    urn: int,
    person: Annotated[str, typer.Argument(help="'headteacher: Ada Okafor <ada@school.example>'")],
    programme: Programme = "",
) -> None:
    """Ask somebody at a school whether it takes part; they get a mail."""
    chosen = lookup.programme(programme)
    done = ask(AskSchool(programme_id=chosen.programme_id, urn=urn, person=typed.person(person)))
    emit(done, done.sentence)


@app.command("answer")
def answer(
    urn: int,
    said: Annotated[str, typer.Argument(metavar="ANSWER", help="yes, maybe or no")],
    reason: Reason = "",
    programme: Programme = "",
) -> None:
    """Note what a school answered. A no of a school that is enrolled withdraws it."""
    found = parsing.known(said.strip().casefold(), Answer)
    if found is None:
        raise Rejected("no-such-answer", f"{said!r} is no answer; write yes, maybe or no.")
    chosen = lookup.programme(programme)
    done = ask(AnswerParticipation(programme_id=chosen.programme_id, urn=urn, answer=found, reason=reason))
    emit(done, done.sentence)


@app.command("except")
def except_(
    urn: int,
    rule: Annotated[str, typer.Argument(help="the rule, as `list` names it")],
    reason: Annotated[str, typer.Option(help="in a sentence; kept, shown in no mail")],
    of: Annotated[str, typer.Option(help="the form that the rule counts, where a rule stands twice")] = "",
    by_arrangement: Annotated[bool, typer.Option("--by-arrangement", help="you allow it yourself")] = False,
    programme: Programme = "",
) -> None:
    """Let a school take part without keeping to a rule: it says why, or you allow it."""
    chosen = lookup.programme(programme)
    done = ask(
        ExceptFromRule(
            programme_id=chosen.programme_id, urn=urn, rule=rule, of=of, by_arrangement=by_arrangement, reason=reason
        )
    )
    emit(done, done.sentence)


@app.command("admit")
def admit(
    urn: int,
    reason: Annotated[str, typer.Option(help="in a sentence; kept, shown in no mail")],
    rule: Annotated[str, typer.Option(help="the rule it goes by, in a word")] = "coordinator",
    programme: Programme = "",
) -> None:
    """Decide that a school takes part."""
    _decide(urn, programme, rule, reason, admitted=True)


@app.command("refuse")
def refuse(
    urn: int,
    reason: Annotated[str, typer.Option(help="in a sentence; kept, shown in no mail")],
    rule: Annotated[str, typer.Option(help="the rule it goes by, in a word")] = "coordinator",
    programme: Programme = "",
) -> None:
    """Decide that a school does not take part; a school that is enrolled is withdrawn."""
    _decide(urn, programme, rule, reason, admitted=False)


def _decide(urn: int, programme: str, rule: str, reason: str, *, admitted: bool) -> None:
    chosen = lookup.programme(programme)
    done = ask(
        DecideParticipation(programme_id=chosen.programme_id, urn=urn, admitted=admitted, rule=rule, reason=reason)
    )
    emit(done, done.sentence)


def _row(row: ParticipationRow) -> tuple[object, ...]:
    until = f" until {row.provisional_until:%d/%m/%Y}" if row.provisional_until else ""
    decided = f"{row.outcome} {row.decided_on:%d/%m/%Y} ({row.outcome_rule}): {row.outcome_reason}"
    return (
        row.urn,
        row.school,
        f"{row.answer or 'asked'}{until}",
        row.reason,
        "; ".join(map(_rule, row.rules)),
        decided if row.decided_on else "",
    )


def _rule(one: RuleStanding) -> str:
    how = "kept" if one.kept else f"{one.excepted}: {one.reason}" if one.excepted else one.sentence
    return f"{one.rule} ({one.of}): {how}" if one.of else f"{one.rule}: {how}"
