"""What every section of a template is written with: keys, references to people, moments, rules."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from shared.events.base import Fact


@dataclass(frozen=True)
class Grammar:
    """Marks a text that is written in one of the language's small grammars: `people` or `moment`."""

    name: str


Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
FieldKey = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*([-_][a-z0-9]+)*$", max_length=60)]
KeyOrNone = Annotated[str, Field(pattern=r"^([a-z][a-z0-9]*(-[a-z0-9]+)*)?$", max_length=60)]
"""A key, or nothing where the setting is left out."""
PEOPLE, MOMENT = Grammar("people"), Grammar("moment")
People = Annotated[str, Field(max_length=120), PEOPLE]
"""A reference to people: `[scope.]role`, see `references`."""
When = Annotated[str, Field(max_length=120), MOMENT]
"""A moment: `anchor [+|- number unit]`, see `moments`."""


class Declared(Fact):
    """A part of a template that others refer to by its key."""

    key: Key


class Entry(Declared):
    """An entry of one of the template's lists."""

    title: str


class Condition(Fact):
    """Holds where the answer to a question of a form is one of `equals`; yes-no questions answer `yes` or `no`."""

    field: str = Field(description="`form.field`, or a field of the same form")
    equals: tuple[str, ...] = Field(("yes",), description="answers for which it holds")


class Recipients(Fact):
    """People who are included only where a condition holds."""

    when: Condition = Field(description="the condition")
    people: tuple[People, ...] = Field(description="who")
    optional: bool = Field(False, description="invited, but not needed for a date")


class Rule(Fact):
    """A named predicate and its settings. `kinds.RULES` says which settings each rule uses."""

    rule: str = Field(description="one of the rules below")
    field: str = Field("", description="the question it looks at")
    number: float | None = Field(None, description="how many")
    of: str = Field("", description="a form or list that the rule counts")
    suggest: KeyOrNone = Field("", description="a role at a school whose people would make up the number")
    or_reason: bool = Field(False, description="whether a reason may stand instead")
    needs: dict[str, str] = Field({}, description="step -> working days or weeks, for `achievable-by`")
    after: When = Field("", description="the first step begins no earlier than this moment of the clock")
