"""Templates: the files that came with this installation, what was taken over since, and both together."""

from typing import Protocol

from services.programmes.domain.enrolment.terms import AnyTemplate
from services.programmes.domain.templates.kept import KeptTemplate, SentTemplate

__all__ = ["KeptTemplates", "TemplateFiles", "Templates"]


class TemplateFiles(Protocol):
    """The templates that came with this installation."""

    def names(self) -> frozenset[str]:
        """Their keys."""
        ...

    def get(self, key: str) -> AnyTemplate:
        """The template of this key. Raises Rejected("unknown-template" or "wrong-template")."""
        ...

    def text(self, key: str) -> str:
        """The text of the template of this key, which is one of them."""
        ...


class KeptTemplates(Protocol):
    """Templates that coordinators wrote."""

    async def send(self, sent: SentTemplate) -> None:
        """Keep a template that is to be checked; for a day."""
        ...

    async def sent(self, check_id: str) -> SentTemplate:
        """What was sent in. Raises Rejected("unknown-check")."""
        ...

    async def put(self, kept: KeptTemplate) -> None:
        """Keep a template in place of its version before."""
        ...

    async def drop(self, key: str) -> None:
        """Keep it no longer."""
        ...

    async def kept(self) -> list[KeptTemplate]:
        """Every template that was taken over, by key."""
        ...


class Templates(Protocol):
    """Everything that programmes are opened from: of each key the highest version."""

    async def get(self, key: str) -> AnyTemplate:
        """The template of this key. Raises Rejected("unknown-template" or "wrong-template")."""
        ...

    async def all(self) -> tuple[AnyTemplate, ...]:
        """Every template, by key."""
        ...

    async def texts(self) -> dict[str, str]:
        """The text of every template."""
        ...

    async def shipped(self, key: str) -> int | None:
        """The version of a template that came with this installation, or None where none did."""
        ...

    async def own(self) -> frozenset[str]:
        """The keys of those that were taken over."""
        ...
