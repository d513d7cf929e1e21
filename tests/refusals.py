"""No refusal names anybody, or a school, by an id: whatever is refused while a test runs is looked at after it."""

import re

from shared.errors import Rejected

__all__ = ["ids_in", "listen", "must_be_in_words"]

_ID = re.compile(r"\b(?:sch|per|grp|vis|evt|enr|coh|prg|app|mai|agr|ofr|cal|ent|mat|rnd|mem)-\w+")
_QUOTED = re.compile(r"'[^']*'")
_said: list[str] = []


def ids_in(sentence: str) -> list[str]:
    """The ids in a sentence, without what it quotes of what was typed."""
    return _ID.findall(_QUOTED.sub("", sentence))


def listen() -> None:
    """Remember every refusal from now on."""
    born = Rejected.__init__

    def remembered(self: Rejected, rule: str, sentence: str) -> None:
        born(self, rule, sentence)
        _said.append(sentence)

    Rejected.__init__ = remembered  # type: ignore[method-assign]  # all that is refused shall be seen


def must_be_in_words() -> None:
    """Fail when one of the refusals since the last look names an id."""
    said = [*_said]
    _said.clear()
    wrong = sorted({sentence for sentence in said if ids_in(sentence)})
    assert not wrong, f"people are told ids, not names: {wrong}"
