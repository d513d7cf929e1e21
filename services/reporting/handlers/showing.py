"""What people have submitted, and impact figures, for those who ask."""

from services.reporting.domain.entitlement import may_write_findings
from services.reporting.domain.forms import Appraisal, Findings, SurveyAnswer, TakeHome
from services.reporting.domain.ids import derived, findings_id
from services.reporting.domain.impact import cohort_figure
from services.reporting.domain.reports.impact import Line, event_lines, group_parts, line, note
from services.reporting.handlers.impact import asked_about
from services.reporting.ports import Facts, Forms, Impact
from shared.commands.reporting import FormState, ImpactLine, Share, ShowForm, ShowImpact
from shared.commands.reporting import Impact as ImpactReply
from shared.errors import Rejected

__all__ = ["Showing"]

NOTHING_TOLD = "No figures have been told yet: they are with the cohort's first impact report."


class Showing:
    """One method a query."""

    def __init__(self, facts: Facts, forms: Forms, impact: Impact) -> None:
        self._facts = facts
        self._forms = forms
        self._impact = impact

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

    async def impact(self, query: ShowImpact) -> ImpactReply:
        """The figures told so far: of the whole cohort, then each group with its visits, then each cohort event."""
        groups = await self._facts.groups(query.cohort_id)
        programme = await self._facts.programme(groups[0].programme_id) if groups else None
        if programme is None:
            raise Rejected("unknown-cohort", "There is no such cohort.")
        blocks = await self._impact.blocks(query.cohort_id)
        statements = programme.statements()
        asked = await asked_about(self._facts, programme, query.cohort_id, groups)
        lines = []
        for part in group_parts(blocks, asked, statements):
            lines += [part.total, *part.visits]
        lines += event_lines(blocks, asked, statements)
        return ImpactReply(
            cohort_id=query.cohort_id,
            total=_impact_line(line("Whole cohort", "", cohort_figure(blocks), statements)),
            lines=tuple(map(_impact_line, lines)),
            note=note(programme.smallest_shown) if blocks else NOTHING_TOLD,
        )


def _state(form: Appraisal | TakeHome | SurveyAnswer | Findings | None, without: set[str]) -> FormState:
    if form is None:
        return FormState(submitted=False)
    return FormState(submitted=True, version=form.version, content=form.model_dump(mode="json", exclude=without))


def _impact_line(shown: Line) -> ImpactLine:
    shares = tuple(Share(**share.model_dump()) for share in shown.shares)
    return ImpactLine(about=shown.about, target_id=shown.target_id, shares=shares)
