"""A table as text with a separator (CSV and its like), as a sheet."""

import codecs
import re
from dataclasses import replace
from itertools import islice

from shared.tables.cells import shown
from shared.tables.passed import Passed
from shared.tables.problems import NotThisFile
from shared.tables.records import Record, separated
from shared.tables.sheets import Sheet
from shared.tables.text import encoding_of, lines_of

__all__ = ["LARGEST", "csv_sheet", "too_large"]

LARGEST = 10_000_000
_MOST_ROWS = 100_000
_WESTERN = "cp1252"
_ICELANDIC = re.compile("[\u00d0\u00dd\u00de\u00f0\u00fd\u00fe]")
_TURKISH = (
    "{} holds {}, an Icelandic letter where a Turkish file has another one, and this file does not say which it is. "
    "Save it as 'CSV UTF-8' or .xlsx."
)
"""Windows-1254 differs from Windows-1252 in these six letters alone, so nothing else tells them apart."""
_LOOKED_AT = 400
"""Bytes by which text in UTF-16 without a mark is told."""


def too_large(largest: int) -> str:
    """The sentence about a file of more than so many bytes."""
    return (
        f"The file is larger than {largest // 1_000_000} MB. Send the table alone, without pictures, "
        "or fewer rows at a time."
    )


def csv_sheet(data: bytes, largest: int = LARGEST) -> Sheet:
    """The rows of a CSV file; comma, semicolon, tab or bar, in UTF-8, UTF-16 or Windows-1252. Raises `NotThisFile`."""
    if len(data) > largest:
        raise NotThisFile(too_large(largest))
    if wide := _wide(data):
        data = data.decode(wide, errors="replace").encode()
    passed = Passed()
    rows = list(islice(separated(lines_of(data, largest * 5), passed), _MOST_ROWS + 1))
    if len(rows) > _MOST_ROWS:
        raise NotThisFile(f"The file is longer than {_MOST_ROWS:,} rows. Send fewer at a time.")
    if encoding_of(data, largest * 5) == _WESTERN:
        rows = [_doubted(row) if isinstance(row, Record) else row for row in rows]
    widest = max((len(row.cells) for row in rows if isinstance(row, Record)), default=0)
    return Sheet("", rows, blank=passed.blank, even=True, widest=widest)


def _doubted(row: Record) -> Record:
    """The row with what is said of cells whose letters are others in Turkish files; most rows as they are."""
    faults = {at: _TURKISH.format(shown(text), shown(found[0])) for at, text in enumerate(row.cells)
              if (found := _ICELANDIC.search(text))}  # fmt: skip
    return replace(row, faults={**faults, **row.faults}) if faults else row


def _wide(data: bytes) -> str:
    """The name of the encoding where each character has two bytes: by its mark, or by the zeros of plain letters."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    start = data[:_LOOKED_AT]
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros, others = start[first::2], start[1 - first :: 2]
        if len(start) > 3 and zeros.count(0) > len(zeros) * 3 // 4 and 0 not in others:
            return encoding
    return ""
