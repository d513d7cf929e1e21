"""A hint where free text may name a child: words that look like names. It warns, is often wrong, and blocks nothing."""

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_BEFORE = re.compile(r"[^\s.!?:;\u2022(\u201c\u2018\"'-][,]? $")
"""A name is looked for only inside a sentence, where ordinary words are small."""
_ORDINARY = """
Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August
September October November December Year Key Stage Reception English Maths Mathematics Science French Spanish
German Latin History Geography Music Art Computing Drama Religious Education Ofsted Head Headteacher School
Primary Secondary Academy Junior Infant Trust Governors Teams Google Microsoft Pupil Premium Read Write Inc
Christmas Easter Autumn Spring Summer Term Britain British England London Bible
"""
ORDINARY = frozenset(_ORDINARY.split())
MOST = 5


def look_like_names(texts: Iterable[str], known: Iterable[str] = ()) -> tuple[str, ...]:
    """The first few words, each once, that look like somebody's name; words of `known` names of schools do not."""
    ordinary = ORDINARY | {word for name in known for word in _WORD.findall(name)}
    found = (
        match[0]
        for text in texts
        for match in _WORD.finditer(text)
        if _capital(match[0]) and match[0] not in ordinary and _BEFORE.search(text[: match.start()])
    )
    return tuple(dict.fromkeys(found))[:MOST]


def _capital(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and word[1:].replace("-", "").replace("\u2019", "'").islower()
