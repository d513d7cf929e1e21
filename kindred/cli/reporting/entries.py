"""`kindred entries`: what people filled in. Answers are shown only as somebody who may read them."""

from collections.abc import Iterable, Mapping
from typing import Annotated, get_args

import typer

from kindred.cli.input import lookup, parsing
from kindred.cli.input.options import Offset, Programme
from kindred.cli.session import ask, find
from kindred.output.display import emit, hint, short, table
from kindred.output.wording import date, moment
from shared.commands.entries_listed import ListOpenForms, OpenForms
from shared.commands.forms import (
    EntryHistory,
    EntryRow,
    EntryRows,
    EntryShown,
    EntryState,
    History,
    ListEntries,
    ShowEntry,
)
from shared.commands.introductions import AnswerIntroduction
from shared.errors import Rejected
from shared.template.answers import Answer

app = typer.Typer(no_args_is_help=True)
Entry = Annotated[str, typer.Argument(help="id of an entry, or its beginning")]
Person = Annotated[str, typer.Option("--as", help="id or address of who looks; they see what they may read")]


@app.command("list")
def list_(
    form: Annotated[str, typer.Option(help="key of a form; `kindred forms list` shows them")] = "",
    state: Annotated[str, typer.Option(help=", ".join(get_args(EntryState)))] = "",
    about: Annotated[str, typer.Option(help="id of the school, visit, match, person or entry")] = "",
    author: Annotated[str, typer.Option(help="id or address of who wrote it")] = "",
    programme: Programme = "",
    limit: Annotated[int, typer.Option(min=1, max=200)] = 100,
    offset: Offset = 0,
) -> None:
    """List entries without their answers, the latest change first."""
    query = ListEntries(
        programme_id=lookup.programme(programme).programme_id,
        form=form,
        state=parsing.state(state, EntryState),
        about_id=about,
        author_id=lookup.person_id(author, programme) if author else "",
        limit=limit,
        offset=offset,
    )
    found = find(query, EntryRows)
    names = lookup.names(one for row in found.entries for one in row.author_ids)
    emit(found, table(f"Entries ({found.total:,})", COLUMNS, [_row(row, names) for row in found.entries]))


@app.command("show")
def show(entry: Entry, as_: Person = "", programme: Programme = "") -> None:
    """Show how an entry stands; with --as also what is in it."""
    row = lookup.entry(entry)
    if not as_:
        emit(row, table(f"Entry {row.entry_id}", COLUMNS, [_row(row, lookup.names(row.author_ids))]))
        hint("Answers are shown to who may read them: add --as PERSON.")
        return
    found = find(ShowEntry(entry_id=row.entry_id, person_id=lookup.person_id(as_, programme), view="read"), EntryShown)
    words = {field.key: field.label or field.key for field in found.form.fields}
    rows = [(words.get(key, key), _text(answer, found.options.get(key, {}))) for key, answer in found.answers.items()]
    about = ", ".join(part for part in (found.title, found.state, f"version {found.number}") if part)
    emit(found, table(f"{found.form.title}: {about}", ("question", "answer"), rows))


@app.command("history")
def history(
    entry: Entry,
    as_: Person = "",
    version: Annotated[int, typer.Option(min=0, help="show what this version changed; needs --as")] = 0,
    programme: Programme = "",
) -> None:
    """Show an entry's versions; with --as also what changes were asked for, and one version beside the one before."""
    person_id = lookup.person_id(as_, programme) if as_ else ""
    if version and not person_id:
        raise Rejected("which-person", "What a version changed is shown to who may read it: add --as PERSON.")
    known = lookup.entry(entry).entry_id
    found = find(EntryHistory(entry_id=known, person_id=person_id, number=version), History)
    people = [*(one.person_id for one in found.versions), *(one.person_id for one in found.changes)]
    names = lookup.names(filter(None, people))
    rows = [
        (one.number, moment(one.at), names.get(one.person_id, ""), one.wording, ", ".join(one.changed))
        for one in found.versions
    ]
    shown = [table("Versions", ("#version", "sent", "by", "#wording", "changed"), rows)]
    if found.changes:
        asked = [(one.number, moment(one.at), names.get(one.person_id, ""), one.text) for one in found.changes]
        shown.append(table("Changes asked for", ("#version", "when", "by", "what"), asked))
    if version:
        keys = dict.fromkeys((*found.after, *found.before))
        differing = [(key, _text(found.before.get(key, ""), {}), _text(found.after.get(key, ""), {})) for key in keys]
        shown.append(table(f"What version {version} changed", ("question", "before", "after"), differing))
    emit(found, *shown)


@app.command("introduce")
def introduce(
    entry: Entry,
    answer: Annotated[str, typer.Argument(help="yes or no")],
    as_: Annotated[str, typer.Option("--as", help="id or address of who was asked")],
    programme: Programme = "",
) -> None:
    """Say for somebody who was asked whether they want to be introduced, as the entry proposes."""
    if answer not in ANSWERS:
        raise Rejected("yes-or-no", f"'{answer}' is no answer; say yes or no.")
    row = lookup.entry(entry)
    said = AnswerIntroduction(
        entry_id=row.entry_id,
        person_id=lookup.person_id(as_, programme),
        number=max(row.number, 1),
        willing=answer == "yes",
    )
    done = ask(said)
    emit(done, done.sentence)


@app.command("open")
def open_(person: Annotated[str, typer.Argument(help="id or address of somebody")], programme: Programme = "") -> None:
    """List what somebody may fill in or let go without being asked."""
    known = lookup.programme(programme).programme_id
    found = find(ListOpenForms(programme_id=known, person_id=lookup.person_id(person, programme)), OpenForms)
    rows = [(one.act, one.title, one.about, date(one.on) if one.on else "", one.about_id) for one in found.forms]
    emit(found, table("Open to them", ("act", "form", "about", "on", "thing"), rows))


ANSWERS = ("yes", "no")
COLUMNS = ("form", "about", "state", "#version", "#changes", "by", "changed", "id")


def _row(row: EntryRow, names: Mapping[str, str]) -> tuple[object, ...]:
    return (
        row.form,
        f"{row.about} {short(row.about_id)}",
        f"{row.state}, coordinator asked" if row.coordinator_asked and row.state == "submitted" else row.state,
        row.number,
        row.changes,
        ", ".join(names.get(one, one) for one in row.author_ids),
        moment(row.changed_at),
        short(row.entry_id),
    )


def _text(answer: Answer, options: Mapping[str, str]) -> str:
    if isinstance(answer, str):
        return options.get(answer, answer)
    if isinstance(answer, dict):
        return _joined(f"{key}: {options.get(value, value)}" for key, value in answer.items() if value)
    lines = (one if isinstance(one, str) else "; ".join(value for value in one.values() if value) for one in answer)
    return _joined(options.get(line, line) for line in lines)


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines)
