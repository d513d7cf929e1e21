"""Which windows of the clock a round waits for: those by whose end its people and things have to be named."""

from shared.template import Template
from shared.template.moments import moment_in
from shared.template.rounds import Round

__all__ = ["windows_of"]


def windows_of(template: Template, of: Round) -> set[str]:
    """Keys of the windows at whose end a task to fill in the round's forms is due; empty: the coordinator drafts."""
    windows = {moment.key for moment in template.clock.moments if moment.opens}
    dues = [task.due for task in template.tasks if task.do.form in {of.people, of.things}]
    return {anchor for due in dues for anchor in _closing(due) if anchor in windows}


def _closing(due: str) -> tuple[str, ...]:
    instant = moment_in(due)
    return (instant.anchor,) if instant and instant.state == "closes" else ()
