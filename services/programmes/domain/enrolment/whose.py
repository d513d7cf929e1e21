"""Whether a school's name beside a URN is the register's name for it, as people shorten and abbreviate names."""

import re
from difflib import SequenceMatcher

__all__ = ["names_agree"]

_ABBREVIATED = {
    "c of e": "church of england",
    "cofe": "church of england",
    "ce": "church of england",
    "rc": "roman catholic",
    "va": "voluntary aided",
    "vc": "voluntary controlled",
    "st": "saint",
    "jnr": "junior",
    "inf": "infant",
    "prim": "primary",
    "sec": "secondary",
    "comm": "community",
    "sch": "school",
    "acad": "academy",
    "rd": "road",
    "ln": "lane",
}
_COMMON = frozenset((
    "the", "of", "and", "at", "in", "for", "a", "saint", "school", "schools", "academy", "academies", "primary",
    "secondary", "infant", "infants", "junior", "juniors", "nursery", "first", "middle", "high", "upper", "lower",
    "all", "through", "church", "england", "roman", "catholic", "methodist", "christian", "voluntary", "aided",
    "controlled", "community", "foundation", "special", "free", "college", "grammar", "comprehensive",
    "technology", "sports", "specialist", "trust", "federation"
))  # fmt: skip
_KINDS = frozenset({"infant", "junior", "nursery", "first", "middle", "lower", "upper", "secondary"})
_NOT_PRIMARY = frozenset({"secondary", "middle", "upper"})
"""Words that tell neighbours of one name apart, such as an infant and a junior school."""
_ALIKE = 0.84


def names_agree(written: str, registered: str) -> bool:
    """Whether two names can be of one school.

    Words that many schools have in their names do not count; of the others, every one of the shorter name must stand in
    the longer, give or take a slip of the pen. An infant school is no junior school, whatever both are called.
    """
    one, other = _words(written), _words(registered)
    if _of_other_kinds(one, other):
        return False
    if not one or not other:
        return _plain(written) == _plain(registered) or not _plain(written)
    shorter, longer = sorted((_telling(one) or one, _telling(other) or other), key=len)
    return all(any(_alike(word, another) for another in longer) for word in shorter)


def _of_other_kinds(one: list[str], other: list[str]) -> bool:
    kinds, others = ({word.removesuffix("s") for word in name} & {*_KINDS, "primary"} for name in (one, other))
    primary = ("primary" in kinds and others <= _NOT_PRIMARY) or ("primary" in others and kinds <= _NOT_PRIMARY)
    return bool(kinds and others and not kinds & others) and (primary or "primary" not in kinds | others)


def _plain(name: str) -> str:
    text = re.sub(r"['\u2018\u2019.]", "", name.casefold().replace("&", " and "))
    return " ".join(re.sub(r"[^\w]+", " ", text).split())


def _words(name: str) -> list[str]:
    text = f" {_plain(name)} "
    for short, full in _ABBREVIATED.items():
        text = text.replace(f" {short} ", f" {full} ")
    return text.split()


def _telling(words: list[str]) -> list[str]:
    return [word for word in words if word not in _COMMON]


def _alike(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) > 3 and SequenceMatcher(None, one, other).ratio() >= _ALIKE)
