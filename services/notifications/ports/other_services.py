"""What other services own and mails print."""

from typing import Protocol

from shared.commands.scheduling import BriefText
from shared.commands.scheduling_dates import AgreementDetail


class OtherServices(Protocol):
    """What other services know."""

    async def brief(self, visit_id: str) -> BriefText | None:
        """Return the host's brief and visitor notes."""
        ...

    async def agreement(self, agreement_id: str) -> AgreementDetail | None:
        """Return what people agree a day for and what they have said; None where it is not known."""
        ...

    async def report_pdf(self, report_id: str, edition: int, at_most: int) -> bytes | None:
        """Return a report's PDF; None when it is larger than ``at_most`` bytes."""
        ...
