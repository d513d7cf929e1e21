"""The school register of a replay: the schools that enrolled, since the import of then is not asked again."""

import csv
import io
from collections.abc import Iterable, Mapping

from nats.aio.client import Client

from services.programmes.domain.register.words import PHASES, STATUSES, Status
from shared.bus.client import BusClient
from shared.commands.programmes import ImportFile, ImportStatus
from tests.recorded.year import Message
from tests.waiting import until

COLUMNS = (
    "URN",
    "EstablishmentName",
    "EstablishmentStatus (code)",
    "PhaseOfEducation (code)",
    "LA (code)",
    "LA (name)",
)


async def bring_in(connection: Client, messages: Iterable[Message]) -> None:
    """Import it; `programmes` says from then on which authorities there are."""
    client = BusClient(connection, actor="replay")
    upload = await client.upload(_register(messages), "schools.csv")
    started = await client.ask(ImportFile(kind="register", upload=upload, filename="schools.csv"))

    async def ended() -> str:
        state = (await client.find(ImportStatus(import_id=started.import_id))).state
        return "" if state == "running" else str(state)

    assert await until(ended, "until the register is in") == "done"


def _register(messages: Iterable[Message]) -> bytes:
    """All schools that enrolled, as a file of the Department for Education has them."""
    enrolled = (one.body["school"] for one in messages if one.headers.get("ce-type") == "programmes.SchoolEnrolled.v1")
    schools = {school["urn"]: school for school in enrolled}
    phases, statuses = _codes(PHASES), _codes(STATUSES)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for urn, school in sorted(schools.items()):
        about = (school["name"], statuses[Status.OPEN], phases[school["phase"]])
        writer.writerow((urn, *about, school["authority_code"], school["authority"]))
    return out.getvalue().encode("utf-8-sig")


def _codes(words: Mapping[str, str]) -> dict[str, str]:
    return {word: code for code, word in words.items()}
