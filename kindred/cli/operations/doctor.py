"""`kindred doctor`: looks at everything that can be looked at from here, and says what to do."""

import datetime as dt
import os
from pathlib import Path
from typing import Annotated

import typer

from kindred.cli.operations import connection
from kindred.cli.session import current
from kindred.doctor import backups, mail, pages, servers
from kindred.doctor.findings import Finding, ill
from kindred.doctor.names import DomainNames
from kindred.doctor.settings import Deployment
from kindred.output.display import emit, table
from shared.errors import KindredError
from shared.mongo import connect
from shared.setting_names import unknown
from shared.settings import validated

WORDS = {"well": "well", "look": "look at it", "ill": "put it right"}


def doctor(
    backup_folder: Annotated[
        Path | None, typer.Option("--backups", exists=True, file_okay=False, help="where backups are kept")
    ] = None,
    dkim: Annotated[str, typer.Option(metavar="SELECTOR", help="name of the key that the relay signs with")] = "",
    dns: Annotated[bool, typer.Option("--dns/--no-dns", help="ask the domain name system about the sender")] = True,
) -> None:
    """Check servers, streams, relay, sender, pages and backups. Ends with 1 when something must be put right."""
    own = validated(Deployment)
    now = dt.datetime.now(dt.UTC)
    found = [ill("Settings", sentence) for sentence in unknown(os.environ)]
    found += [*_servers(own), *mail.relay(own), *(mail.sender(own, DomainNames(), dkim) if dns else [])]
    found += [*pages.public(own), *pages.certificate(own, now, pages.valid_until)]
    found += backups.newest(backup_folder, now) if backup_folder else []
    rows = [(finding.about, WORDS[finding.state], finding.sentence) for finding in found]
    emit([vars(finding) for finding in found], table("This deployment", ("what", "how", "why"), rows))
    if any(finding.state == "ill" for finding in found):
        raise typer.Exit(1)


def _servers(own: Deployment) -> list[Finding]:
    try:
        client, jetstream = connection.bus(), connection.jetstream()
    except KindredError as error:
        return [ill("NATS", str(error))]

    async def work() -> list[Finding]:
        mongo = connect(own.mongo_url)
        try:
            found = [*await servers.bus(jetstream), *await servers.databases(mongo, own.database_prefix, jetstream)]
            return [*found, *await servers.mails(client)]
        finally:
            await mongo.close()

    return current().run(work())
