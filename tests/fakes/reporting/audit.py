"""The audit log in memory."""

from pymongo.errors import DuplicateKeyError

from services.reporting.domain.audit import AuditLine
from services.reporting.ports.audit import READ, Wanted


class MemoryAudit:
    def __init__(self) -> None:
        self.rows: dict[int, AuditLine] = {}
        self.most = 0

    async def last(self) -> AuditLine | None:
        return self.rows[max(self.rows)] if self.rows else None

    async def append(self, line: AuditLine) -> None:
        if line.number in self.rows:
            raise DuplicateKeyError(f"line {line.number} is taken")
        self.rows[line.number] = line
        self.most = max(self.most, line.number)

    async def ever(self) -> int:
        return self.most

    async def after(self, number: int, limit: int) -> list[AuditLine]:
        return [self.rows[known] for known in sorted(self.rows) if known > number][:limit]

    async def search(self, wanted: Wanted, *, limit: int, offset: int) -> tuple[int, list[AuditLine]]:
        found = [self.rows[known] for known in sorted(self.rows, reverse=True)]
        found = [one for one in found if wanted.entry_id in {"", one.entry_id}]
        found = [one for one in found if wanted.person_id in {"", one.person_id}]
        if not wanted.person_id and wanted.concerning:
            found = [one for one in found if one.person_id in wanted.concerning]
        found = [one for one in found if wanted.kind in {"", one.act.partition(":")[0] or READ}]
        return len(found), found[offset : offset + limit]
