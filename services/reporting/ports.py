"""What the handlers need of the outside world; `store` keeps it in MongoDB, `render` makes the files."""

from collections.abc import Sequence
from typing import Protocol

from services.reporting.domain.facts import Group, Meeting, Member, Programme
from services.reporting.domain.forms import ActionState, Appraisal, Findings, SurveyAnswer, TakeHome
from services.reporting.domain.impact import Answer, Block
from services.reporting.domain.records import Edition, ReportRecord
from services.reporting.domain.reports.kinds import Rendered, Report
from shared.events.reporting import ReportKind

__all__ = ["Facts", "Files", "Forms", "Impact", "RenderError", "Renderer", "Reports"]


class RenderError(Exception):
    """The report cannot be rendered. `sentence` is for the coordinator and holds nothing of the report's text."""

    def __init__(self, sentence: str, detail: str = "") -> None:
        super().__init__(f"{sentence} {detail}".strip())
        self.sentence = sentence


class Renderer(Protocol):
    """Makes the files of a report."""

    async def render(self, report: Report) -> Rendered:
        """Render; raises RenderError."""
        ...


class Facts(Protocol):
    """What others told."""

    async def programme(self, programme_id: str) -> Programme | None:
        """The programme, once told."""
        ...

    async def put_programme(self, programme: Programme) -> None:
        """Keep it, in place of an older one."""
        ...

    async def enrolled(self, enrolment_id: str) -> Member | None:
        """The school of an enrolment."""
        ...

    async def member(self, programme_id: str, school_id: str) -> Member | None:
        """A school in a programme."""
        ...

    async def members(self, programme_id: str, school_ids: Sequence[str]) -> dict[str, Member]:
        """Schools of a programme by school id."""
        ...

    async def put_member(self, member: Member) -> None:
        """Keep it."""
        ...

    async def group(self, group_id: str) -> Group | None:
        """A group."""
        ...

    async def groups(self, cohort_id: str) -> list[Group]:
        """The groups of a cohort by number."""
        ...

    async def put_group(self, group: Group) -> None:
        """Keep it."""
        ...

    async def meeting(self, target_id: str) -> Meeting | None:
        """A visit or event."""
        ...

    async def meetings(self, cohort_id: str) -> list[Meeting]:
        """The visits and events of a cohort by date."""
        ...

    async def put_meeting(self, meeting: Meeting) -> None:
        """Keep it."""
        ...

    async def forget(self, person_id: str) -> None:
        """Drop whoever this was from everything kept of what others told."""
        ...


class Forms(Protocol):
    """What came in through forms."""

    async def appraisal(self, visit_id: str) -> Appraisal | None:
        """The appraisal of a visit as it stands."""
        ...

    async def put_appraisal(self, appraisal: Appraisal) -> None:
        """Keep it as it stands, and this version for good."""
        ...

    async def take_home(self, take_home_id: str) -> TakeHome | None:
        """A take-home note."""
        ...

    async def put_take_home(self, note: TakeHome) -> None:
        """Keep it."""
        ...

    async def survey_answer(self, target_id: str, person_id: str) -> SurveyAnswer | None:
        """A person's answer about a visit or event."""
        ...

    async def put_survey_answer(self, answer: SurveyAnswer) -> None:
        """Keep it; a second answer of the person about the same is refused by an index."""
        ...

    async def findings(self, findings_id: str) -> Findings | None:
        """Findings as they stand, statuses of actions included."""
        ...

    async def findings_version(self, findings_id: str, version: int) -> Findings | None:
        """One version as it was submitted."""
        ...

    async def put_findings(self, findings: Findings) -> None:
        """Keep them as they stand and, if it is a new one, this version for good."""
        ...

    async def action(self, action_id: str) -> ActionState | None:
        """An action."""
        ...

    async def actions(self, findings_id: str) -> dict[str, ActionState]:
        """The actions of findings, those no longer in the plan included, by id."""
        ...

    async def put_action(self, action: ActionState) -> None:
        """Keep it."""
        ...

    async def forget(self, person_id: str) -> None:
        """Delete the person's own notes; cut the tie to what belongs to a school or is counted."""
        ...


class Impact(Protocol):
    """Survey answers told in blocks."""

    async def waiting(self, cohort_id: str) -> list[Answer]:
        """Answers not yet told, without the people."""
        ...

    async def blocks(self, cohort_id: str, release: int | None = None) -> list[Block]:
        """All blocks of a cohort, or those told up to a release."""
        ...

    async def release(self, cohort_id: str) -> int:
        """Number of the last release, 0 before the first."""
        ...

    async def put_release(self, cohort_id: str, release: int, blocks: Sequence[Block]) -> None:
        """Keep a release with its new blocks, and note with each answer in which it was told."""
        ...


class Reports(Protocol):
    """Reports and their editions."""

    async def get(self, report_id: str) -> ReportRecord | None:
        """A report."""
        ...

    async def put(self, report: ReportRecord) -> None:
        """Keep it."""
        ...

    async def edition(self, report_id: str, number: int) -> Edition | None:
        """One edition."""
        ...

    async def put_edition(self, edition: Edition) -> None:
        """Keep it."""
        ...

    async def search(
        self, *, cohort_id: str, school_id: str, kind: ReportKind | None, named: str, limit: int, offset: int
    ) -> tuple[int, list[ReportRecord]]:
        """How many reports match, and a page of them, newest first."""
        ...


class Files(Protocol):
    """Files of reports, kept by what they contain."""

    async def put(self, key: str, content: bytes) -> None:
        """Keep a file."""
        ...

    async def get(self, key: str) -> bytes:
        """A file's content. Raises KeyError."""
        ...
