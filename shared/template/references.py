"""The grammar by which a template names people: `[scope.]role`, the same wherever somebody is named.

    headteacher                    of the school, or whatever the thing is about
    host.cpd-lead                  of the school that hosts
    practitioner.line-manager      who stands in the relation `line-manager` to the practitioner
    actions.owner                  the person named in that column of a form's field
    take-home.author               who wrote the entry of that form
    coordinator, facilitator, author, attendees, present
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
}
"""People who are known by what they do in the programme; no template declares them."""
THERE = frozenset({"attendees", "present"})
"""Functions of which those of some schools can be meant: `guest.present`, `host.attendees`."""
_PATTERN = re.compile(r"(?:([a-z][a-z0-9-]*)\.)?([a-z][a-z0-9-]*)")


class WrongReferenceError(ValueError):
    """This is no reference to people; the text says what one looks like."""


@dataclass(frozen=True)
class Reference:
    """A parsed reference: `scope` is `own` where nothing else is said."""

    scope: str
    role: str

    @property
    def is_function(self) -> bool:
        """Whether the engine knows these people by what they do."""
        return self.scope == "own" and self.role in FUNCTIONS

    @property
    def is_function_there(self) -> bool:
        """Whether those of some schools are meant, out of the people whom the engine knows by what they do."""
        return self.scope in {"host", "guest", "group"} and self.role in THERE

    def __str__(self) -> str:
        return self.role if self.scope == "own" else f"{self.scope}.{self.role}"


def parse_reference(text: str) -> Reference:
    """The reference that the text is. Raises WrongReferenceError."""
    found = _PATTERN.fullmatch(text.strip())
    if found is None:
        raise WrongReferenceError(f"'{text}' names nobody; write a role, or scope.role as in host.headteacher")
    return Reference(scope=found[1] or "own", role=found[2])
