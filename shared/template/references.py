"""The grammar by which a template names people: `[scope.]role`, the same wherever somebody is named.

    headteacher                    of the school, or whatever the thing is about
    host.cpd-lead                  of the school that hosts
    programme.cpd-lead             everybody in that role, in the whole programme: what they owe is asked once, and not
                                   once for each school
    practitioner.line-manager      who stands in the relation `line-manager` to the practitioner
    own.headteacher.reports-to     to whom the head of the school stands in the relation `reports-to`
    reports-to                     to whom the person that the thing is about stands in it, or else its author
    trust.headteacher              of any school of the school's trust; `party.` of its trust or partnership
    actions.owner                  the person named in that column of a form's field
    take-home.author               who wrote the entry of that form
    policy.policy-owner            whom the entry of that form names for a role, by its question for a person
    coordinator, facilitator, author, attendees, present, partners, introduced
    guest.present                  who was there, of the schools that visit

A role may also be a set that the template declares (`pair`).
"""

import re
from dataclasses import dataclass

SCOPES = ("own", "host", "guest", "group", "party", "trust", "cohort", "programme")
"""Where somebody is looked for. Any other word before the dot is a role, relation, form or field of the template."""
FUNCTIONS = {
    "coordinator": "who runs the programme",
    "facilitator": "who leads the dated thing",
    "author": "who wrote the entry",
    "attendees": "everybody invited to the dated thing",
    "present": "everybody who was there",
    "party": "everybody named by the party",
    "partners": "everybody of a pair or ring",
    "introduced": "everybody whom the entry introduces to one another; in tasks that ask them",
}
"""People who are known by what they do in the programme; no template declares them."""
THERE = frozenset({"attendees", "present"})
"""Functions of which those of some schools can be meant: `guest.present`, `host.attendees`."""
_WORD = "[a-z][a-z0-9-]*"
_PATTERN = re.compile(rf"(?:({_WORD})\.)?({_WORD})(?:\.({_WORD}))?")


class WrongReferenceError(ValueError):
    """This is no reference to people; the text says what one looks like."""


@dataclass(frozen=True)
class Reference:
    """A parsed reference: `scope` is `own` where nothing else is said; `relation` leads on from who holds the role."""

    scope: str
    role: str
    relation: str = ""

    @property
    def is_function(self) -> bool:
        """Whether the engine knows these people by what they do."""
        return self.scope == "own" and self.role in FUNCTIONS and not self.relation

    @property
    def is_function_there(self) -> bool:
        """Whether those of some schools are meant, out of the people whom the engine knows by what they do."""
        return self.scope in {"host", "guest", "group"} and self.role in THERE

    def __str__(self) -> str:
        if self.relation:
            return f"{self.scope}.{self.role}.{self.relation}"
        return self.role if self.scope == "own" else f"{self.scope}.{self.role}"


def parse_reference(text: str) -> Reference:
    """The reference that the text is. Raises WrongReferenceError."""
    found = _PATTERN.fullmatch(text.strip())
    if found is None:
        raise WrongReferenceError(f"'{text}' names nobody; write a role, or scope.role as in host.headteacher")
    return Reference(scope=found[1] or "own", role=found[2], relation=found[3] or "")
