"""Files at the console's import pages, over all services: what is none or too large, what goes in twice at once."""

import dataclasses

import pytest

from services.programmes.domain.enrolment.terms import terms_of
from services.programmes.files.templates import TemplateFolder
from shared.commands.programmes import OpenProgramme
from shared.commands.programmes_queries import ListEnrolments
from tests.fakes.town import Town
from tests.made_tables import zipped
from tests.screenshots.year import day
from tests.unit.peer_visits.year import TEMPLATES, enrolled_school
from tests.unit.portal.bad_input.desks import desk, said
from tests.unit.portal.driver import read
from tests.unit.programmes.test_enrolment_handlers import filled, row

URNS = (106557, 106564)
NAMES, ODD = ("\u05e2\u05d3\u05d4 Osei", "\u0623\u062d\u0645\u062f Zoë"), "\u202eOsei \U0001f393"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
NO_TABLE = {
    "list.xlsx": (OLE + "EncryptionInfoEncryptedPackage".encode("utf-16-le"), "Save it without one and send it again."),
    "list.csv": (b"%PDF-1.7", "The file is a PDF, not a table."),
    "photo.xlsx": (b"\x89PNG\r\n\x1a\n" + bytes(2000), "The file is a picture (PNG), not a table."),
    "~$list.xlsx": (b"\x05Coral" + b" " * 159, "its name begins with ~$."),
    "empty.csv": (b"", "The file is empty."),
    "letter.xlsx": (zipped(**{"[Content_Types].xml": b"", "word__document.xml": b""}), "The file is a Word document"),
    "\u202evsc.exe": (b"MZ\x90\x00" + bytes(range(256)) * 8, "The file is not text: it holds binary data."),
}


class Open(Town):
    """A programme is open, and its schools are in the register."""

    programme_id: str

    @property
    def here(self) -> str:
        return f"/console/programmes/{self.programme_id}"


@pytest.fixture
async def town() -> Open:
    found = Open(TEMPLATES, at=day(9, 7, 9))
    found.register([dataclasses.replace(enrolled_school(0), urn=urn, name=f"School {urn}") for urn in URNS])
    about = {"coordinator_name": "Coral", "coordinator_email": "coral@x.example"}
    opened = await found.ask(OpenProgramme(template="peer-visits", name="Visits", year=2026, **about))
    found.programme_id = opened.id
    return found


def file_of(*rows):
    return filled(terms_of(TemplateFolder(TEMPLATES).get("peer-visits")), rows).encode()


async def checked(at, town, content, name="rows.csv"):
    form = await at.look(f"{town.here}/import")
    return await at.press(form, {"do": "import", "kind": "enrolments"}, file=(name, content))


async def enrolled(town):
    found = await town.find(ListEnrolments(programme_id=town.programme_id))
    return sorted(one.school.urn for one in found.enrolments)


async def test_a_file_that_is_none_is_called_so_and_nothing_goes_in(town):
    at = await desk(town, "Coral Bright", "coral@x.example")
    for name, (content, sentence) in NO_TABLE.items():
        page = await checked(at, town, content, name)
        assert read(page).h1 == "The file was not taken", name
        assert sentence in said(page), (name, said(page))
        assert f"<bdi>{name}</bdi>" in page.text
    assert await enrolled(town) == []


async def test_a_file_that_is_too_large_is_refused_in_a_sentence(town):
    at = await desk(town, "Coral Bright", "coral@x.example")
    page = await checked(at, town, b"URN\n" + b"x" * 2_100_000)
    assert (page.status_code, read(page).h1) == (413, "The file is too large")
    assert "Nothing of it was taken." in said(page)


async def test_who_imports_the_same_meanwhile_makes_no_school_twice_and_both_are_told(town):
    one, two = await desk(town, "Coral Bright", "coral@x.example"), await desk(town, "Dawn Ray", "dawn@x.example")
    content = file_of(*(row(urn) for urn in URNS))
    hers, his = await checked(one, town, content), await checked(two, town, content)
    hers = await one.press(hers, {"do": "import"})
    assert "2 new" in said(hers)
    his = await two.press(his, {"do": "import"})
    assert "Something changed between the check and now: it had said 2 new" in said(his)
    assert "0 new, 0 changed, 2 as they were" in said(his)
    assert await enrolled(town) == sorted(URNS)


async def test_a_double_press_imports_once(town):
    at = await desk(town, "Coral Bright", "coral@x.example")
    page = await checked(at, town, file_of(row(URNS[0])))
    pages = [await at.press(page, {"do": "import"}) for _ in range(2)]
    assert pages[0].url == pages[1].url
    assert "1 new" in said(pages[1])


async def test_names_from_right_to_left_go_in_and_what_is_no_letter_is_put_right_in_place(town):
    at = await desk(town, "Coral Bright", "coral@x.example")
    people = {"Headteacher name": NAMES[0], "Senior leader name": ODD}
    page = await checked(at, town, file_of(row(URNS[0], **people)))
    assert "Senior leader name '[U+202E]Osei \U0001f393' holds '[U+202E]', which no name has." in said(page)
    field = next(name for name, value in read(page).forms[1].fields.items() if value == ODD)
    page = await at.press(page, {"do": "check", field: NAMES[1]})
    await at.press(page, {"do": "import"})
    shown = [(await at.look(path)).text for path in (f"{town.here}/schools/{URNS[0]}", "/console/people")]
    assert all(name in page for page in shown for name in NAMES)
