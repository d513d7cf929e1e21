"""`kindred dlq`: messages that a service could not handle, kept until somebody replays or drops them."""

from typing import Annotated

import typer
from nats.js import JetStreamContext
from rich.table import Table

from kindred.cli.input.options import Yes
from kindred.cli.operations import connection
from kindred.cli.session import current
from kindred.output.display import emit, table
from shared.bus import dead_letters
from shared.bus.dead_letters import DeadLetter
from shared.errors import Rejected

app = typer.Typer(no_args_is_help=True)
MOST = 2**63 - 1
SHOWN = 100
Number = Annotated[int, typer.Argument(help="as `kindred dlq ls` shows it", min=1, max=MOST)]


@app.command("ls")
def ls(
    each: Annotated[bool, typer.Option("--each", help="one line a letter, with the whole reason")] = False,
) -> None:
    """Dead letters, oldest first, those alike in one line; parked ones wait for a newer release of their service."""
    found = current().run(_all(connection.jetstream()))
    said = (_each(found) if each else _alike(found)) if found else "There are none."
    emit([_plain(letter) for letter in found], said)


def _each(letters: list[DeadLetter]) -> Table:
    rows = [(d.number, _kind(d), d.durable, d.type, d.reason) for d in letters]
    return table("Dead letters", ("#number", "kind", "durable", "what", "why"), rows)


def _alike(letters: list[DeadLetter]) -> Table:
    groups: dict[tuple[str, ...], list[int]] = {}
    for letter in letters:
        why = letter.reason if len(letter.reason) <= SHOWN else f"{letter.reason[:SHOWN]}…"
        groups.setdefault((_kind(letter), letter.durable, letter.type, why), []).append(letter.number)
    rows = [(len(numbers), numbers[0], *key) for key, numbers in groups.items()]
    return table(f"{len(letters):,} dead letters", ("#how many", "#first", "kind", "durable", "what", "why"), rows)


def _kind(letter: DeadLetter) -> str:
    return "parked" if letter.parked else "dead"


@app.command("show")
def show(number: Number) -> None:
    """One dead letter, whole."""
    letter = current().run(dead_letters.show(connection.jetstream(), number))
    emit(_plain(letter), table(f"Dead letter {number}", ("field", "value"), _plain(letter).items()))


@app.command("replay")
def replay(
    number: Annotated[int | None, typer.Argument(help="as `kindred dlq ls` shows it", min=1, max=MOST)] = None,
    everything: Annotated[bool, typer.Option("--all", help="every one that is not parked")] = False,
) -> None:
    """Give a dead letter back to the durable that could not handle it."""
    if number is None and not everything:
        raise Rejected("which", "Say which one: a number as `kindred dlq ls` shows it, or --all.")
    letters = current().run(_all(connection.jetstream())) if everything else []
    numbers = [letter.number for letter in letters if not letter.parked] if number is None else [number]
    for each in numbers:
        current().run(dead_letters.replay(connection.jetstream(), each))
    emit({"replayed": len(numbers)}, f"{len(numbers)} given back.")


@app.command("drop")
def drop(number: Number, yes: Yes = False) -> None:
    """Delete a dead letter for good."""
    letter = current().run(dead_letters.show(connection.jetstream(), number))
    if not yes:
        typer.confirm(f"Delete {letter.type} for {letter.durable}? It will never be handled", abort=True, err=True)
    current().run(dead_letters.drop(connection.jetstream(), number))
    emit({"dropped": number}, f"Dead letter {number} is deleted.")


async def _all(jetstream: JetStreamContext) -> list[DeadLetter]:
    return [letter async for letter in dead_letters.ls(jetstream)]


def _plain(letter: DeadLetter) -> dict[str, object]:
    return {**vars(letter), "type": letter.type, "body": letter.body.decode("utf-8", "replace")}
