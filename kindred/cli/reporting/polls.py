"""`kindred polls`: what was named, what was chosen for which activity, and choosing where votes tie."""

from typing import Annotated

import typer
from rich.table import Table

from kindred.cli.input import lookup
from kindred.cli.input.options import Programme
from kindred.cli.session import ask, find
from kindred.output.display import emit, hint, table
from shared.commands.polls import ChooseTheme, PollRow, PollRows, ShowPolls

app = typer.Typer(no_args_is_help=True)


@app.command("list")
def list_(programme: Programme = "") -> None:
    """Show each poll: how many named which theme, what was chosen and by whom, or who chooses out of what."""
    found = find(ShowPolls(programme_id=lookup.programme(programme).programme_id), PollRows)
    names = lookup.names(
        one for poll in found.polls for one in (*poll.chooser_ids, *([poll.person_id] if poll.person_id else []))
    )
    rows = [
        (one.poll, one.state, one.closed_on or "", one.answered, one.theme, _who(one, names), one.activity)
        for one in found.polls
    ]
    columns = ("poll", "state", "closed", "#answered", "theme", "by", "for")
    emit(found, table("Polls", columns, rows), *(_themes(one) for one in found.polls if one.themes))
    for one in found.polls:
        if one.among:
            hint(f"{one.title}: choose out of {', '.join(one.among)}.")


@app.command("choose")
def choose(
    poll: Annotated[str, typer.Argument(help="key of a poll")],
    theme: Annotated[str, typer.Argument(help="key of the theme; `kindred polls list` names those that tie")],
    as_: Annotated[str, typer.Option("--as", help="id or address of who chooses, or of the coordinator")],
    programme: Programme = "",
) -> None:
    """Choose the theme of a closed poll."""
    programme_id, person_id = lookup.programme(programme).programme_id, lookup.person_id(as_, programme)
    done = ask(ChooseTheme(programme_id=programme_id, poll=poll, theme=theme, person_id=person_id))
    emit(done, done.sentence)


def _who(poll: PollRow, names: dict[str, str]) -> str:
    if poll.state == "waits":
        return "waits for " + ", ".join(names.get(one, one) for one in poll.chooser_ids)
    return names.get(poll.person_id, poll.person_id) or ("the vote" if poll.theme else "")


def _themes(poll: PollRow) -> Table:
    rows = [
        (", ".join(row.themes), row.number, ", ".join(poll.last_done.get(one, "") for one in row.themes).strip(", "))
        for row in poll.themes
    ]
    return table(f"{poll.title}. {poll.sentence}", ("theme", "#named by", "last done"), rows)
