"""MongoDB, confined: the only package that imports a driver.

Two drivers stand behind the same few calls (docs/decisions): Motor, and PyMongo's own async API. Every call joins the
unit of work's transaction when one is open, so that stores never pass sessions.
Files (GridFS) stay outside transactions.
"""

from pymongo import ASCENDING, DESCENDING, DeleteMany, DeleteOne, InsertOne, ReplaceOne, UpdateMany, UpdateOne

from shared.mongo.behind import Write
from shared.mongo.client import Database, Mongo, connect
from shared.mongo.collections import Collection, Document, Filter, Found, Sort
from shared.mongo.dump import dump, load
from shared.mongo.errors import DuplicateKey, aborted, is_duplicate_key, unavailable
from shared.mongo.files import Files

__all__ = [
    "ASCENDING", "DESCENDING", "Collection", "Database", "DeleteMany", "DeleteOne", "Document", "DuplicateKey", "Files",
    "Filter", "Found", "InsertOne", "Mongo", "ReplaceOne", "Sort", "UpdateMany", "UpdateOne", "Write", "aborted",
    "connect", "dump", "is_duplicate_key", "load", "unavailable",
]  # fmt: skip
