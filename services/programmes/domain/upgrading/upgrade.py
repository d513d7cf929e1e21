"""Goes through two templates side by side: every difference with whether it is taken over, and what comes out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from services.programmes.domain.upgrading.begun import Begun
from services.programmes.domain.upgrading.permitted import reason_against, reason_of_field, reason_of_setting
from shared.commands.template_upgrades import Difference
from shared.template import Form, Template

__all__ = ["Upgrade", "upgrade"]

_SECTIONS = ("roles", "relations", "lists", "matching", "activities", "forms", "tasks", "reports", "mails")
_SETTINGS = ("participation", "enrolment")
_WHOLE = frozenset({*_SECTIONS, *_SETTINGS, "key", "version", "clock"})
_KEYED = {"lists": "entries", "forms": "fields"}
"""Section -> the setting that holds parts of their own."""
_LONGEST = 60
At = tuple[str, str]
Reason = Callable[[Any, Any, str], str]


@dataclass(frozen=True)
class Upgrade:
    """What differs, in the order of the template, and the template with everything that is taken over."""

    differences: tuple[Difference, ...]
    template: Template

    @property
    def applied(self) -> int:
        """How many differences are taken over."""
        return sum(one.applied for one in self.differences)


def upgrade(old: Template, new: Template, begun: Begun) -> Upgrade:
    """Compare what the programme runs by with a newer version of the template."""
    walk = _Walk(begun)
    names = [name for name in Template.model_fields if name not in _WHOLE]
    update = walk.settings(("template", ""), names, old, new, walk.of_setting("template"))
    update |= {"version": new.version, "clock": walk.clock(old, new)}
    for section in _SETTINGS:
        update[section] = walk.setting(section, getattr(old, section), getattr(new, section))
    for section in _SECTIONS:
        update[section] = walk.parts(section, getattr(old, section), getattr(new, section))
    return Upgrade(tuple(walk.differences), old.model_copy(update=update))


class _Walk:
    """Collects the differences on the way; each method returns what is taken over."""

    def __init__(self, begun: Begun) -> None:
        self.differences: list[Difference] = []
        self._begun = begun

    def of_setting(self, section: str) -> Reason:
        """Why a setting of that section cannot be taken over."""
        return lambda _old, _new, name: reason_of_setting(section, name, self._begun)

    def clock(self, old: Template, new: Template) -> BaseModel:
        """The clock with its moments."""
        names = [name for name in type(old.clock).model_fields if name not in {"key", "moments"}]
        update = self.settings(("clock", ""), names, old.clock, new.clock, self.of_setting("clock"))
        update["moments"] = self._merged(("clock", ""), old.clock.moments, new.clock.moments, self._against)
        return old.clock.model_copy(update=update)

    def setting(self, section: str, old: BaseModel, new: BaseModel) -> BaseModel:
        """A section that is one thing."""
        names = [name for name in type(old).model_fields if name != "key"]
        return old.model_copy(update=self.settings((section, ""), names, old, new, self.of_setting(section)))

    def parts(self, section: str, old: Sequence[Any], new: Sequence[Any]) -> tuple[Any, ...]:
        """The parts of a section by key; those of a part of their own (questions, entries of a list) one by one."""
        return self._merged((section, ""), old, new, self._against, _KEYED.get(section, ""))

    def settings(self, at: At, names: Iterable[str], old: BaseModel, new: BaseModel, reason: Reason) -> dict[str, Any]:
        """The settings that are taken over."""
        update = {}
        for name in names:
            before, after = getattr(old, name), getattr(new, name)
            if before != after and self._noted(at, name, (_short(before), _short(after)), reason(old, new, name)):
                update[name] = after
        return update

    def _merged(
        self, at: At, old: Sequence[Any], new: Sequence[Any], reason: Reason, inner: str = ""
    ) -> tuple[Any, ...]:
        """In the new order; those that cannot be removed at the end."""
        was, comes = {one.key: one for one in old}, {one.key: one for one in new}
        kept = []
        for key, one in comes.items():
            here = (at[0], f"{at[1]}.{key}".lstrip("."))
            if key in was:
                kept.append(self._part(here, was[key], one, reason, inner))
            elif self._noted(here, "", ("", "added"), reason(None, one, "")):
                kept.append(one)
        for key, before in was.items():
            here = (at[0], f"{at[1]}.{key}".lstrip("."))
            if key not in comes and not self._noted(here, "", ("there", "removed"), reason(before, None, "")):
                kept.append(before)
        return tuple(kept)

    def _part(self, at: At, old: Any, new: Any, reason: Reason, inner: str) -> Any:
        names = [name for name in type(new).model_fields if name not in {"key", inner}]
        update = self.settings(at, names, old, new, reason)
        if inner:
            update[inner] = self._merged(at, getattr(old, inner), getattr(new, inner), self._within(old))
        return old.model_copy(update=update)

    def _against(self, old: Any, new: Any, name: str) -> str:
        return reason_against(old, new, name, self._begun)

    def _within(self, part: Any) -> Reason:
        if isinstance(part, Form):
            return lambda old, new, name: reason_of_field(part, old, new, name, self._begun)
        return self._against

    def _noted(self, at: At, name: str, told: tuple[str, str], reason: str) -> bool:
        section, key = at
        old, new = told
        self.differences.append(
            Difference(section=section, key=key, field=name, old=old, new=new, applied=not reason, reason=reason)
        )
        return not reason


def _short(value: Any) -> str:
    """A setting in a few words."""
    text = "; ".join(_told(value)) if isinstance(value, tuple) else next(iter(_told((value,))), "")
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _told(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, BaseModel):
            said = value.model_dump(exclude_defaults=True, mode="json")
            yield ", ".join(f"{name} {each}" for name, each in said.items())
        elif value not in (None, ""):
            yield str(value)
