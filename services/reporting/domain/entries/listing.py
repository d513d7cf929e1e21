"""Which released entries somebody looks for, and in which order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Released:
    """A released entry as far as it must be known to be looked for; `answers` as they were submitted."""

    entry_id: str
    school_id: str | None
    answers: Mapping[str, Any]


@dataclass(frozen=True)
class Looked:
    """What somebody looks for: words, answers by question, schools in the order wanted (none: all).

    `words`: option -> what it is called, of all questions; `schools`: id -> name.
    """

    text: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    school_ids: Sequence[str] | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    schools: Mapping[str, str] = field(default_factory=dict)


def found(entries: Iterable[Released], looked: Looked) -> list[str]:
    """The ids of those that fit: by school where schools are given, else in the order in which they come."""
    wanted = looked.text.casefold().split()
    order = None if looked.school_ids is None else {one: place for place, one in enumerate(looked.school_ids)}
    fitting = [one for one in entries if (order is None or one.school_id in order) and _chosen(one, looked)]
    fitting = [one for one in fitting if all(word in _said(one, looked) for word in wanted)] if wanted else fitting
    if order is not None:
        fitting.sort(key=lambda one: order[one.school_id or ""])
    return [one.entry_id for one in fitting]


def _chosen(one: Released, looked: Looked) -> bool:
    def fits(answer: Any, wanted: str) -> bool:
        return answer == wanted or (isinstance(answer, list | tuple) and wanted in answer)

    return all(fits(one.answers.get(key), wanted) for key, wanted in looked.chosen.items())


def _said(one: Released, looked: Looked) -> str:
    texts = (looked.words.get(text, text) for answer in one.answers.values() for text in _texts(answer))
    return " ".join((*texts, looked.schools.get(one.school_id or "", ""))).casefold()


def _texts(answer: Any) -> Iterator[str]:
    if isinstance(answer, str):
        yield answer
    elif isinstance(answer, Mapping):
        for one in answer.values():
            yield from _texts(one)
    else:
        for one in answer:
            yield from _texts(one)
