"""Forms that came in, in memory."""

from services.reporting.domain.forms import ActionState, Appraisal, Findings, SurveyAnswer, TakeHome
from shared.mongo import DuplicateKey


class MemoryAppraisals:
    def __init__(self) -> None:
        self.rows: dict[str, Appraisal] = {}

    async def get(self, visit_id: str) -> Appraisal | None:
        return self.rows.get(visit_id)

    async def put(self, appraisal: Appraisal) -> None:
        self.rows[appraisal.visit_id] = appraisal


class MemoryTakeHomes:
    def __init__(self) -> None:
        self.rows: dict[str, TakeHome] = {}

    async def get(self, take_home_id: str) -> TakeHome | None:
        return self.rows.get(take_home_id)

    async def put(self, note: TakeHome) -> None:
        self.rows[note.take_home_id] = note


class MemorySurveyAnswers:
    def __init__(self) -> None:
        self.rows: dict[str, SurveyAnswer] = {}

    async def of_person(self, target_id: str, person_id: str) -> SurveyAnswer | None:
        mine = (one for one in self.rows.values() if (one.target_id, one.person_id) == (target_id, person_id))
        return next(mine, None)

    async def put(self, answer: SurveyAnswer) -> None:
        there = await self.of_person(answer.target_id, answer.person_id)
        if there is not None and there.response_id != answer.response_id:
            raise DuplicateKey("a second answer of this person")
        self.rows[answer.response_id] = answer


class MemoryFindings:
    def __init__(self) -> None:
        self.rows: dict[str, Findings] = {}
        self.versions: dict[tuple[str, int], Findings] = {}

    async def get(self, findings_id: str) -> Findings | None:
        return self.rows.get(findings_id)

    async def version(self, findings_id: str, version: int) -> Findings | None:
        return self.versions.get((findings_id, version))

    async def put(self, findings: Findings) -> None:
        self.rows[findings.findings_id] = findings
        self.versions.setdefault((findings.findings_id, findings.version), findings)


class MemoryActions:
    def __init__(self) -> None:
        self.rows: dict[str, ActionState] = {}

    async def get(self, action_id: str) -> ActionState | None:
        return self.rows.get(action_id)

    async def of_findings(self, findings_id: str) -> dict[str, ActionState]:
        return {key: action for key, action in sorted(self.rows.items()) if action.findings_id == findings_id}

    async def put(self, action: ActionState) -> None:
        self.rows[action.action_id] = action
