"""`kindred counts`: forms whose answers are only counted. Nobody can show whose an answer is."""

import secrets
from typing import Annotated, TypeVar

import typer
from rich.table import Table

from kindred.cli.input import lookup
from kindred.cli.input.options import Programme
from kindred.cli.session import ask, ask_for, find
from kindred.output.display import emit, hint, table
from shared.commands.counting import CountAnswers, CountedQuestion, CountSheet, CountSheets, ShowCounts
from shared.commands.forms import EntryShown, ShowEntry
from shared.commands.shared_links import CloseSharedLink, LinkRow, LinkRows, ListSharedLinks, OpenSharedLink
from shared.errors import Rejected
from shared.template.answers import Answer

app = typer.Typer(no_args_is_help=True)
Form = Annotated[str, typer.Argument(help="key of a form; `kindred forms list` shows them")]


About = Annotated[str, typer.Option(help="id of the school or other thing that it is about")]
By = Annotated[str, typer.Option("--as", help="id or address of somebody whom the form names, or of the coordinator")]


@app.command("show")
def show(
    form: Form,
    about: Annotated[str, typer.Option(help="id of the one school, visit or person")] = "",
    programme: Programme = "",
) -> None:
    """Show how many gave which answer, as far as reports have shown it."""
    programme_id = lookup.programme(programme).programme_id
    found = find(ShowCounts(programme_id=programme_id, form=form, about_id=about), CountSheets)
    rows = [
        (one.title or one.about, one.period, one.begun, one.people, one.asked or "", one.least) for one in found.sheets
    ]
    columns = ("about", "round", "since", "#answered", "#asked", "#least shown")
    parts = [table(found.title, columns, rows)]
    parts += [_question(one, question) for one in found.sheets for question in one.questions]
    emit(found, *parts)
    hint(found.promise)


@app.command("answer")
def answer(
    form: Form,
    about: Annotated[str, typer.Option(help="id of the school, visit or person that it is about")],
    as_: Annotated[str, typer.Option("--as", help="id or address of who answers")],
    given: Annotated[list[str], typer.Option("--answer", help="question=answer; several choices with commas")],
    programme: Programme = "",
) -> None:
    """Count somebody's answers, given by telephone. They cannot be changed or shown again."""
    programme_id, person_id = lookup.programme(programme).programme_id, lookup.person_id(as_, programme)
    asked = find(ShowEntry(programme_id=programme_id, form=form, about_id=about, person_id=person_id), EntryShown)
    command = CountAnswers(
        programme_id=programme_id,
        form=form,
        about_id=about,
        person_id=person_id,
        mark=asked.mark,
        answers=dict(_read(text, asked) for text in given),
        veil=secrets.token_hex(32),
    )
    done = ask(command)
    emit(done, done.sentence)


@app.command("links")
def links(form: Annotated[str, typer.Option(help="key of a form")] = "", programme: Programme = "") -> None:
    """List links that anybody may answer: how they stand, and how many answers came."""
    programme_id = lookup.programme(programme).programme_id
    found = find(ListSharedLinks(programme_id=programme_id, form=form), LinkRows)
    rows = [
        (one.form, one.about, one.number, one.state, one.answers, one.most, one.opened_on, f"/s/{one.token}")
        for one in found.links
    ]
    columns = ("form", "about", "#link", "state", "#answers", "#most", "opened", "address")
    emit(found, table("Shared links", columns, rows))


@app.command("open")
def open_(form: Form, about: About, as_: By, programme: Programme = "") -> None:
    """Open a link that anybody may answer; one that there is closes, and its answers are left behind."""
    link = ask_for(_link(OpenSharedLink, form, about, as_, programme), LinkRow)
    emit(link, f"Open at /s/{link.token}, below the address of the pages; it closes after {link.most:,} answers.")


@app.command("close")
def close(form: Form, about: About, as_: By, programme: Programme = "") -> None:
    """Take no more answers by the link; what was counted stays."""
    link = ask_for(_link(CloseSharedLink, form, about, as_, programme), LinkRow)
    emit(link, f"Closed, with {link.answers:,} answers.")


L = TypeVar("L", OpenSharedLink, CloseSharedLink)


def _link(kind: type[L], form: str, about: str, as_: str, programme: str) -> L:
    programme_id = lookup.programme(programme).programme_id
    person_id = lookup.person_id(as_, programme)
    return kind(programme_id=programme_id, form=form, about_id=about, person_id=person_id)


def _read(text: str, asked: EntryShown) -> tuple[str, Answer]:
    key, equals, value = text.partition("=")
    field = asked.form.field(key)
    if field is None or not equals:
        known = ", ".join(one.key for one in asked.form.fields)
        raise Rejected("unknown-question", f"Write question=answer; the questions are: {known}.")
    if field.kind == "level":
        return key, dict(pair.partition(":")[::2] for pair in value.split(","))
    if field.kind in {"several", "rank", "topics"}:
        return key, tuple(one for one in value.split(",") if one)
    return key, value


def _question(sheet: CountSheet, one: CountedQuestion) -> Table:
    heading = f"{one.question} ({sheet.title or sheet.about}). {one.note}"
    if one.texts:
        return table(heading, ("what was written",), [(text,) for text in one.texts])
    rows = [(row.words, *row.numbers) for row in one.rows]
    return table(heading, ("answer", *(f"#{column}" for column in one.columns)), rows)
