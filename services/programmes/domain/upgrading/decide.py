"""Whether a newer template can be taken over at all, and what becomes of the programme."""

from services.programmes.domain.enrolment.terms import AnyTemplate
from services.programmes.domain.programme import published
from services.programmes.domain.records import Programme
from services.programmes.domain.upgrading.begun import Begun
from services.programmes.domain.upgrading.upgrade import Upgrade, upgrade
from shared.errors import Rejected
from shared.events.base import Event
from shared.template import Template
from shared.template.reading import WrongTemplateError, read_template
from shared.template.reading.sense import faults_of_sense

__all__ = ["compared", "newer", "read", "upgraded"]


def read(text: str, filename: str) -> Template:
    """The template that a file declares. Raises Rejected("wrong-template")."""
    try:
        return read_template(text, filename)
    except WrongTemplateError as error:
        raise Rejected("wrong-template", str(error)) from error


def newer(programme: Programme, template: AnyTemplate) -> Template:
    """That template, where the programme can take it over. Raises Rejected where it is another, or no newer one."""
    if not isinstance(programme.template, Template) or not isinstance(template, Template):
        raise Rejected("old-language", f"'{programme.name}' runs by a template in the language of 0.1.0.")
    if programme.stage in {"completed", "archived"}:
        raise Rejected(programme.stage, f"'{programme.name}' is {programme.stage}.")
    if template.key != programme.template.key:
        sentence = f"'{programme.name}' runs by '{programme.template.key}'; this one is '{template.key}'."
        raise Rejected("other-template", sentence)
    if template.version <= programme.template.version:
        sentence = (
            f"'{programme.name}' runs by version {programme.template.version}; this one is version "
            f"{template.version}. Raise `version` with every change."
        )
        raise Rejected("same-version", sentence)
    return template


def compared(programme: Programme, template: Template, begun: Begun) -> Upgrade:
    """What differs. Of a draft everything is taken over: nobody has heard of it."""
    assert isinstance(programme.template, Template)
    found = upgrade(programme.template, template, begun)
    if programme.stage != "draft":
        return found
    taken = tuple(one.model_copy(update={"applied": True, "reason": ""}) for one in found.differences)
    return Upgrade(taken, template)


def upgraded(programme: Programme, found: Upgrade) -> tuple[Programme, Event | None]:
    """The programme with what is taken over. Raises Rejected where that is nothing, or makes no whole template."""
    if not found.applied:
        raise Rejected("nothing-to-apply", f"Nothing of it can be taken over by '{programme.name}' any more.")
    whole = Template.model_validate(found.template.model_dump(exclude_defaults=True))
    if wrong := list(faults_of_sense(whole)):
        said = "; ".join(f"{fault.path}: {fault.what}" for fault in wrong[:5])
        raise Rejected("no-whole", f"What can be taken over makes no whole template without the rest: {said}")
    draft = programme.stage == "draft"
    after = programme.model_copy(update={"template": whole, "version": programme.version + (not draft)})
    return after, None if draft else published(after)
