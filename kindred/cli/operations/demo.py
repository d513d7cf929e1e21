"""`kindred demo`: a school year on this machine, from the register to the governors' report."""

from pathlib import Path
from typing import Annotated

import typer

from kindred import location
from kindred.cli.input import parsing
from kindred.running.machine import check_services
from shared.errors import Rejected

Port = Annotated[int | None, typer.Option(min=1, max=65535, help="a free one where not given")]


def demo(
    once: Annotated[
        bool, typer.Option("--once", help="end after the year; exit 0 only if every step was right")
    ] = False,
    schools: Annotated[int, typer.Option(min=3, max=2000, help="how many real schools take part")] = 60,
    seed: Annotated[int, typer.Option(help="makes up the same people and wishes again")] = 1,
    programme: Annotated[
        list[str] | None, typer.Option(help="play this programme, by the key of its template; repeat; all if not given")
    ] = None,
    until: Annotated[
        str, typer.Option(help="stop before the next steps, which are then yours: matching, invited, visits, findings")
    ] = "",
    portal_port: Port = None,
    mail_port: Port = None,
    folder: Annotated[Path | None, typer.Option(help="where the demo keeps its files; emptied first")] = None,
) -> None:
    """Start everything, play a school year with real schools and made-up people, then serve until Ctrl-C."""
    check_services()
    from kindred.demo import plots  # brings servers and drivers, which other commands do not need
    from kindred.demo.conductor import must_stop_at
    from kindred.demo.local import Wish, play
    from kindred.demo.plot import Until

    stage: Until | None = parsing.known(until.strip().casefold(), Until)
    if stage is None:
        known = "matching, invited, visits, findings"
        raise Rejected("unknown-stage", f"The year does not stop at {until!r}; it does at: {known}.")
    played = plots.chosen(programme or ())
    must_stop_at(played, stage)
    chosen = (folder or location.FOLDER / "demo").absolute()
    raise typer.Exit(play(Wish(schools, seed, chosen, once, portal_port, mail_port, stage, played)))
