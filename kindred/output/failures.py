"""Failures as people see them: a sentence on stderr and an exit code, never a traceback.

0  done
1  a fault of ours (`KINDRED_DEBUG=1` shows the traceback); also an import of which nothing went in
2  refused: what was asked breaks a rule, and the sentence says which
3  try again later: something does not answer
"""

import json
import os
import sys
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import typer
from typer.exceptions import TyperException

from kindred.output.display import wants_json
from shared.errors import Permanent, Rejected, Retryable, Unreachable
from shared.setting_names import PREFIX

if TYPE_CHECKING:
    from pydantic import ValidationError

FAULT, REFUSED, LATER, INTERRUPTED = 1, 2, 3, 130
_HELP_WAS_SHOWN = ""


def exit_code(error: BaseException) -> int:
    """Show the failure and return the exit code that goes with it."""
    if isinstance(error, KeyboardInterrupt | typer.Abort):
        sys.stderr.write("Stopped.\n")
        return INTERRUPTED
    code, rule, sentence = _read(error)
    if sentence == _HELP_WAS_SHOWN:
        return REFUSED
    if code == FAULT and os.environ.get("KINDRED_DEBUG"):
        traceback.print_exception(error)
    if wants_json():
        sys.stderr.write(json.dumps({"rule": rule, "sentence": sentence}, ensure_ascii=False) + "\n")
    else:
        sys.stderr.write(sentence + "\n")
    return code


def _read(error: BaseException) -> tuple[int, str, str]:
    for kinds, code, rule, sentence in _readings():
        if isinstance(error, kinds):
            return code, error.rule if isinstance(error, Rejected) else rule, sentence(error)
    said = f"Something went wrong here ({type(error).__name__}: {error}). KINDRED_DEBUG=1 shows where."
    return FAULT, "fault", said


def no_server() -> str:
    """What to do when nothing answers."""
    url = os.environ.get("KINDRED_NATS_URL", "nats://127.0.0.1:4222")
    return (
        f"Nothing answers at {url}. Start Kindred (`make demo` or `docker compose up`), or say where it is "
        "with KINDRED_NATS_URL."
    )


def _first_problem(error: "ValidationError") -> str:
    first = error.errors()[0]
    where = " ".join(str(part) for part in first["loc"])
    said = first["msg"].removeprefix("Value error, ").rstrip(".")
    return f"{where}: {said}." if where and not said.startswith(PREFIX) else f"{said}."


def _usage(error: Any) -> str:
    where = getattr(error, "ctx", None)
    said = error.format_message().rstrip(".")
    if not said:
        return _HELP_WAS_SHOWN
    return f"{said}. See `{where.command_path} --help`." if where else f"{said}."


def _file(error: OSError) -> str:
    return f"{error.filename}: {error.strerror}." if error.filename else f"{error}."


def _later(error: Retryable) -> str:
    """What to do once something has not answered: look, then ask again."""
    then = "" if "again" in error.sentence else " Try the same command again in a while."
    return f"{error.sentence}{then} `kindred doctor` shows what is wrong here."


_Kinds = type[BaseException] | tuple[type[BaseException], ...]


def _readings() -> tuple[tuple[_Kinds, int, str, Callable[[Any], str]], ...]:
    """How each kind of failure is read, the first that fits."""
    from nats.errors import Error as NatsError  # a command that succeeds need not load these
    from nats.js.errors import APIError  # the same
    from pydantic import ValidationError  # the same

    return (
        ((Rejected, Permanent), REFUSED, "permanent", lambda error: error.sentence),
        (Unreachable, LATER, "no-answer", lambda _: no_server()),
        (Retryable, LATER, "later", _later),
        (ValidationError, REFUSED, "bad-value", _first_problem),
        (TyperException, REFUSED, "usage", _usage),
        (APIError, REFUSED, "bus", lambda error: f"The bus refused: {error.description or error.code}."),
        ((NatsError, ConnectionError, TimeoutError), LATER, "no-answer", lambda _: no_server()),
        (OSError, REFUSED, "file", _file),
    )
