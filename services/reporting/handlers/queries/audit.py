"""The audit log, for who runs Kindred."""

from services.reporting.handlers.auditing import Auditing
from services.reporting.ports.audit import Audit, Wanted
from shared.commands.audit import AuditRow, AuditRows, AuditState, ListAudit, VerifyAudit

__all__ = ["AuditQueries"]


class AuditQueries:
    """One method a query."""

    def __init__(self, audit: Audit, auditing: Auditing) -> None:
        self._audit = audit
        self._auditing = auditing

    async def list(self, query: ListAudit) -> AuditRows:
        """Return who read what, the latest first."""
        wanted = Wanted(**query.model_dump(include={"entry_id", "person_id", "concerning", "kind"}))
        total, found = await self._audit.search(wanted, limit=query.limit, offset=query.offset)
        return AuditRows(total=total, lines=tuple(AuditRow(**line.model_dump()) for line in found))

    async def verify(self, query: VerifyAudit) -> AuditState:
        """Follow the whole chain."""
        last, broken, cut = await self._auditing.verify(query.kept_line, query.kept_hash)
        number, hash_ = (last.number, last.hash) if last else (0, "")
        return AuditState(lines=number, hash=hash_, broken_at=broken, cut=cut)
