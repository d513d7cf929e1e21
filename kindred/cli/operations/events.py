"""`kindred events`: what happened, as it happens."""

import datetime as dt
import json
import sys
from collections.abc import AsyncIterator
from difflib import get_close_matches
from typing import Annotated, Any

import typer
from nats.aio.msg import Msg
from nats.errors import TimeoutError as NatsTimeout
from nats.js import JetStreamContext
from nats.js.api import ConsumerConfig, DeliverPolicy
from rich.text import Text

from kindred.cli.operations import connection
from kindred.cli.session import current
from kindred.output.display import out, wants_json
from shared.errors import Rejected
from shared.events.catalogue import EVENTS

app = typer.Typer(no_args_is_help=True)
QUIET = 1.0
MINUTES = 20 * 366 * 24 * 60


@app.callback()
def events() -> None:
    """The event log."""


@app.command("tail")
def tail(
    kind: Annotated[str, typer.Argument(help="only this event, such as VisitMoved")] = "",
    since: Annotated[float, typer.Option(help="begin this many minutes ago; 0 means now", min=0, max=MINUTES)] = 0,
    everything: Annotated[bool, typer.Option("--all", help="begin with the first event there is")] = False,
    follow: Annotated[bool, typer.Option("--follow/--no-follow", help="wait for more, or end")] = True,
) -> None:
    """Show events; they hold ids and facts, never names or addresses."""
    _must_be_a_name(kind)
    subject = f"events.*.{kind}.>" if kind else "events.>"
    current().run(_show(connection.jetstream(), subject, _from(since, everything), follow))


def _must_be_a_name(kind: str) -> None:
    """Raise Rejected for a misspelt event of ours. Other names pass: other services may publish events of their own."""
    known = sorted({event.__name__ for event in EVENTS.values()})
    near = get_close_matches(kind, known, 1, cutoff=0.85)
    if kind and kind not in known and (near or not kind.isalnum()):
        hint = f" Did you mean {near[0]}?" if near else ""
        raise Rejected("unknown-event", f"There is no event '{kind[:60]}'.{hint} See docs/events.md.")


def _from(since: float, everything: bool) -> ConsumerConfig:
    if everything:
        return ConsumerConfig(deliver_policy=DeliverPolicy.ALL)
    if since:
        start = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=since)
        return ConsumerConfig(deliver_policy=DeliverPolicy.BY_START_TIME, opt_start_time=start)
    return ConsumerConfig(deliver_policy=DeliverPolicy.NEW)


async def _show(jetstream: JetStreamContext, subject: str, config: ConsumerConfig, follow: bool) -> None:
    async for message in _messages(jetstream, subject, config, follow):
        if wants_json():
            sys.stdout.write(json.dumps(_as_dict(message), ensure_ascii=False) + "\n")
            sys.stdout.flush()
        else:
            seen = _as_dict(message)
            fields = {name: value for name, value in seen["data"].items() if isinstance(value, str | int | float)}
            said = Text.assemble((seen["time"], "dim"), " ", (seen["type"], "bold"), " ")
            out.print(said.append(json.dumps(fields, ensure_ascii=False)))


async def _messages(
    jetstream: JetStreamContext, subject: str, config: ConsumerConfig, follow: bool
) -> AsyncIterator[Msg]:
    subscription = await jetstream.subscribe(subject, stream="EVENTS", ordered_consumer=True, config=config)
    try:
        while True:
            try:
                yield await subscription.next_msg(timeout=QUIET)
            except (TimeoutError, NatsTimeout):
                if not follow:
                    return
    finally:
        await subscription.unsubscribe()


def _as_dict(message: Msg) -> dict[str, Any]:
    heads = message.headers or {}
    return {
        "sequence": message.metadata.sequence.stream,
        "time": heads.get("ce-time", message.metadata.timestamp.isoformat()),
        "type": heads.get("ce-type", message.subject),
        "id": heads.get("ce-id", ""),
        "data": json.loads(message.data or b"{}"),
    }
