"""A form whose answers are only counted: sent whole at one press, never kept as a draft, not shown to anybody again."""

import hashlib
from collections.abc import Mapping

from starlette.responses import Response

from services.portal.domain import entry_fields
from services.portal.pages.entries.about import Turn
from services.portal.pages.forms.form import Saved
from services.portal.pages.forms.route import to_saved_page
from shared.commands.base import Done
from shared.commands.counting import CountAnswers

ANSWERED = (
    "You have answered this, thank you. Your answers are counted and not kept with your name, so that nobody can "
    "show them again, and they cannot be changed."
)


def is_counted(turn: Turn) -> bool:
    """Whether the answers of this form are only counted."""
    return bool(turn.shown.mark)


def answered(turn: Turn) -> Response:
    """Say that this person has answered."""
    title = turn.shown.form.title
    return turn.portal.renderer.page(
        turn.request, "notice.html", title=title, sentence=ANSWERED, visitor=turn.visitor, csrf=turn.visitor.csrf
    )


async def count(turn: Turn, values: Mapping[str, str], once: str) -> Response:
    """Have the answers counted. Raises what reporting raised; nothing of them is kept then."""
    shown = turn.shown
    command = CountAnswers(
        programme_id=shown.programme_id,
        form=shown.form.key,
        about_id=shown.about_id,
        person_id=turn.visitor.person_id,
        mark=values.get("mark", ""),
        answers=entry_fields.changed(shown, values),
        word=values.get("own-word", "")[:60],
        veil=_hashed("veil", once),
    )
    key = f"page-{_hashed('key', turn.visitor.link.link_id, once)}"
    done: Done = await turn.portal.owners.ask(command, key=key, actor=turn.visitor.person_id)
    return to_saved_page(turn.portal, turn.visitor, Saved(shown.form.title, (done.sentence,)).note(turn.path))


def _hashed(*parts: str) -> str:
    """A word out of the page's own secret, `once`, from which nobody gets back to it: no answer goes into a key."""
    return hashlib.sha256("|".join(parts).encode()).hexdigest()
