"""`kindred backup` and `kindred restore`: all databases as of one moment; the streams are rebuilt from them."""

from pathlib import Path
from typing import Annotated
from urllib.parse import quote

import typer

from kindred.cli.input.options import Yes
from kindred.cli.session import current
from kindred.output.display import emit
from kindred.running.topology import recorded
from shared.operations import backup as archive
from shared.settings import Settings


def backup(folder: Annotated[Path, typer.Argument(help="a new or empty folder")]) -> None:
    """Write all databases, as of one moment, into a folder; services may go on meanwhile."""
    settings = Settings()
    work = archive.backup(bus_url(settings), settings.mongo_url, folder, settings.database_prefix)
    counts = current().run(work)
    total = sum(count for collections in counts.values() for count in collections.values())
    emit(
        {"folder": str(folder), "documents": counts},
        f"{total:,} documents are in {folder}. Guard it like the database.",
    )


def restore(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="written by `kindred backup`")],
    replace: Annotated[bool, typer.Option("--replace", help="delete what is there first")] = False,
    yes: Yes = False,
) -> None:
    """Bring a backup back while no service runs; what was sent since is not sent again by itself."""
    if replace and not yes:
        typer.confirm("Replace everything there is by the backup?", abort=True, err=True)
    settings = Settings()
    work = archive.restore(
        bus_url(settings), settings.mongo_url, folder, recorded(), settings.database_prefix, replace=replace
    )
    done = current().run(work)
    told = ", ".join(f"{count:,} into {stream}" for stream, count in done.messages.items())
    said = f"Everything is as of {done.taken:%Y-%m-%d %H:%M} UTC; put back {told}. Services can be started."
    emit({"taken": done.taken.isoformat(), "documents": done.documents, "messages": done.messages}, said)


def bus_url(settings: Settings) -> str:
    """The bus's address with the user in it."""
    if not settings.nats_user:
        return settings.nats_url
    user = f"{quote(settings.nats_user, safe='')}:{quote(settings.nats_password or '', safe='')}@"
    return ",".join(url.replace("://", f"://{user}", 1) for url in settings.nats_url.split(","))
