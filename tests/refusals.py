"""People read no ids: what is refused, answered and asked of a coordinator while a test runs is looked at after it."""

import re
from typing import Any

from shared.commands.base import Done
from shared.errors import Rejected
from shared.events.scheduling import CoordinatorAsked

__all__ = ["ids_in", "listen", "must_be_in_words"]

_ID = re.compile(r"\b(?:sch|per|grp|vis|evt|enr|coh|prg|app|mai|agr|ofr|cal|ent|mat|rnd|mem)-\w+")
_QUOTED = re.compile(r"'[^']*'")
_said: list[str] = []


def ids_in(sentence: str) -> list[str]:
    """The ids in a sentence, without what it quotes of what was typed."""
    return _ID.findall(_QUOTED.sub("", sentence))


def listen() -> None:
    """Remember every sentence of a refusal, an answer or a question from now on."""
    for kind in (Done, CoordinatorAsked):
        _listen_to(kind)
    born = Rejected.__init__

    def remembered(self: Rejected, rule: str, sentence: str) -> None:
        born(self, rule, sentence)
        _said.append(sentence)

    Rejected.__init__ = remembered  # type: ignore[method-assign]  # all that is refused shall be seen


def _listen_to(kind: Any) -> None:
    born = kind.__init__

    def remembered(self: Any, **fields: Any) -> None:
        born(self, **fields)
        _said.append(self.sentence)

    kind.__init__ = remembered  # what is read off the wire is not made by it, and was looked at where it was


def must_be_in_words() -> None:
    """Fail when a sentence since the last look names an id."""
    said = [*_said]
    _said.clear()
    wrong = sorted({sentence for sentence in said if ids_in(sentence)})
    assert not wrong, f"people are told ids, not names: {wrong}"
