"""First thing that runs in docker-compose.yml: makes passwords that nobody has to invent, and owners of the volumes.

What exists is kept: `nats_password`, `mongo_password`, `mongo_keyfile`, `portal_secret` in the volume keys. What
follows from them is written anew each time: `nats-users.conf` for the server, `mongo_url` and `mongo_root`.
"""

import os
import secrets
from pathlib import Path

KEYS = Path("/keys")
SERVICE, NATS, MONGO = 10001, 10002, 999
"""User ids in the containers: Kindred's own, nats-server's, mongod's."""


def kept(name: str, fresh: str, owner: int = SERVICE) -> str:
    """The secret of that name; `fresh` becomes it when there is none."""
    file = KEYS / name
    return write(name, file.read_text(encoding="utf-8") if file.exists() else fresh, owner)


def write(name: str, text: str, owner: int) -> str:
    """Write a file that only its owner may read; return what it holds."""
    file = KEYS / name
    file.write_text(text, encoding="utf-8")
    file.chmod(0o400)
    os.chown(file, owner, owner)
    return text


def main() -> None:
    """Make what is missing."""
    KEYS.chmod(0o755)
    nats = kept("nats_password", secrets.token_urlsafe(32))
    mongo = kept("mongo_password", secrets.token_urlsafe(32))
    kept("portal_secret", secrets.token_urlsafe(32))
    kept("mongo_keyfile", secrets.token_hex(300), MONGO)
    write("nats-users.conf", f'authorization {{ users: [ {{ user: "kindred", password: "{nats}" }} ] }}\n', NATS)
    write("mongo_url", f"mongodb://kindred:{mongo}@mongo:27017/?replicaSet=kindred&authSource=admin", SERVICE)
    write("mongo_root", mongo, MONGO)
    for volume, owner in {"/volumes/nats": NATS, "/volumes/mongo": MONGO}.items():
        os.chown(volume, owner, owner)


if __name__ == "__main__":
    main()
