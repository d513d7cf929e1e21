"""`python -m tests.field`: plays every kept input against the running stack, prints expected against seen.

The stack is the one that `kindred` finds: KINDRED_NATS_URL, or the stack of this checkout. Names of cases play those
alone. Use a stack whose data may go: programmes are opened, and calendars of authorities replaced.
"""

import asyncio
import os
import sys

from kindred.location import adopt
from shared.bus.client import BusClient
from shared.settings import Settings
from tests.field.cases import Case, Seen, all_cases, differences
from tests.field.playing import Player


async def main(names: list[str]) -> int:
    """Play the cases; the number of those whose outcome is another than expected."""
    adopt(os.environ)
    settings = Settings()
    named = {"user": settings.nats_user, "password": settings.nats_password}
    client = await BusClient.connect(settings.nats_url, **{name: value for name, value in named.items() if value})
    player, wrong = Player(client), 0
    try:
        await player.prepare()
        for case in all_cases():
            if not names or case.name in names:
                seen = await player.play(case)
                found = differences(case, seen)
                wrong += bool(found)
                _show(case, seen, found, whole=bool(names))
    finally:
        await client.close()
    print(f"{wrong} of the inputs came out otherwise than expected." if wrong else "All as expected.")
    return wrong


def _show(case: Case, seen: Seen, found: list[str], *, whole: bool) -> None:
    print(f"{'WRONG' if found else 'ok   '} {case.name:5} {case.what}")
    print(f"      expected: {case.state}" + "".join(f"; {said}" for said in case.says))
    shown = [text for text in seen.told if text]
    print(f"      seen:     {seen.state}" + "".join(f"; {text}" for text in (shown if whole or found else shown[:4])))
    for difference in found:
        print(f"      ! {difference}")


if __name__ == "__main__":
    sys.exit(1 if asyncio.run(main(sys.argv[1:])) else 0)
