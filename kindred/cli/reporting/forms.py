"""`kindred forms`: what a programme's forms ask, of whom, and who agrees and reads."""

from typing import Annotated

import typer

from kindred.cli.input import lookup
from kindred.cli.input.options import Programme
from kindred.cli.session import find
from kindred.output.display import emit, table
from shared.commands.forms import ProgrammeForms, ShowForms
from shared.errors import Rejected
from shared.template import Form, FormField

app = typer.Typer(no_args_is_help=True)


@app.command("list")
def list_(programme: Programme = "") -> None:
    """List the forms of a programme: who fills them in about what, who agrees, who lets them go to whom."""
    found = _forms(programme)
    rows = [
        (
            form.key,
            form.title,
            f"{'together: ' if form.together else ''}{', '.join(form.by)}",
            f"{form.about}{', several' if form.many else ''}",
            len(form.fields),
            form.sign_off.by if form.sign_off else "",
            _released(form),
        )
        for form in found.forms
    ]
    columns = ("form", "title", "filled in by", "about", "#questions", "agreed by", "released")
    emit(found, table(f"Forms of {found.name}, version {found.wording} of {found.template}", columns, rows))


@app.command("show")
def show(
    form: Annotated[str, typer.Argument(help="key of a form")],
    programme: Programme = "",
) -> None:
    """Show the questions of a form."""
    found = _forms(programme)
    wanted = next((one for one in found.forms if one.key == form), None)
    if wanted is None:
        keys = ", ".join(one.key for one in found.forms) or "none"
        raise Rejected("unknown-form", f"There is no form {form!r}; this programme's forms are: {keys}.")
    rows = [
        (
            field.key,
            field.label,
            field.kind,
            field.required,
            _choices(field, found.options.get(f"{wanted.key}.{field.key}", {})),
            f"{field.shown_if.field} is {' or '.join(field.shown_if.equals)}" if field.shown_if else "",
            field.told,
        )
        for field in wanted.fields
    ]
    columns = ("question", "words", "kind", "required", "choices", "only where", "in events")
    emit(wanted, table(wanted.title, columns, rows))


def _forms(programme: str) -> ProgrammeForms:
    return find(ShowForms(programme_id=lookup.programme(programme).programme_id), ProgrammeForms)


def _released(form: Form) -> str:
    if form.release is None:
        return ""
    to = ", ".join((*form.release.to, *(f"{one} sometimes" for also in form.release.also for one in also.people)))
    return f"to {to}" + (f" by {form.release.by}" if form.release.by else "")


def _choices(field: FormField, options: dict[str, str]) -> str:
    return ", ".join(options.values()) or (f"entries of {field.of}" if field.of else "")
