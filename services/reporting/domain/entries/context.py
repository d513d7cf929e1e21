"""Everything that decisions about an entry are made from: the form, the thing it is about, who is who, the choices."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from services.reporting.domain.entries.records import EngineProgramme
from shared.template import Form, FormField
from shared.template.answers import Answer, Answers, choices, levelled
from shared.template.resolving import Directory, Situation, people_for
from shared.template.words import Condition
from shared.working_days import IsHoliday, is_none

Options = Mapping[str, Mapping[str, str]]
"""Field -> what can be chosen in it, key -> words."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What an entry or report is about.

    `ids`: kind of thing -> the id of the one that it concerns. `related`: form -> what the entry of it says that
    belongs to the same thing.
    """

    situation: Situation
    ids: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    cohort_id: str = ""
    project_id: str | None = None
    related: Mapping[str, Answers] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Context:
    """Loaded once for each command or query. `not_yet`: why the form is not open, empty where it is.

    `right`: question in which a text is picked out -> the key of the right one; without an entry of it none is there.

    `visitors`: who is placed at the school that the entry is about, where what it says goes with their invitations.
    """

    programme: EngineProgramme
    form: Form
    subject: Subject
    known: Directory
    options: Options = field(default_factory=dict)
    not_yet: str = ""
    visitors: tuple[str, ...] = ()
    is_holiday: IsHoliday = is_none
    right: Mapping[str, str] = field(default_factory=dict)

    def people(self, references: Iterable[str]) -> tuple[str, ...]:
        """Everybody whom these references name, as it stands now."""
        return people_for(references, self.programme.template, self.subject.situation, self.known)

    def of_kind(self, kind: str) -> str:
        """The id of the thing of this kind, or the person in this role, that it concerns; empty where there is none."""
        return subject_id(self.subject, kind, self.programme)


def subject_id(subject: Subject, kind: str, programme: EngineProgramme) -> str:
    """The id of the thing of a kind, or of the person in a role, that a subject concerns; empty where there is none."""
    about, template = subject.situation, programme.template
    if kind == "programme":
        return programme.programme_id
    if kind == "cohort":
        return subject.cohort_id or programme.programme_id
    if kind == "school":
        return about.host_school_id or about.school_id or ""
    if kind == "person" or any(role.key == kind for role in template.roles):
        fits = kind in {"person", about.person_role}
        return about.person_id or "" if fits else ""
    return subject.ids.get(kind, "")


def levels_of(field: FormField, answers: Answers, context: Context) -> dict[str, str]:
    """What a question asks a level of, key -> words: a list, or what was chosen in a question, of another form too."""
    template = context.programme.template
    if (listed := levelled(field, template)) is not None:
        return listed
    other, _, key = field.of.rpartition(".")
    source = template.form(other) if other else context.form
    asked = source.field(key) if source else None
    chosen = context.subject.related.get(other, {}) if other else answers
    words = (choices(asked, template) if asked else None) or context.options.get(key, {})
    return {str(one): words.get(str(one), str(one)) for one in chosen.get(key, ())}


def references_of(form: Form) -> tuple[str, ...]:
    """Every reference to people in a form: what a directory must be able to answer."""
    found = [*form.by, *form.readers]
    if form.sign_off:
        found.append(form.sign_off.by)
    if form.answered:
        found.append(form.answered.by)
    if form.release:
        found += [*form.release.to, *(one for also in form.release.also for one in also.people)]
        found += [form.release.by] if form.release.by else []
    return tuple(found)


def holds_of(condition: Condition, related: Mapping[str, Answers]) -> bool:
    """Whether a condition holds for what entries of forms say that belong to a thing; it names form and question."""
    form, _, key = condition.field.rpartition(".")
    return _is_one_of(related.get(form, {}).get(key, ""), condition.equals)


def holds(condition: Condition, form: Form, answers: Answers, related: Mapping[str, Answers]) -> bool:
    """Whether a condition holds for answers of this form, or for what entries of other forms say of the same thing."""
    of, dot, key = condition.field.rpartition(".")
    asked = related.get(of, {}) if dot and of != form.key else answers
    return _is_one_of(asked.get(key, ""), condition.equals)


def _is_one_of(answer: Answer, wanted: Iterable[str]) -> bool:
    given = {answer} if isinstance(answer, str) else {one for one in answer if isinstance(one, str)}
    return bool(given & set(wanted))
