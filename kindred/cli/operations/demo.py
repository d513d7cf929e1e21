"""`kindred demo`: a school year on this machine, from the register to the governors' report."""

from pathlib import Path
from typing import Annotated

import typer

from kindred import location
from kindred.running.machine import check_services

Port = Annotated[int | None, typer.Option(min=1, max=65535, help="a free one where not given")]


def demo(
    once: Annotated[
        bool, typer.Option("--once", help="end after the year; exit 0 only if every step was right")
    ] = False,
    schools: Annotated[int, typer.Option(min=3, max=2000, help="how many real schools take part")] = 60,
    seed: Annotated[int, typer.Option(help="makes up the same people and wishes again")] = 1,
    portal_port: Port = None,
    mail_port: Port = None,
    folder: Annotated[Path | None, typer.Option(help="where the demo keeps its files; emptied first")] = None,
) -> None:
    """Start everything, play a school year with real schools and made-up people, then serve until Ctrl-C."""
    check_services()
    from kindred.demo.local import Wish, play  # brings servers and drivers, which other commands do not need

    chosen = (folder or location.FOLDER / "demo").absolute()
    raise typer.Exit(play(Wish(schools, seed, chosen, once, portal_port, mail_port)))
