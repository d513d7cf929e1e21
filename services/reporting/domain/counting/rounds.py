"""Which sheets belong together: of one round, of one wording, and the round before."""

from collections.abc import Sequence
from itertools import groupby

from services.reporting.domain.counting.sheets import Sheet


def rounds(sheets: Sequence[Sheet]) -> list[list[Sheet]]:
    """Sheets by the round of the form, the first one first."""
    return [list(each) for _, each in groupby(sorted(sheets, key=lambda one: one.period), key=lambda one: one.period)]


def alike_in(sheets: Sequence[Sheet]) -> list[list[Sheet]]:
    """Sheets with the same words and promise, the earlier wording first."""
    marks = dict.fromkeys(one.mark for one in sorted(sheets, key=lambda one: (one.wording, one.mark)))
    return [[one for one in sheets if one.mark == mark] for mark in marks]


def round_before(sheet: Sheet, sheets: Sequence[Sheet]) -> Sheet | None:
    """The last sheet about the same, in the same words, of an earlier round."""
    earlier = [one for one in sheets if (one.about_id, one.mark) == (sheet.about_id, sheet.mark)]
    earlier = [one for one in earlier if one.period < sheet.period]
    return max(earlier, key=lambda one: one.period, default=None)
