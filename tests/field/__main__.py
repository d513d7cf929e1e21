"""`python -m tests.field`: plays every kept input against the running stack, prints expected against seen.

The stack is the one that `kindred` finds: KINDRED_NATS_URL, or the stack of this checkout. Names of cases play those
alone. Where mails are caught and taken in is read from the stack's folder; FIELD_MAILS (http://host:port) and
FIELD_REPLIES (host:port) name others, as behind docker compose. Use a fresh stack whose data may go: programmes are
opened and published, report cards and calendars of authorities replaced.
"""

import asyncio
import os
import sys

from kindred.demo.mailbox import Mailbox
from kindred.location import adopt, running
from shared.bus.client import BusClient
from shared.commands.programmes_queries import ListProgrammes, ProgrammeRows
from shared.settings import Settings
from tests.field.cases import all_cases, differences
from tests.field.mail_cases import mail_cases, mail_differences
from tests.field.mails import MailPlayer
from tests.field.playing import Player


async def main(names: list[str]) -> int:
    """Play the cases; the number of those whose outcome is another than expected."""
    adopt(os.environ)
    settings = Settings()
    named = {"user": settings.nats_user, "password": settings.nats_password}
    client = await BusClient.connect(settings.nats_url, **{name: value for name, value in named.items() if value})
    try:
        await _warn_of_others(client)
        wrong = await _files(Player(client), names) + await _mails(client, names)
    finally:
        await client.close()
    print(f"{wrong} of the inputs came out otherwise than expected." if wrong else "All as expected.")
    return wrong


async def _warn_of_others(client: BusClient) -> None:
    """Say that a stack is not fresh: schools that were grouped are kept apart, and addresses may be held."""
    before: ProgrammeRows = await client.find(ListProgrammes())
    if before.programmes:
        print("This stack has programmes already. What they left may change what comes out; begin with an empty one.")


async def _files(player: Player, names: list[str]) -> int:
    wrong = 0
    await player.prepare()
    for case in all_cases():
        if not names or case.name in names:
            seen = await player.play(case)
            found = differences(case, seen)
            wrong += bool(found)
            shown = [text for text in seen.told if text]
            told = (seen.state, *(shown if names or found else shown[:4]))
            _show(case.name, case.what, [case.state, *case.says], told, found)
    return wrong


async def _mails(client: BusClient, names: list[str]) -> int:
    cases, places = [case for case in mail_cases() if not names or case.name in names], _places()
    if not cases:
        return 0
    if places is None:
        print("Mails are not played: FIELD_MAILS and FIELD_REPLIES say where they are caught and taken in.")
        return len(cases)
    mails, replies = places
    mailbox, wrong = Mailbox(mails), 0
    player = MailPlayer(client, mailbox, replies)
    try:
        await player.prepare()
        for case in cases:
            seen = await player.play(case)
            found = mail_differences(case, seen)
            wrong += bool(found)
            _show(case.name, case.what, [*_outcome(case), *case.says], (*_outcome(seen), seen.reason), found)
    finally:
        await mailbox.close()
    return wrong


def _outcome(one: object) -> list[str]:
    """An outcome in words, from a case or from what was seen."""
    names = {"answer": "answered {}", "kept": "{}", "asked": "the person is asked", "forwarded": "forwarded at once",
             "held": "the address is held"}  # fmt: skip
    said = [words.format(value) for name, words in names.items() if (value := getattr(one, name))]
    return said or ["nothing"]


def _places() -> tuple[str, tuple[str, int]] | None:
    """Where mails are caught, and where replies are taken in; None where nothing says so."""
    mails, replies = os.environ.get("FIELD_MAILS", ""), os.environ.get("FIELD_REPLIES", "")
    for stack in running()[:1]:
        note = stack.folder / "ports" / "mail-page"
        mails = mails or (f"http://127.0.0.1:{note.read_text(encoding='utf-8').strip()}" if note.exists() else "")
        replies = replies or f"127.0.0.1:{stack.settings['KINDRED_NOTIFICATIONS_INBOUND_PORT']}"
    host, _, port = replies.rpartition(":")
    return (mails, (host, int(port))) if mails and port.isdigit() else None


def _show(name: str, what: str, expected: list[str], seen: tuple[str, ...], found: list[str]) -> None:
    print(f"{'WRONG' if found else 'ok   '} {name:5} {what}")
    print("      expected: " + "; ".join(expected))
    print("      seen:     " + "; ".join(text for text in seen if text), flush=True)
    for difference in found:
        print(f"      ! {difference}")


if __name__ == "__main__":
    sys.exit(1 if asyncio.run(main(sys.argv[1:])) else 0)
