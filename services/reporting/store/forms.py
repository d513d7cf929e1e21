"""Forms that came in, as documents: how each stands, and every version of what becomes a report."""

from services.reporting.domain.forms import ActionState, Appraisal, Findings, SurveyAnswer, TakeHome
from services.reporting.store.records import Records
from shared.mongo import ASCENDING, Database


class MongoForms:
    """The port `Forms` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._appraisals = Records(database["appraisals"], Appraisal, "visit_id")
        self._appraisal_versions = Records(database["appraisal_versions"], Appraisal, "visit_id")
        self._take_homes = Records(database["take_homes"], TakeHome, "take_home_id")
        self._answers = Records(database["survey_answers"], SurveyAnswer, "response_id")
        self._findings = Records(database["findings"], Findings, "findings_id")
        self._findings_versions = Records(database["findings_versions"], Findings, "findings_id")
        self._actions = Records(database["actions"], ActionState, "action_id")

    async def prepare(self) -> None:
        """Create the indexes; one answer a person and target is guarded here."""
        one = [("target_id", ASCENDING), ("person_id", ASCENDING)]
        await self._answers.collection.create_index(one, unique=True)
        await self._answers.collection.create_index([("cohort_id", ASCENDING), ("block_id", ASCENDING)])
        await self._actions.collection.create_index("findings_id")
        await self._take_homes.collection.create_index("person_id")

    async def appraisal(self, visit_id: str) -> Appraisal | None:
        """The appraisal of a visit as it stands."""
        return await self._appraisals.get(visit_id)

    async def put_appraisal(self, appraisal: Appraisal) -> None:
        """Keep it as it stands, and this version for good."""
        await self._appraisals.put(appraisal)
        await self._appraisal_versions.put(appraisal, f"{appraisal.visit_id}:{appraisal.version}")

    async def take_home(self, take_home_id: str) -> TakeHome | None:
        """A take-home note."""
        return await self._take_homes.get(take_home_id)

    async def put_take_home(self, note: TakeHome) -> None:
        """Keep it."""
        await self._take_homes.put(note)

    async def survey_answer(self, target_id: str, person_id: str) -> SurveyAnswer | None:
        """A person's answer about a visit or event."""
        return await self._answers.first({"target_id": target_id, "person_id": person_id})

    async def put_survey_answer(self, answer: SurveyAnswer) -> None:
        """Keep it; a second answer of the person about the same is refused by an index."""
        await self._answers.put(answer)

    async def findings(self, findings_id: str) -> Findings | None:
        """Findings as they stand, statuses of actions included."""
        return await self._findings.get(findings_id)

    async def findings_version(self, findings_id: str, version: int) -> Findings | None:
        """One version as it was submitted."""
        return await self._findings_versions.get(f"{findings_id}:{version}")

    async def put_findings(self, findings: Findings) -> None:
        """Keep them as they stand and, if it is a new one, this version for good."""
        version_id = f"{findings.findings_id}:{findings.version}"
        await self._findings.put(findings)
        if await self._findings_versions.get(version_id) is None:
            await self._findings_versions.put(findings, version_id)

    async def action(self, action_id: str) -> ActionState | None:
        """An action."""
        return await self._actions.get(action_id)

    async def actions(self, findings_id: str) -> dict[str, ActionState]:
        """The actions of findings, those no longer in the plan included, by id."""
        found = await self._actions.all({"findings_id": findings_id}, [("_id", ASCENDING)])
        return {action.action_id: action for action in found}

    async def put_action(self, action: ActionState) -> None:
        """Keep it."""
        await self._actions.put(action)

    async def forget(self, person_id: str) -> None:
        """Delete the person's own notes; cut the tie to what belongs to a school or is counted."""
        await self._take_homes.collection.delete_many({"person_id": person_id})
        for answer in await self._answers.all({"person_id": person_id}, [("_id", ASCENDING)]):
            await self._answers.put(answer.model_copy(update={"person_id": answer.response_id}))
        for records in (self._appraisals, self._appraisal_versions, self._findings, self._findings_versions):
            await records.collection.update_many({"person_id": person_id}, {"$set": {"person_id": ""}})
