"""`kindred services`: all services as processes on this machine."""

import os
import signal
import threading
from pathlib import Path
from typing import Annotated

import typer

from kindred import location
from kindred.output.display import out, table
from kindred.running.machine import check_services

app = typer.Typer(no_args_is_help=True)


@app.callback()
def services() -> None:
    """All services as processes on this machine."""


@app.command("up")
def up(
    folder: Annotated[Path | None, typer.Option(help="where servers keep their data; kept until you delete it")] = None,
    portal_port: Annotated[int | None, typer.Option(help="of the pages; the one of last time, or a free one")] = None,
    mail_port: Annotated[int | None, typer.Option(help="of the page that shows caught mails; the same")] = None,
    adjustable_clock: Annotated[
        bool, typer.Option("--adjustable-clock", help="let `kindred clock` move the time, to try out a year")
    ] = False,
) -> None:
    """Start servers, services and a mail catcher, which delivers no mail; run until Ctrl-C, which loses no data."""
    check_services()
    from kindred.running.advice import how_to_ask
    from kindred.running.stack import Ports, Stack  # loads the drivers, which other commands do not need

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, lambda *_: stop.set())
    os.environ.pop("KINDRED_NATS_URL", None)
    chosen = (folder or location.FOLDER / "services").absolute()
    ports = Ports(portal=portal_port, mail_page=mail_port)
    with Stack(chosen, ports, adjustable_clock=adjustable_clock) as stack:
        rows = [("portal", stack.portal_url), ("mails", stack.mail_url), *stack.servers.environment.items()]
        out.print(table("Running; Ctrl-C ends it", ("what", "where"), rows))
        for sentence in (*how_to_ask(chosen), _kept(chosen)):
            out.print(sentence, soft_wrap=True, markup=False)
        while not stop.wait(1.0):
            stack.check_alive()


def _kept(folder: Path) -> str:
    return f"Ctrl-C loses nothing: all data are in {folder} and are there at the next start. Delete it to begin anew."
