"""Puts the groups of commands together; `main` is the only way in."""

import logging
import os
import sys
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Annotated

import typer

from kindred import __version__, location
from kindred.cli.commands import ALONE, FORMER, GROUPS, MODULES
from kindred.cli.session import Client, Session, use
from kindred.output import display
from kindred.output.failures import exit_code
from shared.setting_names import leave_out, unknown

COMPLETING = "_KINDRED_COMPLETE"
"""Set by a shell that asks how a line may go on."""
FIRST = (
    "A programme from first to last: schools import, programmes open, enrolments form, enrolments import, facilitators "
    "add, programmes close, cohorts show, cohorts publish, visits calendar, visits draft, visits publish, visits list, "
    "mails list, reports list. docs/first-programme.md shows each with what you see."
)


def built(wanted: str = "") -> typer.Typer:
    """Return the application: with the one group or command that is wanted, so that no other is loaded, or with all."""
    app = _bare()
    one = wanted in {*GROUPS, *FORMER, *ALONE}
    for name in (wanted,) if one else (*ALONE, *GROUPS, *FORMER):
        if name in ALONE:
            where, _ = ALONE[name]
            app.command(name)(getattr(import_module(f"kindred.cli.{where}"), name))
        else:
            now = FORMER.get(name, name)
            module = import_module(f"kindred.cli.{MODULES[now]}")
            app.add_typer(module.app, name=name, help=GROUPS[now], hidden=name in FORMER)
    return app


def listed() -> typer.Typer:
    """Return an application that names every group and command, and has none of them."""
    app = _bare()
    for name, line in {**{name: line for name, (_, line) in ALONE.items()}, **GROUPS}.items():
        app.command(name, help=line)(_unloaded)
    return app


def _unloaded() -> None:
    raise RuntimeError("a command of the list was run")


def _bare() -> typer.Typer:
    app = typer.Typer(
        name="kindred",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
        context_settings={"help_option_names": ["-h", "--help"]},
        epilog=FIRST,
    )
    app.callback()(options)
    return app


def _wanted(plain: list[str]) -> typer.Typer:
    """Load what this command line needs: one group or command, all to complete a word, none to list them."""
    named = next((word for word in plain if not word.startswith("-")), "")
    known = named in {*GROUPS, *FORMER, *ALONE}
    return built(named) if known or COMPLETING in os.environ else listed()


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
    from kindred.cli.signing import MACHINE, SignedClient  # opening the bus takes half a second --help need not spend
    from shared.settings import Settings  # the same

    settings = Settings()
    named = {"user": settings.nats_user, "password": settings.nats_password}
    return await SignedClient.connect(
        settings.nats_url, actor=MACHINE, **{name: value for name, value in named.items() if value}
    )


def _tell_of_unknown_settings() -> None:
    """On stderr, since whoever reads an answer must not find it there; not where a shell only completes a word."""
    if COMPLETING not in os.environ:
        sys.stderr.writelines(f"{sentence}\n" for sentence in unknown(os.environ))


def main(arguments: list[str], connecting: Callable[[], Awaitable[Client]] = connect) -> int:
    """Run one command line and return its exit code."""
    _tell_of_unknown_settings()
    leave_out(os.environ)
    location.adopt(os.environ)
    logging.getLogger("nats").setLevel(logging.CRITICAL)  # what it reports is said in a sentence instead
    display.as_json("--json" in arguments)
    session = Session(connecting)
    use(session)
    try:
        plain = [argument for argument in arguments if argument != "--json"]
        code = _wanted(plain)(plain, prog_name="kindred", standalone_mode=False)
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
