"""Polls: a form that is weighed into themes, of which a vote or somebody chooses one for what comes next."""

from pydantic import Field

from shared.template.references import FUNCTIONS
from shared.template.words import Declared, FieldKey, Key, People, When

VOTE = "vote"


class Poll(Declared):
    """What people name in a form is counted when it closes; the theme that most named is chosen, or somebody chooses.

    The form says how few are not shown (`least_shown`); its task asks for answers and reminds the silent.
    """

    title: str
    form: Key = Field(description="the form that is weighed; its answers are only counted")
    field: FieldKey = Field(description="the question that names themes")
    closes: When = Field(description="the moment of the clock at which it is weighed")
    chosen_by: str = Field(
        VOTE,
        description="`vote`: what most named; or the role of who chooses: they get a link to choose by; the "
        "coordinator can choose for them",
    )
    ties: People = Field("", description="who chooses where as many named one theme as another")
    names: Key | None = Field(None, description="the activity whose theme it is: its invitations say it")

    @property
    def by_vote(self) -> bool:
        """Whether what most named is chosen, so that somebody chooses only where votes tie."""
        return self.chosen_by == VOTE

    @property
    def settled_by(self) -> str:
        """Who chooses, as a reference to people: of a role everybody in it, since a poll is about the programme."""
        if self.by_vote:
            return self.ties
        return self.chosen_by if self.chosen_by in FUNCTIONS else f"programme.{self.chosen_by}"
