"""Local authorities of the register of schools."""

from typing import Protocol

__all__ = ["Authorities"]


class Authorities(Protocol):
    """The authorities that schools of the register have."""

    async def code_of(self, named: str) -> str:
        """The code of the authority of this code or name.

        Raises Rejected("unknown-authority") when no school has it, Retryable when nobody answers.
        """
        ...
