"""Dead letters in memory."""

from services.portal.domain.stuck import Letter
from shared.errors import Rejected


class FakeDeadLetters:
    def __init__(self) -> None:
        self.kept: dict[int, Letter] = {}
        self.given_back: list[int] = []

    async def waiting(self, most):
        return [one for _, one in sorted(self.kept.items())][:most]

    async def again(self, number):
        if self.kept.pop(number, None) is None:
            raise Rejected("dead-letter-exists", f"There is no dead letter {number}.")
        self.given_back.append(number)
