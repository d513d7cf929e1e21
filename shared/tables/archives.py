"""Parts of ZIP archives and gzip files, unpacked within bounds whatever they say of their own size.

A directory may claim a kilobyte for what unfolds to gigabytes. Nothing is unpacked beyond what was claimed, and only
by the two methods of programs that write tables: of the others, Python unpacks a whole part at once.
"""

import gzip
import io
import zipfile
import zlib

from shared.tables.cells import shown
from shared.tables.problems import NotThisFile

__all__ = ["is_light", "must_be_common", "part_content"]

_COMMON = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_UNCOMMON = "The ZIP archive is packed in a way that is not read. Unpack it and send the file in it."
_BLOCK = 1 << 16
_GZIP = b"\x1f\x8b"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)
"""What an archive may raise that is cut off, damaged, locked or of another kind."""


def must_be_common(archive: zipfile.ZipFile) -> None:
    """Raise `NotThisFile` where a part is packed by another method than stored or deflated."""
    if any(part.compress_type not in _COMMON for part in archive.infolist()):
        raise NotThisFile(_UNCOMMON)


def part_content(archive: zipfile.ZipFile, part: zipfile.ZipInfo, largest: int) -> bytes:
    """What is in one part. Raises `NotThisFile` where it is larger, locked, damaged, or another size than it says."""
    if part.flag_bits & 1:
        raise NotThisFile("The ZIP archive has a password. Unpack it and send the file in it.")
    if part.file_size > largest:
        raise NotThisFile(f"{shown(part.filename, 60)} in the ZIP archive is larger than {largest // 1_000_000} MB.")
    if part.compress_type not in _COMMON:
        raise NotThisFile(_UNCOMMON)
    try:
        with archive.open(part) as source:
            return source.read(part.file_size + 1)
    except _BROKEN as error:
        raise NotThisFile(
            f"The ZIP archive is damaged: {shown(part.filename, 60)} in it cannot be unpacked. "
            "Send the file itself, or pack it anew."
        ) from error


def is_light(data: bytes, most: int) -> bool:
    """Whether a file unpacks to so many bytes at most; no more than these are unpacked to find out."""
    try:
        if data.startswith(_GZIP):
            with gzip.GzipFile(fileobj=io.BytesIO(data)) as source:
                return len(source.read(most + 1)) <= most
        if not zipfile.is_zipfile(io.BytesIO(data)):
            return len(data) <= most
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _is_light_archive(archive, most)
    except _BROKEN:
        return False


def _is_light_archive(archive: zipfile.ZipFile, most: int) -> bool:
    parts = archive.infolist()
    if sum(part.file_size for part in parts) > most:
        return False
    if any(part.compress_type not in _COMMON or part.filename.lower().endswith(".gz") for part in parts):
        return False
    return all(_is_as_it_says(archive, part) for part in parts)


def _is_as_it_says(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    try:
        with archive.open(part) as source:
            while source.read(_BLOCK):
                pass
    except _BROKEN:
        return False
    return True
