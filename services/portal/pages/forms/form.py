"""What every form page has in common: show, read, complain, ask the owner, say what was saved.

Nothing typed is ever lost: whatever goes wrong, the same page comes back with everything in it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol

from services.portal.domain.reading import Reading
from services.portal.pages.portal import Portal, Visitor
from shared.commands.base import Command

Facts = dict[str, Any]
Values = Mapping[str, str]
STEERING = ("csrf", "once", "do")


@dataclass(frozen=True)
class Saved:
    """What was saved and what happens next, for the page after the form."""

    title: str
    sentences: tuple[str, ...] = ()
    again: str = "Change what you wrote"

    def note(self, path: str) -> dict[str, object]:
        """Return it as a note for the next page."""
        return {"title": self.title, "sentences": list(self.sentences), "again": self.again, "path": path}


class FormPage(Protocol):
    """One purpose's form."""

    purpose: ClassVar[str]
    template: ClassVar[str]
    fields: ClassVar[Mapping[str, str]] = {}
    """Which field a rule's refusal stands at."""

    async def facts(self, portal: Portal, visitor: Visitor) -> Facts:
        """Return what the page shows; raises Hidden where the person has nothing to do here."""
        ...

    async def start(self, portal: Portal, visitor: Visitor, facts: Facts) -> dict[str, str]:
        """Return the values the form begins with."""
        ...

    def step(self, values: Values, button: str) -> tuple[dict[str, str], str] | None:
        """Add or remove a row: the new values and where to go on typing. None where the button does no such thing."""
        return None

    def read(self, visitor: Visitor, facts: Facts, reading: Reading, button: str) -> Command:
        """Return the command; problems noted in `reading` keep it from being sent."""
        ...

    def saved(self, facts: Facts, command: Any, reply: Any) -> Saved:
        """Return what to say afterwards."""
        ...


@dataclass
class Filled:
    """A form as it is shown: values, problems, where to put the cursor."""

    values: Values
    reading: Reading | None = None
    once: str = ""
    focus: str = ""
    banner: str = ""
    extra: Facts = field(default_factory=dict)

    def context(self) -> Facts:
        """Return what the template needs."""
        problems = self.reading.problems if self.reading else []
        errors: dict[str, str] = {}
        for problem in problems:
            errors.setdefault(problem.field, problem.sentence)
        return {
            "values": self.values, "problems": problems, "errors": errors, "once": self.once,
            "focus": self.focus, "banner": self.banner, **self.extra,
        }  # fmt: skip


def idempotency_key(visitor: Visitor, once: str, command: Command) -> str:
    """Same page and same content give the same key, so pressing twice is pressing once."""
    return f"page-{pressed(visitor.link.link_id, once, command)}"


def pressed(whose: str, once: str, command: Command) -> str:
    """Return what is the same only for the same command from the same page of the same person."""
    said = json.dumps([whose, once, type(command).__name__, command.model_dump(mode="json")])
    return hashlib.sha256(said.encode()).hexdigest()
