"""What people have submitted, for those who ask."""

from services.reporting.domain.decisions.take_homes import take_home_id
from services.reporting.domain.entitlement import may_see_appraisal, may_write_findings
from services.reporting.domain.forms import Appraisal, Findings, SurveyAnswer, TakeHome
from services.reporting.domain.ids import findings_id
from services.reporting.handlers.cohorts import Cohorts
from services.reporting.ports.stores import Stores
from shared.commands.reporting import FormState, ShowForm

__all__ = ["FormQueries"]


class FormQueries:
    """One method a query."""

    def __init__(self, cohorts: Cohorts, stores: Stores) -> None:
        self._cohorts = cohorts
        self._stores = stores

    async def show(self, query: ShowForm) -> FormState:
        """Return a person's own form as it stands; nobody else's."""
        match query.form:
            case "appraisal":
                return _state(await self._appraisal(query), {"submitted_at", "version"})
            case "take-home":
                note = await self._stores.take_homes.get(take_home_id(query.target_id, query.person_id))
                return _state(note, {"take_home_id", "version"})
            case "survey":
                answer = await self._stores.survey_answers.of_person(query.target_id, query.person_id)
                return _state(answer, {"response_id", "cohort_id", "block_id", "version"})
            case "findings":
                return await self._findings(query)

    async def _appraisal(self, query: ShowForm) -> Appraisal | None:
        may_see_appraisal(await self._stores.meetings.get(query.target_id), query.person_id)
        return await self._stores.appraisals.get(query.target_id)

    async def _findings(self, query: ShowForm) -> FormState:
        _, programme = await self._cohorts.find(query.cohort_id)
        member = await self._stores.members.of_school(programme.programme_id, query.target_id)
        may_write_findings(programme, member, query.person_id)
        known_id = findings_id(query.cohort_id, query.target_id, None)
        findings = await self._stores.findings.get(known_id)
        state = _state(findings, {"findings_id", "action_ids", "submitted_at", "version"})
        ids = findings.action_ids if findings else ()
        return state.model_copy(update={"findings_id": known_id if findings else "", "action_ids": ids})


def _state(form: Appraisal | TakeHome | SurveyAnswer | Findings | None, without: set[str]) -> FormState:
    if form is None:
        return FormState(submitted=False)
    return FormState(submitted=True, version=form.version, content=form.model_dump(mode="json", exclude=without))
