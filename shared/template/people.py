"""Who takes part, in which roles, and how they stand to each other."""

from pydantic import Field

from shared.template.words import Declared, Entry, Key, KeyOrNone, Rule


class Party(Declared):
    """What takes part. `kind` is one of `kinds.PARTIES`."""

    key: Key = "party"
    kind: str = "school"
    enquiry: bool = Field(False, description="whether the page of its public report takes enquiries")
    together: tuple[str, ...] = Field(
        (), description="`same-trust`, `same-federation`: such schools may train together, on days of their own"
    )


class Role(Declared):
    """Who somebody is. A contact is a function, not a title."""

    title: str = ""
    at: str = Field("school", description="school, trust, partnership or programme")
    least: int = Field(0, ge=0, description="fewest people a school names, or a trust or partnership")
    most: int | None = Field(None, ge=1, description="most people it names; none: no limit")
    later: bool = Field(False, description="named after enrolment")
    of: tuple[Key, ...] = Field((), description="a set of roles under one name; nobody is named for it by itself")


class Relation(Declared):
    """How people of two roles stand to each other: a line manager to a practitioner. Relations form no circle.

    A relation may stand several times under one key, with other roles: heads report to executive heads, and those to
    the chief executive.
    """

    from_role: Key = Field(description="the role of who manages, leads or reports")
    to_role: Key = Field(description="the role of whom, or to whom")
    upward: bool = Field(False, description="it goes from who reports to whom they report, not from who leads to whom")


class Categories(Declared):
    """In which category a school stands: dated, with who decided and why. A school begins in the first one."""

    key: Key = "categories"
    values: tuple[Entry, ...] = Field(description="the first is that of a school of which nobody has decided")
    decided_by: KeyOrNone = Field("", description="the role of who decides; none: the coordinator alone")
    told_by: str = Field("", description="`form.field`: the told choice by which they decide")
    own_view: str = Field(
        "", description="`form.field`: the told choice by which a school says where it sees itself; it decides nothing"
    )


class Membership(Declared):
    """What somebody gets who joins part-way, and what stays of somebody who leaves."""

    key: Key = "membership"
    joins: str = Field("from-now", description="`from-now`: asked only for what is still to come")
    leaves: str = Field("history-stays", description="`history-stays`: what they did keeps their name")


class Participation(Declared):
    """How a party says that it takes part, and who decides."""

    key: Key = "participation"
    answers: tuple[str, ...] = Field(("yes", "no"), description="of yes, maybe and no")
    provisional_until: str = Field("", description="until when maybe may stay maybe")
    ask_again: str = Field("", description="`next year`: who said no is asked again when the programme renews")
    decided_by: str = Field("coordinator", description="`coordinator`")
    rules: tuple[Rule, ...] = Field((), description="what a school must have before it takes part")
