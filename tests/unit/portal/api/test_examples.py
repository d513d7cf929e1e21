"""The examples of docs/api.md, run as they stand there by curl, against seven services in memory."""

import asyncio
import json
import os
import re
import socket
from contextlib import asynccontextmanager

import uvicorn

from services.portal.pages.server import WebServer
from shared.commands.programmes_queries import ListEnrolments
from tests.architecture.test_shape import ROOT
from tests.unit.portal.api.town import joined
from tests.waiting import until

EXAMPLES = re.findall(r"```bash\n(.*?)```", (ROOT / "docs" / "api.md").read_text(encoding="utf-8"), re.DOTALL)


@asynccontextmanager
async def served(app):
    """Serve an application on a free port; its address."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    server = WebServer(uvicorn.Config(app, port=port, log_level="warning", lifespan="off"))
    serving = asyncio.create_task(server.serve())
    await until(lambda: server.started, "until the pages are served")
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await serving


async def run(example, **settings):
    """Run an example; what it prints, with the headers of the answer before it."""
    line = example.replace("curl ", "curl --include ", 1)
    shell = await asyncio.create_subprocess_shell(
        line, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT, env={**os.environ, **settings}
    )
    out, _ = await shell.communicate()
    head, _, body = out.decode().partition("\r\n\r\n")
    return int(head.split()[1]), head.lower(), body


async def test_each_example_does_what_it_says():
    story, token = await joined()
    head = next(
        person
        for row in (await story.town.find(ListEnrolments(programme_id=story.programme_id, urn=100))).enrolments
        for person in row.people
        if person.role == "headteacher"
    )
    schools, mails, correct = EXAMPLES
    async with served(story.town.transport.application) as address:
        known = {"KINDRED": address, "TOKEN": token, "PERSON": head.person_id, "ETAG": ""}
        status, _, body = await run(schools, **known)
        assert (status, [row["facts"]["urn"] for row in json.loads(body)["schools"]]) == (200, [100, 101])
        status, headers, body = await run(mails, **known)
        assert (status, json.loads(body)["mails"]) == (200, [])
        (tag,) = re.findall(r'etag: "([^"]+)"', headers)
        assert (await run(mails, **{**known, "ETAG": tag}))[0] == 304
        done = {(await run(correct, **known))[2] for _ in range(2)}
        assert [json.loads(one)["id"] for one in done] == [head.person_id]
    rows = (await story.town.find(ListEnrolments(programme_id=story.programme_id, urn=100))).enrolments
    assert "head@school.example" in {person.email for row in rows for person in row.people}
