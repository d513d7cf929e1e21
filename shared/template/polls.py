"""Polls: a form that is weighed into themes, of which a vote or somebody chooses one for what comes next."""

from pydantic import Field

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
        description="`vote`: what most named; or the role of who chooses: they are told by mail, and the coordinator "
        "enters what they say",
    )
    ties: People = Field("", description="who chooses where as many named one theme as another")
    names: Key | None = Field(None, description="the activity whose theme it is: its invitations say it")
