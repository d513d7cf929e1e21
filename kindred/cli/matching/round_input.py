"""What commands about rounds of any kind take: the round, the draft that is to stand, an id by its beginning."""

from collections.abc import Iterable
from typing import Annotated

import typer

from kindred.cli.input.warnings import agreed
from kindred.cli.session import ask
from kindred.output.display import emit
from shared.commands.pairs import PairsDetail
from shared.commands.rounds import PublishRound, RoundRow
from shared.errors import Rejected

PAGE = 200
Key = Annotated[str, typer.Option("--round", help="key of the round; not needed while there is only one")]
Revision = Annotated[int, typer.Option(help="the draft you reviewed; the latest where not given")]


def let_stand(found: RoundRow | PairsDetail, revision: int, *, yes: bool) -> None:
    """Publish a round's draft, 0 for the latest, once somebody has agreed to what stands against it."""
    warnings = (found.sentence,) if found.sentence and found.state == "draft" else ()
    agreed(warnings, "Publish the round all the same?", yes=yes, must=True)
    latest = revision or max(found.revision, 1)
    done = ask(PublishRound(programme_id=found.programme_id, round=found.round, revision=latest))
    emit(done, done.sentence)


def one_of(ids: Iterable[str], named: str, what: str, listing: str) -> str:
    """The id that is named, whole or by its beginning with or without what stands before the dash.

    Raises Rejected where none or several are; `listing`: the command that shows them.
    """
    fitting = [one for one in dict.fromkeys(ids) if one.startswith(named) or one.partition("-")[2].startswith(named)]
    if len(fitting) == 1:
        return fitting[0]
    many = "more than one" if fitting else "no"
    said = f"There is {many} {what} {named!r}; `kindred {listing}` lists them."
    raise Rejected(f"which-{what.rsplit(maxsplit=1)[-1]}", said)
