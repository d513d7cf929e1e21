"""Forms that came in, as documents: how each stands, and every version of what becomes a report."""

from services.reporting.domain.forms import ActionState, Appraisal, Findings, SurveyAnswer, TakeHome
from services.reporting.store.records import Records
from shared.mongo import ASCENDING, Database


class MongoAppraisals:
    """The port `Appraisals` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._appraisals = Records(database["appraisals"], Appraisal, "visit_id")
        self._versions = Records(database["appraisal_versions"], Appraisal, "visit_id")

    async def get(self, visit_id: str) -> Appraisal | None:
        """Return the appraisal of a visit as it stands."""
        return await self._appraisals.get(visit_id)

    async def put(self, appraisal: Appraisal) -> None:
        """Save it as it stands, and this version for good."""
        await self._appraisals.put(appraisal)
        await self._versions.put(appraisal, f"{appraisal.visit_id}:{appraisal.version}")


class MongoTakeHomes:
    """The port `TakeHomes` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._take_homes = Records(database["take_homes"], TakeHome, "take_home_id")

    async def get(self, take_home_id: str) -> TakeHome | None:
        """Return a note."""
        return await self._take_homes.get(take_home_id)

    async def put(self, note: TakeHome) -> None:
        """Save it in place of an older one."""
        await self._take_homes.put(note)


class MongoSurveyAnswers:
    """The port `SurveyAnswers` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._answers = Records(database["survey_answers"], SurveyAnswer, "response_id")

    async def of_person(self, target_id: str, person_id: str) -> SurveyAnswer | None:
        """Return a person's answer about a visit or event."""
        return await self._answers.first({"target_id": target_id, "person_id": person_id})

    async def put(self, answer: SurveyAnswer) -> None:
        """Save it in place of an older one; an index refuses a second answer of the person about the same."""
        await self._answers.put(answer)


class MongoFindings:
    """The port `FindingsForms` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._findings = Records(database["findings"], Findings, "findings_id")
        self._versions = Records(database["findings_versions"], Findings, "findings_id")

    async def get(self, findings_id: str) -> Findings | None:
        """Return findings as they stand, statuses of actions included."""
        return await self._findings.get(findings_id)

    async def version(self, findings_id: str, version: int) -> Findings | None:
        """Return one version as it was submitted."""
        return await self._versions.get(f"{findings_id}:{version}")

    async def put(self, findings: Findings) -> None:
        """Save them as they stand and, if it is a new one, this version for good."""
        version_id = f"{findings.findings_id}:{findings.version}"
        await self._findings.put(findings)
        if await self._versions.get(version_id) is None:
            await self._versions.put(findings, version_id)


class MongoActions:
    """The port `Actions` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._actions = Records(database["actions"], ActionState, "action_id")

    async def get(self, action_id: str) -> ActionState | None:
        """Return an action."""
        return await self._actions.get(action_id)

    async def of_findings(self, findings_id: str) -> dict[str, ActionState]:
        """Return the actions of findings, those no longer in the plan included, by id."""
        found = await self._actions.all({"findings_id": findings_id}, [("_id", ASCENDING)])
        return {action.action_id: action for action in found}

    async def put(self, action: ActionState) -> None:
        """Save it in place of an older one."""
        await self._actions.put(action)
