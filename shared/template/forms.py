"""Forms: what is asked, of whom, about what; who agrees to it and who may read it."""

from typing import Literal

from pydantic import Field

from shared.events.base import Fact
from shared.template.kinds import NAMING
from shared.template.words import Condition, Declared, Entry, FieldKey, People, Recipients, Rule, When


class FormField(Fact):
    """One question. `kind` is one of `kinds.FIELDS`, which also says which settings it uses."""

    key: FieldKey
    label: str = Field("", description="the question")
    hint: str = Field("", description="a sentence below it")
    kind: str = "text"
    required: bool = Field(True, description="whether it must be answered")
    longest: int = Field(5000, ge=1, description="most characters")
    of: str = Field("", description="where the choices come from: a list, a form, roles, or `activity.doings`")
    choices: tuple[Entry, ...] = Field((), description="choices that stand here")
    least: float | None = Field(None, description="fewest entries, or the smallest number")
    most: float | None = Field(None, description="most entries, or the largest number")
    shown_if: Condition | None = Field(None, description="asked only where this holds")
    told: bool = Field(False, description="whether events carry the answer; never free text")
    columns: tuple[FieldKey, ...] = Field((), description="further cells of each line")
    source: str = Field(
        "", description="a form whose entries are offered for linking; `form.field` of the text that is recognised"
    )


class SignOff(Fact):
    """Who agrees to an entry before it counts, and what follows when they say nothing."""

    by: People = Field(description="who agrees")
    each: bool = Field(False, description="everybody named but its authors agrees; else whoever does it first")
    silent_working_days: int = Field(10, ge=1, description="how long nobody need say anything")
    silence: Literal["asks", "agrees"] = Field(
        "asks", description="afterwards: `asks`: the coordinator is asked; `agrees`: it counts as it was sent"
    )


class Release(Fact):
    """Who may read an entry, from when somebody lets it go."""

    by: People = Field("", description="who lets it go; nobody: it is released when it is agreed")
    to: tuple[People, ...] = Field((), description="who may read it then")
    also: tuple[Recipients, ...] = Field((), description="who besides, where a condition holds")


class Outcome(Entry):
    """A way in which a line can be answered."""

    because: bool = Field(False, description="whether whoever answers must say why")


class Answered(Fact):
    """Somebody answers an entry line by line, each with one of `outcomes`."""

    by: People = Field(description="who answers")
    outcomes: tuple[Outcome, ...] = Field(description="how a line can be answered")


class Introduces(Fact):
    """People whom an entry names are introduced to one another: each is asked first, and none sees an address before.

    Once all have said yes, each gets the names and addresses of the others. Where one says no, or nobody says anything
    in time, all hear that nothing comes of it, and not who it was.
    """

    of: tuple[FieldKey, ...] = Field(description="the questions for a person in which they are named")
    within_working_days: int = Field(15, ge=1, le=250, description="how long they have to say yes")


class SharedLink(Fact):
    """One link for everybody, without an account: one answer a device, counted by the group that people say they are.

    Whoever the form names under `by` opens, closes and renews it.
    """

    groups: tuple[Entry, ...] = Field(description="what people say they are; adults only")
    most: int = Field(2000, ge=10, le=20_000, description="after so many answers the link closes")


class Form(Declared):
    """A declared set of questions about a kind of thing.

    A form about a role names who holds it, by the question for a person under the role's key or else its first one;
    further questions for a person under a role's key name who holds that role.
    """

    title: str
    intro: str = Field("", description="a sentence or two above the questions")
    by: tuple[People, ...] = Field(description="who may fill it in")
    together: bool = Field(False, description="one entry for all who may fill it in")
    about: str = Field("school", description="what an entry is about: a subject, a role, or another form")
    after: When = Field("", description="not before this")
    many: bool = Field(False, description="several entries about one thing")
    repeat: str = Field("", description="`term` or `year`: another entry each, where answers are only counted")
    versioned: bool = Field(False, description="an edit after release makes a version and is told")
    fields: tuple[FormField, ...] = Field((), description="its questions")
    rules: tuple[Rule, ...] = Field((), description="what an entry must keep to")
    readers: tuple[People, ...] = Field((), description="who may read it at once, beside its authors")
    sign_off: SignOff | None = Field(None, description="who agrees before it counts")
    release: Release | None = Field(None, description="who may read it, from when")
    answered: Answered | None = Field(None, description="who answers it line by line")
    introduces: Introduces | None = Field(None, description="who is introduced to whom, once they say yes")
    confidential: str = Field("", description="one of `kinds.CONFIDENTIAL`")
    least_shown: int = Field(
        5, ge=2, description="where answers are only counted: counts of fewer people are not shown"
    )
    by_role: bool = Field(False, description="where answers are only counted: whether each role is counted apart, too")
    shared_link: SharedLink | None = Field(None, description="where answers are only counted: a link for everybody")
    paired: bool = Field(
        False, description="where answers are only counted and come again: whether a word of their own pairs two rounds"
    )
    once_a_person: bool = Field(False, description="where answers are only counted: each person once in the programme")
    offline: bool = Field(False, description="whether a phone keeps it without signal")
    kept: bool = Field(False, description="whether next year's form begins with it")
    findings: bool = Field(False, description="whether an agreed entry is published as ProjectFindingsSubmitted")
    public: bool = Field(False, description="whether it can be filled in without a link")

    def field(self, key: str) -> FormField | None:
        """The question with that key."""
        return next((field for field in self.fields if field.key == key), None)


def names_role(form: Form, role: str) -> bool:
    """Whether entries of a form say who holds a role of the template."""
    asked = [field.key for field in form.fields if field.kind in NAMING]
    return role in asked or bool(asked and role == form.about)
