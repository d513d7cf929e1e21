"""What people sent in through forms, a Protocol a form."""

from typing import Protocol

from services.reporting.domain.forms import ActionState, Appraisal, Findings, SurveyAnswer, TakeHome

__all__ = ["Actions", "Appraisals", "FindingsForms", "SurveyAnswers", "TakeHomes"]


class Appraisals(Protocol):
    """Facilitators' appraisals."""

    async def get(self, visit_id: str) -> Appraisal | None:
        """Return the appraisal of a visit as it stands."""
        ...

    async def put(self, appraisal: Appraisal) -> None:
        """Save it as it stands, and this version for good."""
        ...


class TakeHomes(Protocol):
    """Visitors' take-home notes."""

    async def get(self, take_home_id: str) -> TakeHome | None:
        """Return a note."""
        ...

    async def put(self, note: TakeHome) -> None:
        """Save it in place of an older one."""
        ...


class SurveyAnswers(Protocol):
    """Answers to surveys."""

    async def of_person(self, target_id: str, person_id: str) -> SurveyAnswer | None:
        """Return a person's answer about a visit or event."""
        ...

    async def put(self, answer: SurveyAnswer) -> None:
        """Save it in place of an older one; raises DuplicateKey for a second answer of the person about the same."""
        ...


class FindingsForms(Protocol):
    """Schools' findings."""

    async def get(self, findings_id: str) -> Findings | None:
        """Return findings as they stand, statuses of actions included."""
        ...

    async def version(self, findings_id: str, version: int) -> Findings | None:
        """Return one version as it was submitted."""
        ...

    async def put(self, findings: Findings) -> None:
        """Save them as they stand and, if it is a new one, this version for good."""
        ...


class Actions(Protocol):
    """Actions of plans, each by its own id."""

    async def get(self, action_id: str) -> ActionState | None:
        """Return an action."""
        ...

    async def of_findings(self, findings_id: str) -> dict[str, ActionState]:
        """Return the actions of findings, those no longer in the plan included, by id."""
        ...

    async def put(self, action: ActionState) -> None:
        """Save it in place of an older one."""
        ...
