"""Mail relays that are away, refuse the login, or are not named yet."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from chaos.drills.drill import Drill, must
from chaos.drills.stage import Stage

MAILS = 20
REFUSING = Path(__file__).parent / "refusing.yml"
NONE = Path(__file__).parent / "no-relay.yml"


async def away(stage: Stage) -> str:
    """Stop the relay with mails waiting, and start it again."""
    await stage.call("stop", "mail")
    await stage.resend(MAILS)
    told = await stage.problem("notifications", "relay")
    waiting = (await stage.states()).get("deferred", 0)
    must(waiting == MAILS, f"{waiting} of {MAILS} mails are deferred")
    lines = await stage.log("notifications", "relay_away")
    must(lines > 0, "the log does not say that the relay is away")
    await stage.call("start", "mail")
    return f"readiness: {told}; {waiting} deferred; {lines} line in the log; {await _out_once(stage, MAILS)}"


async def refuses(stage: Stage) -> str:
    """Send by a relay that answers 535 to every login, then by the right one again."""
    already = len(await stage.received())
    async with _instead(stage, REFUSING):
        await stage.call("up", "--detach", "--no-build", "refusing", "notifications")
        await stage.resend(MAILS)
        told = await stage.problem("notifications", "refuses the login")
        waiting = (await stage.states()).get("deferred", 0)
        must(waiting == MAILS, f"{waiting} of {MAILS} mails are deferred")
        await stage.call("rm", "--stop", "--force", "refusing")
    return f"readiness: {told}; {waiting} deferred; {await _out_once(stage, MAILS, already)}"


async def unnamed(stage: Stage) -> str:
    """Start notifications as on the first day, with no relay named, and have mails sent."""
    already = len(await stage.received())
    async with _instead(stage, NONE):
        await stage.call("up", "--detach", "--wait", "--no-build", "notifications")
        await stage.resend(MAILS)
        waiting = (await stage.states()).get("queued", 0)
        must(waiting == MAILS, f"{waiting} of {MAILS} mails are held")
        await stage.all_ready()
        lines = await stage.log("notifications", "no_relay")
        must(lines == 1, f"the log says {lines} times that there is no relay")
    return f"ready; {waiting} held; {lines} line in the log; {await _out_once(stage, MAILS, already)}"


@asynccontextmanager
async def _instead(stage: Stage, file: Path) -> AsyncIterator[None]:
    """Lay a compose file over the stack's own; notifications is as before afterwards, whatever went wrong."""
    stage.override(file)
    try:
        yield
    finally:
        stage.override()
        # without its dependencies it would be made anew next time
        await stage.call("up", "--detach", "--no-build", "notifications")


async def _out_once(stage: Stage, number: int, already: int = 0) -> str:
    await stage.accepted()
    await stage.all_ready()
    arrived = (await stage.received())[already:]
    twice = [one for one, count in Counter(mail.message_id for mail in arrived).items() if count > 1]
    must(len(arrived) == number and not twice, f"{len(arrived)} of {number} arrived, {len(twice)} twice")
    return f"all {number} arrived once each when it was back"


DRILLS = (
    Drill(
        "relay-away",
        f"stop the mail relay, have {MAILS} mails sent, start it",
        "red and told within two minutes, mails deferred; all go out once when it is back",
        away,
    ),
    Drill(
        "relay-refuses",
        f"a relay that answers 535 to the login, {MAILS} mails",
        "red, and the login named; mails deferred; all go out once by the right relay",
        refuses,
    ),
    Drill(
        "no-relay",
        f"no relay is named, {MAILS} mails; then one is",
        "ready, mails held, one line of log; all go out once when there is one",
        unnamed,
    ),
)
