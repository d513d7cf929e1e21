"""Small files that unfold to very large ones, or say another size than they have: refused soon, and in one sentence."""

import gzip
import io
import struct
import zipfile

import pytest

from services.programmes.domain.register.reader import open_register
from shared.tables import opening
from shared.tables.archives import is_light
from shared.tables.formats import unpacked
from shared.tables.opening import open_sheets, sheets_in
from shared.tables.problems import NotThisFile
from tests.made_tables import csv_file, workbook, zipped
from tests.unit.programmes.made_files import lines, row
from tests.yardstick import Watch, allowed

MEGABYTES = 20_000_000
GOOD = csv_file(*lines(row()))
UNCOMMON = "The ZIP archive is packed in a way that is not read. Unpack it and send the file in it."
DAMAGED = (
    "The ZIP archive is damaged: 'a.csv' in it cannot be unpacked. Send the file itself, or pack it anew."
)  # fmt: skip
LINES = "The file is longer than 2,000,000 lines, also if they are blank. Delete those."


def packed(data, *, method=zipfile.ZIP_DEFLATED, says=None, name="a.csv"):
    """A ZIP archive of one part, which claims to be of another size where `says` is given."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        archive.writestr(name, data)
    content = target.getvalue()
    return content if says is None else content.replace(struct.pack("<I", len(data)), struct.pack("<I", says))


def lying_workbook():
    """A workbook whose sheet unfolds to far more than its archive says."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(*lines(row())))) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            sheet = part.filename == "xl/worksheets/sheet1.xml"
            method = zipfile.ZIP_BZIP2 if sheet else zipfile.ZIP_DEFLATED
            new.writestr(part.filename, old.read(part) + b" " * MEGABYTES * sheet, compress_type=method)
        size = new.getinfo("xl/worksheets/sheet1.xml").file_size
    return target.getvalue().replace(struct.pack("<I", size), struct.pack("<I", 1000))


BOMBS = {
    "a packed table of 20 MB": (packed(b"a,b\n" * 5_000_000), "The file is larger than 10 MB. Send the table alone"),
    "a packed table that says it is small": (packed(b"a" * MEGABYTES, says=1000), DAMAGED),
    "the same by bzip2": (packed(b"a" * MEGABYTES, method=zipfile.ZIP_BZIP2, says=1000), UNCOMMON),
    "the same by LZMA": (packed(b"a" * MEGABYTES, method=zipfile.ZIP_LZMA, says=1000), UNCOMMON),
    "a workbook that says it is small": (lying_workbook(), UNCOMMON),
    "gzip of 60 MB": (gzip.compress(b"1" * 3 * MEGABYTES), "The file is larger than 50 MB when unpacked. Send fewer"),
    "gzip of line ends": (gzip.compress(b"\n" * 2_000_001), LINES),
    "gzip of quotation marks": (gzip.compress(b'"\n' * 2_000_001), LINES),
    "gzip within a ZIP archive": (packed(gzip.compress(b"\n" * 2_000_001), name="a.csv.gz"), LINES),
    "gzip within gzip": (gzip.compress(gzip.compress(GOOD)), "The compressed file holds a compressed file (gzip). Unp"),
    "a workbook within gzip": (gzip.compress(workbook(*lines(row()))), "The compressed file holds an Excel workbook"),
    "a ZIP archive within another": (zipped(**{"a.zip": packed(GOOD)}), "The ZIP archive holds no table. Send the"),
    "a part that is cut off": (packed(GOOD)[:-90], "The Excel workbook is cut off or damaged."),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
async def test_what_unfolds_is_refused_soon_and_in_one_sentence(name):
    content, said = BOMBS[name]
    with Watch() as watch, pytest.raises(NotThisFile) as refused:
        await open_sheets(content)
    assert str(refused.value).startswith(said)
    assert watch.spent.processor < allowed(2_000)


@pytest.mark.parametrize("name", ["gzip of line ends", "a packed table that says it is small", "the same by bzip2"])
def test_a_register_is_held_to_the_same_bounds(name):
    content, said = BOMBS[name]
    with Watch() as watch, pytest.raises(NotThisFile) as refused:
        open_register(unpacked(content))
    assert str(refused.value).startswith(said)
    assert watch.spent.processor < allowed(2_000)


@pytest.mark.parametrize(
    ("content", "light"),
    [
        (GOOD, True),
        (packed(GOOD), True),
        (gzip.compress(GOOD), True),
        (workbook(*lines(row())), True),
        (b"a" * 1_000_001, False),
        (gzip.compress(b"a" * 1_000_001), False),
        (packed(b"a" * 1_000_001), False),
        (packed(b"a" * 1_000_001, says=1000), False),
        (packed(gzip.compress(GOOD), name="a.csv.gz"), False),
        (packed(GOOD, method=zipfile.ZIP_BZIP2), False),
        (gzip.compress(GOOD)[:-5], False),
    ],
)
async def test_only_what_is_small_unpacked_is_read_within_the_service(content, light, monkeypatch):
    """Anything else goes to a process of its own, with limits of memory and time."""
    assert is_light(content, 1_000_000) == light
    here = []
    monkeypatch.setattr(opening, "sheets_in", lambda *_: here.append(1))
    if light:
        await open_sheets(content)
    assert bool(here) == light


@pytest.mark.parametrize("content", [gzip.compress(GOOD), packed(GOOD), packed(gzip.compress(GOOD), name="a.csv.gz")])
async def test_what_is_packed_and_small_is_read(content):
    (sheet,) = await open_sheets(content)
    assert sheet.rows == sheets_in(GOOD)[0].rows
