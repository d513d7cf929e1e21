"""Pairs of answers of two rounds, by a word that people choose themselves and nobody else knows.

Beside the sums a sheet then has rows, each under a mark that is made of the word at some cost (scrypt, RFC 7914), so
that lists of words are tried out slowly. A row belongs to nobody: who knows the word knows the row, nobody else does.
Rows stand in the order of their marks. What may be shown of pairs follows the rule of `showing`: enough pairs, and
nobody or enough people left over, so that pairs taken from all leave no single person.
"""

import hashlib
from collections.abc import Mapping

from services.reporting.domain.counting.sheets import Moved, Sheet
from shared.template.answers import Answers

_COST = {"n": 2**14, "r": 8, "p": 1}
UP, SAME, DOWN = "up", "same", "down"


def mark_of(word: str, sheet: Sheet) -> str:
    """The mark of a word on the sheets of one form about one thing; empty without a word."""
    plain = "".join(word.split()).casefold()
    if not plain:
        return ""
    salt = f"{sheet.programme_id}|{sheet.form}|{sheet.about_id}".encode()
    return hashlib.scrypt(plain.encode(), salt=salt, dklen=16, **_COST).hex()


def with_row(sheet: Sheet, mark: str, answers: Answers) -> Sheet:
    """The sheet with the levels that somebody gave under their mark; a word that two people chose pairs neither."""
    if not mark:
        return sheet
    levels = {
        f"{field}:{thing}": level
        for field, answer in answers.items()
        if isinstance(answer, dict)
        for thing, level in answer.items()
    }
    rows = {**sheet.rows, mark: {} if mark in sheet.rows else levels}
    return sheet.model_copy(update={"rows": dict(sorted(rows.items()))})


def moved_since(sheet: Sheet, before: Sheet, stages: Mapping[str, int]) -> Sheet:
    """The sheet with what may be said of pairs by now. `stages`: level -> its place, the lowest first."""
    pairs = [(before.rows[mark], levels) for mark, levels in sheet.rows.items() if levels and before.rows.get(mark)]
    shown, least = sheet.moved, sheet.least
    new = len(pairs) - (shown.pairs if shown else 0)
    left = {one.people - len(pairs) for one in (sheet, before)}
    waiting = any(one.people != one.people_shown for one in (sheet, before))
    if waiting or new < least or any(0 < number < least for number in left):
        return sheet
    ways: dict[str, dict[str, int]] = {}
    for first, last in pairs:
        for key in sorted(first.keys() & last.keys()):
            step = stages.get(last[key], 0) - stages.get(first[key], 0)
            way = UP if step > 0 else DOWN if step < 0 else SAME
            counted = ways.setdefault(key, {UP: 0, SAME: 0, DOWN: 0})
            counted[way] += 1
    return sheet.model_copy(update={"moved": Moved(pairs=len(pairs), ways=ways)})
