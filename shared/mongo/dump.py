"""Databases to files and back: one BSON file a collection (GridFS included), all as they were at one moment.

A snapshot session makes every read see the same point in time, over all collections and databases. Indexes are not
dumped: each service creates its own when it starts.
"""

from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, BinaryIO

import bson

from shared.mongo.client import Mongo

_AT_ONCE = 500
Counts = dict[str, dict[str, int]]


async def dump(mongo: Mongo, prefix: str, folder: Path) -> Counts:
    """Write ``<folder>/<database>/<collection>.bson``, databases without their prefix; return documents of each."""
    counts: Counts = {}
    async with _snapshot(mongo) as session:
        for name in await mongo.databases():
            if name.startswith(prefix):
                short = name.removeprefix(prefix)
                counts[short] = await _dump_database(mongo, name, folder / short, session)
    return counts


async def load(mongo: Mongo, prefix: str, folder: Path) -> Counts:
    """Read what ``dump`` wrote into databases that must be empty; return documents of each."""
    counts: Counts = {}
    for source in _folders(folder):
        database = mongo.database(f"{prefix}{source.name}")
        counts[source.name] = {}
        for file in sorted(source.glob("*.bson")):
            batch: list[dict[str, Any]] = []
            count = 0
            for document in _documents(file):
                batch.append(document)
                count += 1
                if len(batch) == _AT_ONCE:
                    await database[file.stem].insert_many(batch, ordered=False)
                    batch = []
            await database[file.stem].insert_many(batch, ordered=False)
            counts[source.name][file.stem] = count
    return counts


def _folders(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_dir())


async def _dump_database(mongo: Mongo, name: str, folder: Path, session: Any) -> dict[str, int]:
    counts = {}
    for collection in await mongo.database(name).collections():
        count = 0
        with _created(folder, collection) as file:
            async for document in mongo.client[name][collection].find({}, session=session):
                file.write(bson.encode(document))
                count += 1
        counts[collection] = count
    return counts


def _created(folder: Path, collection: str) -> BinaryIO:
    folder.mkdir(parents=True, exist_ok=True)
    return (folder / f"{collection}.bson").open("wb")


def _documents(file: Path) -> Iterator[dict[str, Any]]:
    with file.open("rb") as stream:
        yield from bson.decode_file_iter(stream)


@asynccontextmanager
async def _snapshot(mongo: Mongo) -> AsyncIterator[Any]:
    started = mongo.client.start_session(snapshot=True)
    async with await started if isinstance(started, Awaitable) else started as session:
        yield session
