"""`kindred bus`: streams and consumers, which a deploy step owns and services only use."""

from typing import Annotated

import typer

from kindred.cli.operations import connection
from kindred.cli.session import current
from kindred.output.display import emit, megabytes, table
from kindred.running.topology import recorded
from shared.bus.clock import shared_clock
from shared.mongo import connect
from shared.operations import streams
from shared.operations.rebuild import rebuild as put_back
from shared.settings import Settings

app = typer.Typer(no_args_is_help=True)


@app.command("apply")
def apply(
    replicas: Annotated[int, typer.Option(min=1, max=5, help="copies of each stream; 3 on a cluster")] = 1,
    prune: Annotated[bool, typer.Option("--prune", help="delete consumers no service declares any more")] = False,
) -> None:
    """Create what is missing and update what differs; running it again changes nothing."""
    changes = current().run(streams.apply(connection.jetstream(), recorded(), replicas=replicas, prune=prune))
    rows = [(change.what, change.name, ", ".join(change.fields), change.history or "") for change in changes]
    columns = ("what", "name", "fields", "#older messages handed over")
    said = table("Changed", columns, rows) if rows else "Everything is as it should be."
    emit([vars(change) for change in changes], said)


@app.command("rebuild")
def rebuild() -> None:
    """Put back what streams have lost, from the outboxes. Services may be at work; nothing is handled twice."""
    settings = Settings()
    jetstream = connection.jetstream()

    async def work() -> dict[str, int]:
        await streams.apply(jetstream, recorded())
        mongo = connect(settings.mongo_url)
        try:
            names = [name for name in await mongo.databases() if name.startswith(settings.database_prefix)]
            databases = [mongo.database(name) for name in names]
            return await put_back(jetstream, databases, await shared_clock(jetstream))
        finally:
            await mongo.close()

    counts = current().run(work())
    told = ", ".join(f"{count:,} into {stream}" for stream, count in counts.items() if count)
    emit({"messages": counts}, f"Put back {told}." if told else "The streams hold everything that was published.")


@app.command("status")
def status() -> None:
    """What each stream holds and how much of the disk it takes, and where each durable stands."""
    sizes, standing = current().run(streams.status(connection.jetstream()))
    used, limit = current().run(streams.storage(connection.jetstream()))
    rows = [(line.stream, line.durable, line.waiting, line.in_hand, line.redelivered) for line in standing]
    emit(
        {
            "streams": {size.stream: {"messages": size.messages, "bytes": size.bytes} for size in sizes},
            "storage": {"bytes": used, "limit": limit},
            "consumers": [vars(line) for line in standing],
        },
        table(
            f"Streams: {megabytes(used)} of {megabytes(limit) if limit > 0 else 'the disk'}",
            ("stream", "#messages", "#on disk"),
            [(size.stream, f"{size.messages:,}", megabytes(size.bytes)) for size in sizes],
        ),
        table("Consumers", ("stream", "durable", "#waiting", "#in hand", "#redelivered"), rows),
    )
