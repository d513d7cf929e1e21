"""What may be asked of `reporting` about brochures: the reports that everybody may read, once they are published."""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.commands.base import Command, Query, Reply
from shared.commands.reporting import Chunk

BrochureState = Literal["not-made", "compiling", "compiled", "failed"]


class BrochureRow(Reply):
    """The brochure of a programme. `edition` is the latest made, `published` the one that everybody reads, 0 none."""

    programme_id: str
    programme: str
    year: int
    report: str = Field(description="the key of the report in the template")
    report_id: str
    title: str
    state: BrochureState
    edition: int = 0
    published: int = 0
    published_at: dt.datetime | None = None
    address: str = Field("", description="its place below the portal's brochures, once it was published")
    enquiries: bool = Field(False, description="whether its page takes enquiries")
    sentence: str = Field("", description="why it could not be made")


class BrochureRows(Reply):
    """Brochures, the newest year first, then by programme."""

    brochures: tuple[BrochureRow, ...]


class ListBrochures(Query):
    """The brochures of the programmes whose template declares one; or only those that everybody may read."""

    service: ClassVar[str] = "reporting"
    Reply: ClassVar[type[Reply]] = BrochureRows
    published: bool = False
    programme_id: str = ""


class BrochurePart(Reply):
    """A part of a brochure's page; empty fields are what it has not. `numbers`: columns set to the right."""

    title: str = ""
    paragraphs: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    numbers: tuple[int, ...] = ()
    note: str = ""


class Brochure(Reply):
    """A published brochure as its page shows it."""

    row: BrochureRow
    lead: str
    parts: tuple[BrochurePart, ...]
    pages: int
    pdf_bytes: int


class ShowBrochure(Query):
    """A published brochure by its address; Rejected("unknown-brochure") for all others."""

    service: ClassVar[str] = "reporting"
    Reply: ClassVar[type[Reply]] = Brochure
    address: str = Field(max_length=100)


class FetchBrochure(Query):
    """At most 256 KiB of a published brochure's PDF from `offset`; repeat until `size` is reached."""

    service: ClassVar[str] = "reporting"
    Reply: ClassVar[type[Reply]] = Chunk
    address: str = Field(max_length=100)
    offset: int = Field(0, ge=0)


class PublishBrochure(Command):
    """Let everybody read an edition of a programme's brochure, 0 being the latest."""

    service: ClassVar[str] = "reporting"
    programme_id: str
    edition: int = Field(0, ge=0)


class UnpublishBrochure(Command):
    """Let nobody read a programme's brochure any more."""

    service: ClassVar[str] = "reporting"
    programme_id: str
