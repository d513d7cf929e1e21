import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.programmes.domain.register.reader import open_register
from shared.tables.cells import code_page_fault
from shared.tables.problems import NotThisFile
from shared.tables.text import encoding_of
from tests.unit.programmes.made_register import GOOD, read, register

LIKELY = "\u2019\u2018\u2013\u2014\u201c\u201d" + "àáâäçèéêëìíîïñòóôöùúûüÀÉÈÖÜ°£"
NO_REGISTER = "The file is no school register: its first line lacks the register's column names (URN, ...)."
UTF_16 = "The file is in UTF-16, which registers are not. Please save it as 'CSV UTF-8' and send it again."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (gzip.compress(b"", mtime=0), "The file is empty."),
        (b"\r\n\r\n", "The file is no school register: its first line cannot be read."),
        (b"hello", NO_REGISTER),
        (register({})[:40], "The file is no school register: its first line cannot be read."),
        (register({}).split(b"\r\n")[0], "The file has a register's header and no rows."),
        (register({}, columns=list(GOOD)[1:]), "The file looks like a school register but its header lacks URN."),
        (
            gzip.compress(register({}), mtime=0)[:-9],
            "The compressed file is cut off before its end. Please download it again.",
        ),
        (b"\x1f\x8b" + bytes(30), "The compressed file is damaged. Please download it again."),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "The file is a picture (PNG), not a CSV file."),
        (b"PK\x03\x04" + bytes(20), "The file is an Excel workbook or a ZIP archive, not a CSV file."),
        (b"%PDF-1.7", "The file is a PDF, not a CSV file."),
        (register({}) + b"\x00", "The file is not text: it holds binary data. Please send the CSV file itself."),
        (register({}).decode().encode("utf-16-le"), UTF_16),
    ],
)  # fmt: skip
def test_a_file_that_is_no_register(content, sentence):
    with pytest.raises(NotThisFile) as refused:
        open_register(content)
    assert str(refused.value) == sentence


def test_a_gzip_bomb_is_refused():
    with pytest.raises(NotThisFile, match="larger than 5 MB when unpacked"):
        encoding_of(gzip.compress(b"a" * 6_000_000), 5_000_000)


@given(st.binary(max_size=400))
def test_no_bytes_make_it_fall_over(content):
    try:
        file = open_register(content)
    except NotThisFile as refused:
        assert str(refused)  # noqa: PT017 - either outcome is right
    else:
        list(file.entries)


@given(st.binary(max_size=300))
def test_no_bytes_after_a_good_header_make_it_fall_over(content):
    good = register({})
    try:
        file = open_register(good + content)
    except NotThisFile:
        return
    first = next(file.entries).school
    assert first
    assert first.urn == 106557
    for entry in file.entries:
        assert entry.school or entry.problems


@given(st.lists(st.sampled_from(['"', "\n", "\r\n", ",", "x", '","', "106558"]), max_size=40).map("".join))
def test_no_quotes_and_line_breaks_after_good_rows_make_it_fall_over(text):
    for entry in open_register(register({}, {"URN": "106558"}) + text.encode()).entries:
        assert entry.school or entry.problems


@given(
    st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]), min_size=1, max_size=60),
    st.sampled_from(["cp1252", "utf-8", "utf-8-sig"]),
)
def test_any_name_comes_back_as_it_was(name, encoding):
    schools, problems = read(register({"EstablishmentName": f"S{name}S"}, encoding=encoding))
    if encoding == "cp1252" and looks_like_utf8(name):
        return
    assert [school.name for school in schools] == [f"S{name}S".strip()]
    assert [problem.row_kept for problem in problems] == [True] * bool(code_page_fault(f"S{name}S"))


def looks_like_utf8(name):
    """Some Windows-1252 texts are valid UTF-8 too, and nobody can tell them apart."""
    try:
        return f"S{name}S".encode("cp1252").decode() != f"S{name}S"
    except UnicodeDecodeError:
        return any(f"S{name}S".encode("cp1252").decode(errors="replace").count(c) for c in LIKELY)
