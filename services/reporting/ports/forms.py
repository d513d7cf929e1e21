"""What people sent in through forms."""

from typing import Protocol

from services.reporting.domain.forms import ActionState, Appraisal, Findings, SurveyAnswer, TakeHome


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
