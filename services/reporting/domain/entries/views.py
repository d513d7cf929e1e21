"""An entry as one person sees it, and as who runs Kindred sees it: without answers."""

import datetime as dt
from collections.abc import Sequence

from services.reporting.domain.counting.recognising import mark_of
from services.reporting.domain.entries.access import ACTS, may, readers_on_release
from services.reporting.domain.entries.answering import lines_of
from services.reporting.domain.entries.checking import check, shown
from services.reporting.domain.entries.context import Context, levels_of
from services.reporting.domain.entries.difference import changed_fields
from services.reporting.domain.entries.introducing import discreet, shown_to
from services.reporting.domain.entries.records import EngineProgramme, Entry, SubmittedVersion
from services.reporting.domain.entries.submitting import still_to_agree
from shared.commands.forms import (
    ChangesWanted,
    EntryAct,
    EntryRow,
    EntryShown,
    FieldProblem,
    History,
    OtherText,
    ProgrammeForms,
    VersionRow,
)
from shared.commands.people_named import PeopleNamed, PersonNamed
from shared.template import Form
from shared.template.answers import Answer, Answers, choices, descriptors, people_in
from shared.template.counting import is_counted, promise
from shared.template.naming import named_roles


def forms_of(programme: EngineProgramme) -> ProgrammeForms:
    """What its forms ask."""
    template = programme.template
    options = {
        f"{form.key}.{field.key}": listed
        for form in template.forms
        for field in form.fields
        if (listed := choices(field, template))
    }
    return ProgrammeForms(
        programme_id=programme.programme_id,
        name=programme.name,
        template=template.key,
        wording=template.version,
        forms=template.forms,
        options=options,
    )


def people_named(entry: Entry, programme: EngineProgramme) -> PeopleNamed:
    """Whom its submitted version names for roles."""
    form = programme.template.form(entry.form)
    roles = named_roles(form, programme.template) if form else {}
    answers = entry.submitted.answers if entry.submitted else {}
    people = tuple(
        PersonNamed(role=role, name=one["name"], address=one["address"])
        for key, role in roles.items()
        for one in people_in(answers.get(key, ""))
    )
    return PeopleNamed(entry_id=entry.entry_id, number=entry.number, people=people)


def empty_form(person_id: str, about_id: str, context: Context, kept: Answers) -> EntryShown:
    """A form that somebody may fill in and has not begun. `kept`: what it begins with."""
    return _view(person_id, about_id, None, context, kept)


def draft(person_id: str, entry: Entry, context: Context, today: dt.date) -> EntryShown:
    """What its authors go on with: as typed, with everything that is wrong with it and what others wrote."""
    answers = entry.typed()
    _, problems = check(answers, context, today)
    others = {
        key: tuple(OtherText(person_id=one.person_id, answer=one.value) for one in field.others)
        for key, field in entry.draft.items()
        if field.others
    }
    seen = _view(person_id, entry.about_id, entry, context, answers)
    found = tuple(FieldProblem(rule=one.rule, field=one.field, sentence=one.sentence) for one in problems)
    return seen.model_copy(update={"problems": found, "others": others})


def submitted(person_id: str, entry: Entry, context: Context) -> EntryShown:
    """What was handed in last, for everybody who may read it."""
    answers = entry.submitted.answers if entry.submitted else {}
    return _view(person_id, entry.about_id, entry, context, answers)


def row(entry: Entry) -> EntryRow:
    """An entry in a list."""
    known = entry.model_dump(include=set(EntryRow.model_fields) - {"number", "changes"})
    return EntryRow(**known, number=entry.number, changes=len(entry.changes))


def history(entry: Entry, versions: Sequence[SubmittedVersion]) -> History:
    """Its versions, without any words."""
    rows, before = [], dict[str, Answer]()
    for version in versions:
        known = version.model_dump(include={"number", "person_id", "at", "wording"})
        rows.append(VersionRow(**known, changed=changed_fields(before, version.answers)))
        before = version.answers
    return History(entry_id=entry.entry_id, form=entry.form, versions=tuple(rows))


def worded_history(
    entry: Entry, versions: Sequence[SubmittedVersion], number: int, person_id: str, form: Form
) -> History:
    """The same with what changes were asked for, and the fields that version `number` changed, before and after."""
    by_number = {version.number: version.answers for version in versions}
    before, after = by_number.get(number - 1, {}), by_number.get(number, {})
    keys = changed_fields(before, after) if number in by_number else ()
    return history(entry, versions).model_copy(
        update={
            "changes": _changes(entry),
            "before": _discreet(before, keys, person_id, entry, form),
            "after": _discreet(after, keys, person_id, entry, form),
        }
    )


def _discreet(answers: Answers, keys: Sequence[str], person_id: str, entry: Entry, form: Form) -> dict[str, Answer]:
    return discreet({key: answers[key] for key in keys if key in answers}, person_id, entry, form)


def _view(person_id: str, about_id: str, entry: Entry | None, context: Context, answers: Answers) -> EntryShown:
    acts: tuple[EntryAct, ...] = tuple(act for act in ACTS if may(person_id, act, entry, context))
    seen = EntryShown(
        programme_id=context.programme.programme_id,
        programme=context.programme.name,
        form=context.form,
        options={key: dict(options) for key, options in context.options.items() if options},
        things={
            field.key: levels_of(field, answers, context) for field in context.form.fields if field.kind == "level"
        },
        descriptors={
            field.key: found
            for field in context.form.fields
            if (found := descriptors(field, context.programme.template))
        },
        shown=tuple(field.key for field in context.form.fields if shown(field, answers, context)),
        about=context.form.about,
        about_id=about_id,
        title=context.subject.title,
        answers=discreet(answers, person_id, entry, context.form),
        may=acts,
        **counted(context),
    )
    if entry is None:
        return seen
    concerned = bool({"fill", "agree", "release"} & set(acts)) or person_id in entry.author_ids
    known = entry.model_dump(include={"entry_id", "school_id", "author_ids", "state", "revision"})
    readers = entry.reader_ids if entry.state == "released" else readers_on_release(entry, context)
    update = {
        **known,
        "number": entry.number,
        "changes": _changes(entry) if {"fill", "agree"} & set(acts) or person_id in entry.author_ids else (),
        "reader_ids": readers if concerned else (),
        "lines": lines_of(entry, context.form),
        "introduction": shown_to(person_id, entry),
        "agreed_ids": entry.agreements,
        "silent_ids": _silent(entry, context),
    }
    return seen.model_copy(update=update)


def counted(context: Context) -> dict[str, str]:
    """What is promised before somebody answers a form whose answers are only counted, and which words they read."""
    form, template = context.form, context.programme.template
    return {"promise": promise(form, template), "mark": mark_of(context)} if is_counted(form) else {}


def _silent(entry: Entry, context: Context) -> tuple[str, ...]:
    """Who has not agreed yet of several who do; afterwards, who had said nothing."""
    each = context.form.sign_off is not None and context.form.sign_off.each
    return entry.silent if entry.counts else still_to_agree(entry, context) if each and entry.stands else ()


def _changes(entry: Entry) -> tuple[ChangesWanted, ...]:
    return tuple(ChangesWanted(**one.model_dump()) for one in entry.changes)
