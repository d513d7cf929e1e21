"""A restore in the middle of a round: what went out after the backup does not go out again."""

import asyncio

from chaos.drills.drill import Drill, must
from chaos.drills.stage import Stage
from kindred.demo.mailbox import Received
from kindred.demo.visits.forming import planned_dates
from shared.commands.matching import CohortDetail, ShowCohort

INVITATION = "visit-invitation"
QUIET = 10.0
"""Seconds in which nothing must arrive."""


async def restore(stage: Stage) -> str:
    """Back up with invitations queued, let them go out, lose everything, restore on an empty machine."""
    lost = await _backed_up_and_sent(stage)
    await _lose_and_restore(stage)
    await stage.kindred("mails", "resume")  # they were paused at the backup
    held = (await stage.mails(held=True)).total
    note = (await stage.readiness("notifications")).get("notes", [])
    must(bool(note), "readiness notes no held mails")
    await asyncio.sleep(QUIET)
    again = len(await stage.received())
    must(again == 0, f"{again} of {len(lost)} mails that had gone out went out again by themselves")
    must(held >= len(lost), f"{len(lost)} had gone out, but only {held} are held")
    await _links_open(stage, lost)
    go = (await stage.round.coordinator.run("mails", "held", "--template", INVITATION))["total"]
    await stage.kindred("mails", "release", "--template", INVITATION)
    if held > go:
        await stage.kindred("mails", "drop", "--all")
    await stage.accepted()
    arrived = await stage.received()
    must(len(arrived) == go, f"{go} were let go, {len(arrived)} arrived")
    must(all(".2@" in mail.message_id for mail in arrived), "what was let go is no new edition")
    await _links_open(stage, arrived)
    must((await stage.mails()).held == 0, "some are still held")
    await stage.sign_in()  # fails where the portal's secret is another one
    return (
        f"{len(lost)} had gone out, {again} went out again; {held} held ({note[0]}); the links in all {len(lost)} "
        f"open; {go} let go, arrived once each with links that open; {held - go} dropped; the coordinator signs in"
    )


async def _backed_up_and_sent(stage: Stage) -> list[Received]:
    this = stage.round
    before = {mail.message_id for mail in await stage.received()}
    await stage.kindred("mails", "pause")
    cohort: CohortDetail = await this.client.find(ShowCohort(programme_id=this.story.programme_id))
    planned = await planned_dates(this, cohort.cohort.cohort_id)
    await stage.kindred("visits", "publish", "--revision", str(planned.revision))
    await _queued(stage)
    await _forget_backup(stage)
    await stage.kindred("backup", "/exchange/drills/backup")
    await stage.kindred("mails", "resume")
    await stage.accepted()
    lost = [mail for mail in await stage.received() if mail.message_id not in before]
    must(len(lost) > 0, "nothing went out after the backup")
    return lost


async def _queued(stage: Stage) -> None:
    """Wait until the number of mails that wait has stood still for some seconds."""
    seen: list[int] = []

    async def still() -> bool:
        seen.append((await stage.states()).get("queued", 0))
        return len(seen) > 5 and seen[-1] > 0 and len(set(seen[-5:])) == 1

    await stage.until(still, "mails are queued")


async def _lose_and_restore(stage: Stage) -> None:
    secret = await stage.call("run", "--rm", "-T", "--no-deps", "prepare", "cat", "/keys/portal_secret")
    await stage.disconnect()
    await stage.call("down", "--volumes", "--timeout", "10")
    put_back = f"printf %s {secret.strip()} >/keys/portal_secret"
    await stage.call("run", "--rm", "-T", "--no-deps", "prepare", "sh", "-c", put_back)
    await stage.call("up", "--wait", "nats", "mongo", "bus")
    await stage.kindred("restore", "/exchange/drills/backup")
    await stage.call("up", "--wait", "--wait-timeout", "300")
    await stage.connect()
    await stage.all_ready()
    await _forget_backup(stage)


async def _forget_backup(stage: Stage) -> None:
    if (stage.exchange / "backup").exists():
        await stage.call(
            "run", "--rm", "-T", "--no-deps", "--entrypoint", "rm", "kindred", "-r", "/exchange/drills/backup"
        )


async def _links_open(stage: Stage, mails: list[Received]) -> None:
    """Open the first link in each mail that has one."""

    async def opens() -> bool:
        pages = await stage.round.together([stage.look(mail.links[0]) for mail in mails if mail.links])
        return bool(pages) and all(status == 200 for status in pages)

    await stage.until(opens, f"the links in {len(mails)} mails open")


DRILLS = (
    Drill(
        "restore",
        "back up mid-round, let the queued mails go out, remove all volumes, restore, up",
        "nothing goes out again; held and counted; old links open; what is let go is a new edition; sign-in works",
        restore,
    ),
)
