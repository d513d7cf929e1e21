"""Puts the groups of commands together; `main` is the only way in."""

import logging
import os
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Annotated

import typer

from kindred import __version__, location
from kindred.cli.session import Client, Session, use
from kindred.output import display
from kindred.output.failures import exit_code

ROOMS = {
    "programmes": (
        "schools",
        "inspections",
        "programmes",
        "enrolments",
        "participation",
        "facilitators",
        "people",
        "templates",
        "coordinators",
    ),
    "matching": ("cohorts", "rounds"),
    "scheduling": ("calendars", "visits", "dates", "calls", "duties"),
    "notifications": ("mails", "replies"),
    "reporting": ("forms", "entries", "audit", "reports"),
    "tasks": ("tasks",),
    "operations": ("events", "bus", "dlq", "clock", "services"),
}
"""Groups of commands by the package they stand in."""
GROUPS = {name: f"{room}.{name}" for room, names in ROOMS.items() for name in names}
FORMER = {"commitments": "duties"}
"""Groups under the names that they had in earlier versions; they still work."""
FIRST = (
    "A programme from first to last: schools import, programmes open, enrolments form, enrolments import, facilitators "
    "add, programmes close, cohorts show, cohorts publish, visits calendar, visits draft, visits publish, visits list, "
    "mails list, reports list. docs/first-programme.md shows each with what you see."
)
ALONE = {
    "backup": "operations.backup",
    "restore": "operations.backup",
    "doctor": "operations.doctor",
    "demo": "operations.demo",
}
"""Commands without a group, each with the module it stands in."""


def built(wanted: str = "") -> typer.Typer:
    """Return the application: with the one group or command that is wanted, so that no other is loaded, or with all."""
    app = typer.Typer(
        name="kindred",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
        context_settings={"help_option_names": ["-h", "--help"]},
        epilog=FIRST,
    )
    app.callback()(options)
    one = wanted in {*GROUPS, *FORMER, *ALONE}
    for name in (wanted,) if one else (*GROUPS, *FORMER, *ALONE):
        module = import_module(f"kindred.cli.{ALONE.get(name) or GROUPS[FORMER.get(name, name)]}")
        if name in ALONE:
            app.command(name)(getattr(module, name))
        else:
            app.add_typer(module.app, name=name, hidden=name in FORMER)
    return app


def _show_version(wanted: bool) -> None:
    if wanted:
        display.emit({"version": __version__}, f"Kindred {__version__}")
        raise typer.Exit


def options(
    json: Annotated[bool, typer.Option("--json", help="Answer in JSON; may stand anywhere on the line.")] = False,
    version: Annotated[  # noqa: ARG001 - its callback has shown it
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """School-to-school improvement programmes: enrol, match, schedule, invite, report."""
    if json:
        display.as_json(True)


async def connect() -> Client:
    """The client that the environment names."""
    from shared.bus.client import BusClient  # opening the bus takes half a second that --help need not spend
    from shared.settings import Settings  # the same

    settings = Settings()
    named = {"user": settings.nats_user, "password": settings.nats_password}
    return await BusClient.connect(
        settings.nats_url, actor="coordinator", **{name: value for name, value in named.items() if value}
    )


def main(arguments: list[str], connecting: Callable[[], Awaitable[Client]] = connect) -> int:
    """Run one command line and return its exit code."""
    location.adopt(os.environ)
    logging.getLogger("nats").setLevel(logging.CRITICAL)  # what it reports is said in a sentence instead
    display.as_json("--json" in arguments)
    session = Session(connecting)
    use(session)
    try:
        plain = [argument for argument in arguments if argument != "--json"]
        code = built(next((word for word in plain if not word.startswith("-")), ""))(
            plain, prog_name="kindred", standalone_mode=False
        )
    except typer.Exit as done:
        return done.exit_code
    except SystemExit as done:  # rich, when nobody reads its output any more
        return done.code if isinstance(done.code, int) else 1
    except BaseException as error:  # noqa: BLE001 - every failure becomes a sentence
        return exit_code(error)
    finally:
        session.close()
        use(None)
    return code if isinstance(code, int) else 0
