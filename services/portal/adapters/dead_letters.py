"""Dead letters on the bus."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from nats.errors import Error as BusError
from nats.js.errors import NotFoundError

from services.portal.domain.stuck import Letter
from shared.bus import BusClient, dead_letters
from shared.bus.dead_letters import DeadLetter
from shared.errors import Retryable

_SILENT = "The message bus does not answer just now. Look again in a minute."


class BusDeadLetters:
    """The port `DeadLetters`."""

    def __init__(self, client: Callable[[], BusClient]) -> None:
        self._client = client

    async def waiting(self, most: int) -> Sequence[Letter]:
        """Return them, the oldest first."""
        found: list[Letter] = []
        try:
            async for letter in dead_letters.ls(self._client().connection.jetstream()):
                found.append(_read(letter))
                if len(found) == most:
                    break
        except NotFoundError:
            return ()
        except (BusError, OSError, TimeoutError) as error:
            raise Retryable(_SILENT) from error
        return found

    async def again(self, number: int) -> None:
        """Give one back to the service that could not handle it; raises Rejected where it is gone."""
        try:
            await dead_letters.replay(self._client().connection.jetstream(), number)
        except (BusError, OSError, TimeoutError) as error:
            raise Retryable(_SILENT) from error


def _read(letter: DeadLetter) -> Letter:
    return Letter(
        number=letter.number, parked=letter.parked, service=letter.service, kind=letter.type, reason=letter.reason,
        at=letter.at, facts=_facts(letter.body),
    )  # fmt: skip


def _facts(body: bytes) -> dict[str, str]:
    """The ids that a fact names; nothing where it is no JSON."""
    try:
        found: Any = json.loads(body or b"{}")
    except ValueError:
        return {}
    return {name: value for name, value in found.items() if isinstance(value, str)} if isinstance(found, dict) else {}
