"""Templates that coordinators write: what was sent in to be checked, and what was taken over."""

import datetime as dt
from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

from services.programmes.domain.enrolment.terms import AnyTemplate
from services.programmes.domain.records import Programme
from services.programmes.domain.upgrading.begun import Begun
from services.programmes.domain.upgrading.decide import compared
from shared.commands.template_upgrades import Difference
from shared.commands.templates import CheckedTemplate, TemplateFault
from shared.errors import Rejected
from shared.template import Template
from shared.template.reading import WrongTemplateError, read_template

__all__ = [
    "KeptTemplate",
    "SentTemplate",
    "checked",
    "taken",
    "unknown_check",
    "unknown_template",
    "with_choice",
    "withdrawn",
]


class SentTemplate(BaseModel):
    """A template as it was sent in to be checked."""

    model_config = ConfigDict(frozen=True)

    check_id: str
    text: str
    filename: str
    at: dt.datetime


class KeptTemplate(BaseModel):
    """A template from which programmes are opened: the last version that was taken over."""

    model_config = ConfigDict(frozen=True)

    key: str
    version: int
    text: str
    at: dt.datetime


def checked(sent: SentTemplate, known: dict[str, AnyTemplate], texts: dict[str, str]) -> CheckedTemplate:
    """Say what is wrong with a template, or what it changes. `known` and `texts`: what programmes are opened from."""
    told = {"check_id": sent.check_id, "filename": sent.filename}
    try:
        template = read_template(sent.text, sent.filename)
    except WrongTemplateError as error:
        faults = tuple(TemplateFault(line=one.line, field=one.path, what=one.what) for one in error.faults)
        return CheckedTemplate.model_validate({**told, "faults": faults})
    before = known.get(template.key)
    same = texts.get(template.key) == sent.text
    told |= {"key": template.key, "title": template.title, "summary": template.summary}
    return CheckedTemplate.model_validate(
        {
            **told, "version": template.version, "known": before.version if before else None, "taken": same,
            "against": "" if same else _against(template, before), "differences": _differences(template, before),
        }
    )  # fmt: skip


def taken(sent: SentTemplate, known: dict[str, AnyTemplate], texts: dict[str, str], now: dt.datetime) -> KeptTemplate:
    """The template that is kept from now on. Raises Rejected where something is wrong with it."""
    found = checked(sent, known, texts)
    if found.faults:
        first = found.faults[0]
        more = f" And {len(found.faults) - 1} more." if len(found.faults) > 1 else ""
        raise Rejected("wrong-template", f"Line {first.line}, {first.field}: {first.what}{more} Put it right first.")
    if found.against:
        raise Rejected("same-version", found.against)
    return KeptTemplate(key=found.key, version=found.version, text=sent.text, at=now)


def withdrawn(kept: KeptTemplate | None, key: str, shipped: int | None, using: Iterable[Programme]) -> KeptTemplate:
    """The template that is kept no longer. Raises Rejected where it came with Kindred, or a programme runs by it.

    `shipped`: the version that came with Kindred; `using`: the programmes with this template, in whatever state.
    """
    if kept is None:
        raise Rejected("not-yours", f"'{key[:60]}' was not taken over here, so there is nothing to take back.")
    names = [one.name for one in using if shipped is None or one.template.version > shipped]
    if names:
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        said = f"{', '.join(names[:3])}{more} {'was' if len(names) == 1 else 'were'} opened from it"
        raise Rejected("in-use", f"{said}. Send in a newer version instead; it takes its place for new programmes.")
    return kept


def with_choice(programme: Programme, setting: str, choice: str) -> Programme:
    """The programme with what was chosen for a setting. Raises Rejected("unknown-setting")."""
    template = programme.template
    open_ = {one.setting for one in template.clock.left_open} if isinstance(template, Template) else set()
    if setting not in open_:
        said = ", ".join(sorted(open_)) or "nothing"
        raise Rejected("unknown-setting", f"The source of '{programme.name}' does not leave that open, but: {said}.")
    others = {name: said for name, said in programme.chosen.items() if name in open_ - {setting}}
    return programme.model_copy(update={"chosen": {**others, setting: choice} if choice else others})


def unknown_check() -> Rejected:
    """What is said of a check that is not known, or not any more."""
    return Rejected("unknown-check", "This check is not kept any more. Choose the file again.")


def unknown_template(key: str, known: Iterable[str]) -> Rejected:
    """What is said of a template that is not known."""
    return Rejected(
        "unknown-template", f"There is no template '{key[:60]}'; known: {', '.join(sorted(known)) or 'none'}."
    )


def _against(template: Template, before: AnyTemplate | None) -> str:
    if before is None or template.version > before.version:
        return ""
    return (
        f"Version {before.version} of '{before.title}' is known here, and this file has version {template.version}. "
        "Raise `version` with every change."
    )


def _differences(template: Template, before: AnyTemplate | None) -> tuple[Difference, ...]:
    """To the version that is known, as a programme that nobody has heard of would take them over: all of them."""
    if not isinstance(before, Template):
        return ()
    nobody = Programme(programme_id="", name="", year=2000, template=before, coordinator_id="", stage="draft")
    return compared(nobody, template, Begun(nobody, before, dt.date.min)).differences
