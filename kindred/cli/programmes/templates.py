"""`kindred templates`: check a template and see its year, without a running stack; take it over, and read one."""

import dataclasses
import datetime as dt
import difflib
from pathlib import Path
from typing import Annotated

import typer

from kindred.cli.input import parsing
from kindred.cli.session import ask, ask_for, find
from kindred.output.display import emit, hint, table
from shared.errors import Rejected

app = typer.Typer(no_args_is_help=True)

File = Annotated[Path, typer.Argument(help="the template, a YAML file", dir_okay=False)]
Year = Annotated[str, typer.Option(help="academic year, such as 2026/27; this one unless said")]


@app.command("validate")
def validate(file: File) -> None:
    """Say everything that is wrong with a template, by line and field."""
    from shared.template.reading import faults_of  # YAML is read by these commands alone

    faults = faults_of(_text(file))
    if not faults:
        emit({"file": str(file), "faults": []}, f"{file.name} can be opened as it is.")
        hint(f"`kindred templates preview {file}` shows its year.")
        return
    rows = [(fault.line, fault.path, fault.what) for fault in faults]
    told = [{"line": fault.line, "field": fault.path, "fault": fault.what} for fault in faults]
    title = f"{file.name}: {len(rows)} to put right"
    emit({"file": str(file), "faults": told}, table(title, ("#line", "field", "what"), rows))
    raise typer.Exit(1)


@app.command("preview")
def preview(file: File, year: Year = "") -> None:
    """Show a template's year: what happens when, who is asked what, who gets which mail."""
    from shared.template.preview import year_of  # as above
    from shared.template.reading import WrongTemplateError, read_template

    try:
        template = read_template(_text(file), file.name)
    except WrongTemplateError as error:
        sentence = f"{error}\nPut these right first; `kindred templates validate {file}` lists them."
        raise Rejected("wrong-template", sentence) from error
    first = parsing.academic_year(year) if year else _this_year(dt.date.today())  # noqa: DTZ011 - the writer's own day
    found = year_of(template, first)
    told = [dataclasses.asdict(row) for row in found]
    rows = [(_day(row.day, row.cause), row.what, row.detail, row.who) for row in found]
    left = [(one.setting, one.default) for one in template.clock.left_open]
    shown = table(template.title, ("when", "what", "", "who"), rows)
    chosen = "\n".join(f"Left open: {setting}. Taken: {default or 'nothing'}." for setting, default in left)
    emit({"template": template.key, "year": told, "left_open": dict(left)}, shown, chosen)


@app.command("take")
def take(file: File) -> None:
    """Take a template over: programmes are opened from it from now on, those that run stay as they are."""
    from shared.commands.templates import CheckedTemplate, CheckTemplate, TakeTemplate  # it loads the whole language

    sent = CheckTemplate(template=_text(file), filename=file.name)
    found = ask_for(sent, CheckedTemplate)
    if found.faults:
        rows = [(fault.line, fault.field, fault.what) for fault in found.faults]
        emit(found, table(f"{file.name}: {len(rows)} to put right", ("#line", "field", "what"), rows))
        raise typer.Exit(1)
    done = ask(TakeTemplate(check_id=found.check_id))
    emit(done, done.sentence)
    hint(f"`kindred programmes open {done.id}` opens one; `kindred programmes upgrade` shows what differs for others.")


@app.command("withdraw")
def withdraw(key: Annotated[str, typer.Argument(help="its key; `kindred programmes templates` lists them")]) -> None:
    """Take a template back that was taken over, as long as no programme was opened from it."""
    from shared.commands.templates import WithdrawTemplate  # it loads the whole language

    done = ask(WithdrawTemplate(key=key))
    emit(done, done.sentence)


@app.command("fetch")
def fetch(
    key: Annotated[str, typer.Argument(help="its key; `kindred programmes templates` lists them")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="where to put it")] = None,
) -> None:
    """Write a template into a file, as the start of one of your own."""
    from shared.commands.templates import ShowTemplate, TemplateText  # as above

    found = find(ShowTemplate(key=key), TemplateText)
    to = output or Path(found.filename)
    if to.exists():
        raise Rejected("file-exists", f"There is a file {to} already; name another with --output.")
    to.write_text(found.text, encoding="utf-8")
    emit({"file": str(to), "version": found.version}, f"{to} is version {found.version} of '{found.key}'.")
    hint(f"Change it, raise its `version`, and take it over with `kindred templates take {to}`.")


def _text(file: Path) -> str:
    """What the file holds. Raises Rejected: no-file, not-text."""
    if not file.is_file():
        near = difflib.get_close_matches(file.name, [each.name for each in file.parent.glob("*.y*ml")], n=1)
        hint_ = f" Did you mean {file.parent / near[0]}?" if near else ""
        raise Rejected("no-file", f"There is no file {file}.{hint_}")
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Rejected("not-text", f"{file} is not UTF-8 text; save it as UTF-8.") from error


def _this_year(today: dt.date) -> int:
    return today.year if today.month >= 7 else today.year - 1


def _day(day: dt.date | None, cause: str) -> str:
    """`Thu 5 Nov 2026`, or the cause with the latest day."""
    if day is None:
        return cause
    written = f"{day:%a} {day.day} {day:%b %Y}"
    return f"{cause}, by {written}" if cause else written
