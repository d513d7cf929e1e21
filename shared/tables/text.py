"""Bytes to lines of text, for files whose origin nobody controls.

Promise: never holds more than one decoded line at a time, never expands a compressed file past a limit, and answers
anything that is not text with one sentence (`NotThisFile`). UTF-8 (with or without a byte order mark) and
Windows-1252 are read; bytes that fit neither become U+FFFD, which the readers report row by row.
"""

import codecs
import gzip
import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from shared.tables.cells import REPLACEMENT
from shared.tables.problems import NotThisFile

__all__ = ["LARGEST", "REPLACEMENT", "count_lines", "encoding_of", "lines_of"]

LARGEST = 300_000_000
_BLOCK = 1 << 20
_MOST_LINES = 2_000_000
_GZIP = b"\x1f\x8b"
_FOREIGN = (
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "an Excel workbook or a ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (_GZIP, "a compressed file (gzip)"),
)
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def lines_of(data: bytes, largest: int = LARGEST) -> Iterator[str]:
    """The lines of a CSV file, gzip or plain, each with its line end.

    Raises `NotThisFile` before the first line if it cannot be one.
    """
    encoding = encoding_of(data, largest)
    with _opened(data) as raw, io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="") as text:
        yield from text


def count_lines(data: bytes) -> int:
    """How many lines the file has, by its line breaks; of a file that `lines_of` has opened."""
    return sum(block.count(b"\n") for block in _blocks(data))


def encoding_of(data: bytes, largest: int = LARGEST) -> str:
    """Which of the two encodings the file is in.

    Reads it through once, so that a cut-off or oversized file is refused as a whole.
    """
    if not data:
        raise NotThisFile("The file is empty.")
    utf8, clean, multibyte = codecs.getincrementaldecoder("utf-8")("replace"), True, False
    total, ends, marked = 0, 0, False
    for block in _blocks(data):
        if total == 0:
            _refuse_foreign(block, packed=data.startswith(_GZIP))
            marked = block.startswith(codecs.BOM_UTF8)
        if b"\x00" in block:
            raise NotThisFile("The file is not text: it holds binary data. Please send the CSV file itself.")
        total += len(block)
        if total > largest:
            raise NotThisFile(
                f"The file is larger than {largest // 1_000_000} MB when unpacked. Send fewer rows at a time."
            )
        ends += max(block.count(b"\n"), block.count(b"\r"))
        if ends > _MOST_LINES:
            raise NotThisFile(f"The file is longer than {_MOST_LINES:,} lines, also if they are blank. Delete those.")
        decoded = utf8.decode(block)
        clean = clean and REPLACEMENT not in decoded
        multibyte = multibyte or any(mark in decoded for mark in _LIKELY_UTF8) if not decoded.isascii() else multibyte
    if total == 0:
        raise NotThisFile("The file is empty.")
    if marked or clean:
        return "utf-8-sig"
    return "utf-8" if multibyte else "cp1252"


_LIKELY_UTF8 = "\u2019\u2018\u2013\u2014\u201c\u201dàáâäçèéêëìíîïñòóôöùúûüÀÉÈÖÜ°£"


def _refuse_foreign(start: bytes, *, packed: bool) -> None:
    for mark, name in _FOREIGN:
        if start.startswith(mark) and packed:
            raise NotThisFile(f"The compressed file holds {name}. Unpack it and send what is in it.")
        if start.startswith(mark):
            raise NotThisFile(f"The file is {name}, not a CSV file.")
    if start.startswith(_WIDE_MARKS) or (len(start) > 3 and start[1] == 0 and start[3] == 0):
        raise NotThisFile(
            "The file is in UTF-16, which registers are not. Please save it as 'CSV UTF-8' and send it again."
        )


def _blocks(data: bytes) -> Iterator[bytes]:
    try:
        with _opened(data) as raw:
            while block := raw.read(_BLOCK):
                yield block
    except EOFError as error:
        raise NotThisFile("The compressed file is cut off before its end. Please download it again.") from error
    except (OSError, zlib.error) as error:
        raise NotThisFile("The compressed file is damaged. Please download it again.") from error


def _opened(data: bytes) -> BinaryIO:
    raw = io.BytesIO(data)
    return gzip.GzipFile(fileobj=raw) if data.startswith(_GZIP) else raw  # type: ignore[return-value]  # it reads as one
