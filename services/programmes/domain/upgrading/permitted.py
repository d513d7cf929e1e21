"""Why a difference cannot be taken over any more; empty where it can. One function a section."""

from collections.abc import Callable, Mapping
from typing import Any

from services.programmes.domain.upgrading.begun import Begun
from shared.template import Activity, Form, FormField, Moment, Relation, Report, Role, Round, Task
from shared.template.mails import Mail
from shared.template.template import Listed
from shared.template.words import Entry

__all__ = ["reason_against", "reason_of_field", "reason_of_setting"]

WORDS = frozenset({"title", "summary", "purpose", "intro", "label", "hint", "agenda", "left_open", "venue"})
"""Settings that only say something to people."""
NEVER = "this stays for the whole programme, because everything else stands on it"
_PEOPLE = "people hold roles by it"
_LATER = frozenset(
    {"remind", "missed", "essential", "bundled", "excused", "release", "readers", "sign_off", "answered"}
)
"""Settings that are read whenever they are needed, so that a change counts from now on."""


def reason_of_setting(section: str, name: str, begun: Begun) -> str:
    """Of a setting of the template as a whole, of its enrolment or its participation."""
    if section == "template":
        return "" if name in WORDS else NEVER
    if section == "clock":
        return "" if name in {*WORDS, "renews"} else NEVER
    if section == "enrolment":
        return "schools have enrolled by it" if begun.enrolled else ""
    return "enrolment has closed" if begun.running else ""


def reason_against(old: Any, new: Any, name: str, begun: Begun) -> str:
    """Of a declared part: added (`old` is None), removed (`new` is None), or changed in its setting `name`."""
    if old is not None and new is not None and name in WORDS:
        return ""
    rule = _RULES[type(old if old is not None else new)]
    return rule(old, new, name, begun)


def _role(old: Role | None, new: Role | None, name: str, begun: Begun) -> str:
    if old is None:
        return "" if new and not new.least else "schools have enrolled without it" if begun.enrolled else ""
    return _PEOPLE


def _relation(old: Relation | None, new: Relation | None, name: str, begun: Begun) -> str:
    return "" if old is None else "people stand in it"


def _moment(old: Moment | None, new: Moment | None, name: str, begun: Begun) -> str:
    if old is not None and begun.moment(old, begun.template):
        return "it has come"
    if new is not None and begun.moment(new, begun.template):
        return "its day has passed"
    return "" if new is not None else "other days may count from it"


def _listed(old: Listed | None, new: Listed | None, name: str, begun: Begun) -> str:
    return "" if new is not None else "answers may name what stands in it"


def _entry(old: Entry | None, new: Entry | None, name: str, begun: Begun) -> str:
    return "" if new is not None else "answers may name it"


def _round(old: Round | None, new: Round | None, name: str, begun: Begun) -> str:
    part = old or new
    if part is not None and begun.round(part):
        return "what it matches has been named in full"
    return ""


def _activity(old: Activity | None, new: Activity | None, name: str, begun: Begun) -> str:
    if old is None:
        return ""
    return "its time has begun" if begun.activity(old) else ""


def _form(old: Form | None, new: Form | None, name: str, begun: Begun) -> str:
    if old is None or name in _LATER or old.key not in begun.forms:
        return ""
    return "somebody has handed in an entry of it"


def _task(old: Task | None, new: Task | None, name: str, begun: Begun) -> str:
    if old is None or (new is not None and name in _LATER):
        return ""
    return "somebody may have been asked" if begun.task(old) else ""


def _free(old: Report | Mail | None, new: Report | Mail | None, name: str, begun: Begun) -> str:
    return ""


def reason_of_field(form: Form, old: FormField | None, new: FormField | None, name: str, begun: Begun) -> str:
    """Of a question of a form."""
    if form.key not in begun.forms or (old is not None and new is not None and name in WORDS):
        return ""
    if old is None:
        return "" if new and not new.required else "entries were handed in without an answer to it"
    return "somebody has answered it"


_RULES: Mapping[type, Callable[[Any, Any, str, Begun], str]] = {
    Role: _role,
    Relation: _relation,
    Moment: _moment,
    Listed: _listed,
    Entry: _entry,
    Round: _round,
    Activity: _activity,
    Form: _form,
    Task: _task,
    Report: _free,
    Mail: _free,
}
