"""What people have submitted, for those who ask."""

from services.reporting.domain.entitlement import may_write_findings
from services.reporting.domain.forms import Appraisal, Findings, SurveyAnswer, TakeHome
from services.reporting.domain.ids import derived, findings_id
from services.reporting.ports.facts import Facts
from services.reporting.ports.forms import Forms
from shared.commands.reporting import FormState, ShowForm
from shared.errors import Rejected

__all__ = ["FormQueries"]


class FormQueries:
    """One method a query."""

    def __init__(self, facts: Facts, forms: Forms) -> None:
        self._facts = facts
        self._forms = forms

    async def form(self, query: ShowForm) -> FormState:
        """A person's own form as it stands; nobody else's."""
        match query.form:
            case "appraisal":
                return _state(await self._appraisal(query), {"submitted_at", "version"})
            case "take-home":
                note = await self._forms.take_home(derived("tkh", query.target_id, query.person_id))
                return _state(note, {"take_home_id", "version"})
            case "survey":
                answer = await self._forms.survey_answer(query.target_id, query.person_id)
                return _state(answer, {"response_id", "cohort_id", "block_id", "version"})
            case "findings":
                return await self._findings(query)

    async def _appraisal(self, query: ShowForm) -> Appraisal | None:
        meeting = await self._facts.meeting(query.target_id)
        if meeting is None or meeting.facilitator_id != query.person_id:
            raise Rejected("not-entitled", "Only the facilitator of this visit sees this form.")
        return await self._forms.appraisal(query.target_id)

    async def _findings(self, query: ShowForm) -> FormState:
        groups = await self._facts.groups(query.cohort_id)
        programme = await self._facts.programme(groups[0].programme_id) if groups else None
        if programme is None:
            raise Rejected("unknown-cohort", "There is no such cohort.")
        member = await self._facts.member(programme.programme_id, query.target_id)
        may_write_findings(programme, member, query.person_id)
        known_id = findings_id(query.cohort_id, query.target_id, None)
        findings = await self._forms.findings(known_id)
        state = _state(findings, {"findings_id", "action_ids", "submitted_at", "version"})
        ids = findings.action_ids if findings else ()
        return state.model_copy(update={"findings_id": known_id if findings else "", "action_ids": ids})


def _state(form: Appraisal | TakeHome | SurveyAnswer | Findings | None, without: set[str]) -> FormState:
    if form is None:
        return FormState(submitted=False)
    return FormState(submitted=True, version=form.version, content=form.model_dump(mode="json", exclude=without))
