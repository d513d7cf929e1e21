"""`kindred bus`: streams and consumers, which a deploy step owns and services only use."""

from typing import Annotated

import typer

from kindred.cli import wire
from kindred.cli.session import current
from kindred.cli.show import emit, table
from kindred.running.topology import recorded
from shared.operations import streams

app = typer.Typer(help="Streams and consumers.", no_args_is_help=True)


@app.command("apply")
def apply(
    replicas: Annotated[int, typer.Option(min=1, max=5, help="copies of each stream; 3 on a cluster")] = 1,
    prune: Annotated[bool, typer.Option("--prune", help="delete consumers no service declares any more")] = False,
) -> None:
    """Create what is missing and update what differs; running it again changes nothing."""
    changes = current().run(streams.apply(wire.jetstream(), recorded(), replicas=replicas, prune=prune))
    rows = [(change.what, change.name, ", ".join(change.fields)) for change in changes]
    said = table("Changed", ("what", "name", "fields"), rows) if rows else "Everything is as it should be."
    emit([vars(change) for change in changes], said)


@app.command("status")
def status() -> None:
    """How many messages each stream holds, and where each durable stands."""
    messages, standing = current().run(streams.status(wire.jetstream()))
    rows = [(line.stream, line.durable, line.waiting, line.in_hand, line.redelivered) for line in standing]
    emit(
        {"streams": messages, "consumers": [vars(line) for line in standing]},
        table("Streams", ("stream", "#messages"), messages.items()),
        table("Consumers", ("stream", "durable", "#waiting", "#in hand", "#redelivered"), rows),
    )
