"""Releases of survey answers, reports and their files, in memory."""

from collections.abc import Collection, Sequence

from services.reporting.domain.impact import Answer, Block
from services.reporting.domain.records import Edition, ReportRecord
from tests.fakes.reporting.forms import MemorySurveyAnswers


class MemoryReleases:
    def __init__(self, answers: MemorySurveyAnswers) -> None:
        self.answers = answers
        self.numbers: dict[str, int] = {}
        self.rows: list[tuple[str, int, Block]] = []

    async def waiting(self, cohort_id: str) -> list[Answer]:
        found = [one for one in self.answers.rows.values() if one.cohort_id == cohort_id and one.block_id is None]
        return [Answer(one.response_id, one.target_id, one.answers) for one in found]

    async def blocks(self, cohort_id: str, release: int | None = None) -> list[Block]:
        kept = [block for of, number, block in self.rows if of == cohort_id and (release is None or number <= release)]
        return [block.model_copy(update={"response_ids": ()}) for block in kept]

    async def last(self, cohort_id: str) -> int:
        return self.numbers.get(cohort_id, 0)

    async def put(self, cohort_id: str, release: int, blocks: Sequence[Block]) -> None:
        self.numbers[cohort_id] = release
        for block in blocks:
            self.rows.append((cohort_id, release, block))
            for response in block.response_ids:
                answer = self.answers.rows[response]
                self.answers.rows[response] = answer.model_copy(update={"block_id": f"blk-{len(self.rows)}"})


class MemoryReports:
    def __init__(self) -> None:
        self.rows: dict[str, ReportRecord] = {}
        self.editions: dict[tuple[str, int], Edition] = {}

    async def get(self, report_id: str) -> ReportRecord | None:
        return self.rows.get(report_id)

    async def put(self, report: ReportRecord) -> None:
        self.rows[report.report_id] = report

    async def edition(self, report_id: str, number: int) -> Edition | None:
        return self.editions.get((report_id, number))

    async def put_edition(self, edition: Edition) -> None:
        self.editions[edition.report_id, edition.edition] = edition

    async def published(self) -> list[ReportRecord]:
        return sorted((r for r in self.rows.values() if r.published), key=lambda r: (r.title, r.report_id))

    async def search(
        self,
        *,
        programme_id: str = "",
        cohort_id: str = "",
        school_id: str = "",
        kind: str = "",
        named: str = "",
        state: str | None = None,
        concerning: Collection[str] = (),
        earlier: bool = False,
        limit: int,
        offset: int,
    ) -> tuple[int, list[ReportRecord]]:
        wanted = {"programme_id": programme_id, "cohort_id": cohort_id, "school_id": school_id, "kind": kind}
        found = [r for r in self.rows.values() if all(getattr(r, f) == v for f, v in wanted.items() if v)]
        found = [r for r in found if r.report_id.startswith(named) and not (earlier and r.of_template)]
        found = [r for r in found if state in {None, r.state}]
        found = [r for r in found if not concerning or {r.school_id, r.about_id}.intersection(concerning)]
        found = sorted(sorted(found, key=lambda r: r.report_id), key=lambda r: r.changed_at, reverse=True)
        return len(found), found[offset : offset + limit]


class MemoryFiles:
    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    async def put(self, key: str, content: bytes) -> None:
        self.kept[key] = content

    async def get(self, key: str) -> bytes:
        return self.kept[key]
