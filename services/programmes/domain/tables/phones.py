"""Telephone numbers that a spreadsheet has taken for numbers: without their zero, with a decimal point, or rounded."""

import re

from shared.tables.cells import shown, tidy

__all__ = ["corrected_phone"]

_POINT_ZERO = re.compile(r"(\+?\d+)\.0")
_NATIONAL = re.compile(r"[1-3578]\d{8,9}")
"""A British number without its zero: ten digits, for some areas nine (Ofcom, National Telephone Numbering Plan)."""
_ABROAD = re.compile(r"44[1-3578]\d{8,9}")
_NONE = frozenset({"-", "none", "n/a", "na", "nil", "no"})
_ROUNDED = re.compile(r"\d{5,}0{6,}|\d(?:[.,]\d+)?[eE]\+?\d+")


def corrected_phone(text: str) -> str:
    """The number as it was dialled: with its 0, or its + before 44, where that is certain; a word for none is none.

    Raises ValueError with a sentence where digits are lost, or there are none.
    """
    bare = tidy(text)
    if bare.casefold() in _NONE:
        return ""
    if bare and not any(map(str.isdigit, bare)):
        raise ValueError(f"{shown(text)} is no telephone number.")
    if found := _POINT_ZERO.fullmatch(bare):
        bare = found[1]
    if _ROUNDED.fullmatch(bare):
        raise ValueError(f"{shown(text)} is a telephone number that a spreadsheet has rounded. Type it anew, as text.")
    if _ABROAD.fullmatch(bare):
        return f"+{bare}"
    if _NATIONAL.fullmatch(bare):
        return f"0{bare}"
    if bare.isdigit() and not 10 <= len(bare) <= 15 and bare:
        raise ValueError(f"{shown(text)} has {len(bare)} digits, which no telephone number has. Type it anew, as text.")
    return bare
