"""`kindred login`, `logout` and `whoami`: commands are sent as a person, by a mail's code and an authenticator."""

import os
import socket
import sys
from typing import Annotated

import typer

from kindred import signed_in
from kindred.cli.session import ask, ask_for, find
from kindred.output.display import emit
from kindred.output.wording import moment
from kindred.signed_in import Kept
from shared.commands.logins import (
    AskLogin,
    LoginSetup,
    LoginShown,
    LoginStep,
    ProveLogin,
    ShowLogin,
    ShowLoginSetup,
    TryLogin,
)
from shared.commands.tokens import RevokeToken
from shared.errors import Rejected

_TRIES = 10
Code = Annotated[str, typer.Option(help="the code of a mail that was asked for before; none: a mail is sent now")]
Second = Annotated[str, typer.Option(help="a code of the authenticator, or a recovery code; none: it is asked for")]


def login(
    address: Annotated[str, typer.Argument(help="a coordinator's e-mail address")],
    code: Code = "",
    second: Second = "",
    send: Annotated[bool, typer.Option("--send", help="send the mail and end; --code takes its code later")] = False,
) -> None:
    """Sign in on this machine: type the code of the mail that you get, and one of your authenticator."""
    signed_in.make_room()
    if not code:
        sent = ask(AskLogin(address=address))
        if send:
            emit(sent, sent.sentence)
            return
        sys.stderr.write(f"{sent.sentence}\n")
    token = signed_in.fresh()
    begun = _first(address, code, signed_in.key_of(token))
    if begun.step == "set-up":
        _show_setup(find(ShowLoginSetup(key=signed_in.key_of(token)), LoginSetup))
    done = _second(second, signed_in.key_of(token))
    signed_in.keep(Kept(token, done.token_id, address))
    until = moment(done.expires) if done.expires else ""
    emit(done, f"You are signed in as {done.name}.", f"It lasts until {until}; `kindred logout` ends it.")


def logout() -> None:
    """Sign out on this machine: what is kept here opens nothing any more."""
    kept = signed_in.kept()
    if kept is None:
        raise Rejected("not-signed-in", "Nobody is signed in here.")
    try:
        said = ask(RevokeToken(token_id=kept.token_id)).sentence
    except Rejected:  # it was over already
        said = "It was over already."
    signed_in.forget()
    emit({"signed_out": kept.address}, "You are signed out.", said)


def whoami() -> None:
    """Say who is signed in here, and until when."""
    kept = signed_in.kept()
    if kept is None:
        raise Rejected("not-signed-in", "Nobody is signed in here: `kindred login ADDRESS`.")
    shown = find(ShowLogin(key=kept.key), LoginShown)
    emit(shown, f"{shown.name}, until {moment(shown.expires)}.")


def _first(address: str, code: str, key: str) -> LoginStep:
    """Take the code of the mail, again while it is wrong and somebody is there to type."""
    for _ in range(_TRIES):
        typed = code or typer.prompt("Code in the mail", err=True)
        step = ask_for(TryLogin(address=address, code=typed, key=key), LoginStep)
        if step.step != "wrong" or code:
            break
        sys.stderr.write(f"This is not the code in the newest mail. Tries left: {step.left}.\n")
    if step.step in {"second", "set-up"}:
        return step
    raise Rejected(_RULES.get(step.step, step.step), _REFUSALS[step.step])


def _second(code: str, key: str) -> LoginStep:
    """Take a code of the authenticator, or a recovery code."""
    for _ in range(_TRIES):
        typed = code or typer.prompt("Code of your authenticator, or a recovery code", err=True)
        step = ask_for(ProveLogin(key=key, code=typed, name=_named()), LoginStep)
        if step.step == "in":
            return step
        if step.step != "wrong" or code:
            break
        sys.stderr.write(f"This is not what it shows now, or it was used already. Tries left: {step.left}.\n")
    raise Rejected(_RULES.get(step.step, step.step), _REFUSALS[step.step])


def _show_setup(setup: LoginSetup) -> None:
    """Say what an authenticator is set up with; on stderr, since it is no answer for a program."""
    spaced = " ".join(setup.secret[at : at + 4] for at in range(0, len(setup.secret), 4))
    lines = (
        "Set up an authenticator: an app that shows a code of six digits, another one every half minute.",
        f"Key: {spaced}", f"Address: {setup.address}",
        "Keep these recovery codes; each stands in for the authenticator once:",
        *(f"  {one}" for one in setup.recovery),
    )  # fmt: skip
    sys.stderr.write("\n".join((*lines, "")))


def _named() -> str:
    """By which the sign-in is known in the console: the user and the machine."""
    user = os.environ.get("USER") or os.environ.get("LOGNAME") or "somebody"
    return f"kindred login of {user} on {socket.gethostname()}"[:80]


_RULES = {"wrong": "wrong-code", "locked": "too-many-codes", "over": "sign-in-over"}
_REFUSALS = {
    "wrong": "This is not the right code.",
    "locked": "Too many wrong codes: none is taken for an hour.",
    "over": "There is no code to type any more: it was used, or ten minutes have passed. Begin again.",
    "no-coordinator": "The command line is for coordinators; everybody else signs in at /sign-in of the pages.",
}
