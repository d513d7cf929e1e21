"""Answering a form whose answers are only counted: who has answered goes one way, what they said another.

The entry says that somebody has answered, without a word of it; the sheet says what was answered, without anybody.
Nothing is kept before it is sent, because a draft would be somebody's.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from services.reporting.domain.counting.pairing import mark_of, with_row
from services.reporting.domain.counting.recognising import mark_of as mark_of_words
from services.reporting.domain.counting.recognising import meant
from services.reporting.domain.counting.sheets import ALL, Sheet, sheet_id
from services.reporting.domain.decisions.decision import Answered
from services.reporting.domain.entries.access import may, unknown
from services.reporting.domain.entries.checking import check
from services.reporting.domain.entries.context import Context
from services.reporting.domain.entries.drafts import plain, readable
from services.reporting.domain.entries.opening import refuse_early
from services.reporting.domain.entries.records import Entry, SubmittedVersion
from services.reporting.domain.entries.submitting import agreed_to
from services.reporting.domain.entries.told import facts
from services.reporting.domain.problems import refuse
from shared.commands.base import Done
from shared.errors import Rejected
from shared.events.base import Event
from shared.events.forms import FormSubmitted
from shared.template.answers import Answer
from shared.template.counting import groups_of, is_counted, period, references_by_group

COUNTED = "Counted, thank you. Nobody can see which answers are yours."
BEFORE = "Noted, thank you. Your answers were counted earlier in this programme, and each person is counted once."


@dataclass(frozen=True, kw_only=True)
class Counting(Answered[Entry]):
    """`sheet` is None where the person was counted before."""

    sheet: Sheet | None


def sheet_about(context: Context, about_id: str, day: dt.date, turn: str = "") -> Sheet:
    """The sheet on which answers about this thing are counted on that day, with nothing on it.

    `turn`: tells the links apart that were opened for it one after another.
    """
    programme, form = context.programme, context.form
    words, round_ = mark_of_words(context), period(form, programme.year, day) + turn
    over_all = form.once_a_person
    counted_about = programme.programme_id if over_all else about_id
    return Sheet(
        sheet_id=sheet_id(programme.programme_id, form.key, counted_about, round_, words),
        programme_id=programme.programme_id,
        form=form.key,
        about="programme" if over_all else form.about,
        about_id=counted_about,
        school_id=None if over_all else context.subject.situation.school_id,
        period=round_,
        mark=words,
        wording=programme.template.version,
        begun=day,
        least=form.least_shown,
        groups=groups_of(form, programme.template),
        apart=form.shared_link is not None,
    )


def count_answers(
    given: Mapping[str, Answer],
    entry: Entry,
    sheet: Sheet,
    context: Context,
    *,
    person_id: str,
    seen: str,
    word: str,
    counted_before: bool,
    now: dt.datetime,
) -> Counting:
    """Count what somebody answered. `entry` without a version is new; `seen`: the mark of the words before them.

    `word`: their own, by which two rounds are paired where the form does so.

    Raises Rejected: unknown-entry, by-link, not-counted, answered-before, not-yet, reworded, rules of the questions.
    """
    if not may(person_id, "fill", entry if entry.author_ids else None, context):
        raise unknown()
    if context.form.shared_link:
        raise Rejected("by-link", "This is answered by the shared link alone, by whoever has it.")
    if not is_counted(context.form):
        raise Rejected("not-counted", "Answers to this form are kept: save them as a draft and send that.")
    if entry.number:
        said = "You have answered this. Nobody knows which answers are yours, so they cannot be changed."
        raise Rejected("answered-before", said)
    refuse_early(context.not_yet)
    answers = read_whole(given, sheet, context, seen=seen, now=now)
    answered, events = _answered(entry, context, person_id, now)
    counted = None if counted_before else sheet.with_answers(group_of(person_id, context), answers, context.form)
    if counted and context.form.paired:
        counted = with_row(counted, mark_of(word, counted), answers)
    done = Done(id=entry.entry_id, version=1, sentence=BEFORE if counted_before else COUNTED)
    return Counting(done=done, record=answered, events=events, sheet=counted)


def read_whole(
    given: Mapping[str, Answer], sheet: Sheet, context: Context, *, seen: str, now: dt.datetime
) -> dict[str, Answer]:
    """The answers as they are counted. Raises Rejected: reworded, and the rules of the questions."""
    if seen != sheet.mark:
        raise Rejected("reworded", "The questions have changed since you opened them. Read them again, then send.")
    typed = {key: plain(value) for key, value in given.items()}
    readable(typed, context)
    answers, problems = check(typed, context, context.programme.local_day(now))
    refuse(problems)
    return meant(answers, context)


def group_of(person_id: str, context: Context) -> str:
    """The group in which the person is counted: their first role among those that the form asks."""
    if not context.form.by_role:
        return ALL
    named = references_by_group(context.form, context.programme.template)
    return next((group for group, people in named.items() if person_id in context.people(people)), ALL)


def _answered(entry: Entry, context: Context, person_id: str, now: dt.datetime) -> tuple[Entry, tuple[Event, ...]]:
    """The entry once somebody has answered, without the answers, and what is told of it."""
    version = SubmittedVersion(
        entry_id=entry.entry_id,
        number=1,
        person_id=person_id,
        at=now,
        wording=context.programme.template.version,
        answers={},
    )
    update = {
        "state": "submitted",
        "draft": {},
        "submitted": version,
        "author_ids": (person_id,),
        "version": entry.version + 1,
        "changed_at": now,
    }
    submitted = entry.model_copy(update=update)
    told = FormSubmitted(**facts(submitted), person_id=person_id)
    agreed, events = agreed_to(submitted, context, "")
    return agreed, (told, *events)
