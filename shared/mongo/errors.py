"""What an error of the driver means to the bus."""

from pymongo.errors import (
    BulkWriteError,
    ConnectionFailure,
    DuplicateKeyError,
    ExecutionTimeout,
    OperationFailure,
    PyMongoError,
    WTimeoutError,
)

DuplicateKey = DuplicateKeyError
_DUPLICATE_KEY = 11000
_ABORTED = {251, 290}  # NoSuchTransaction, TransactionExceededLifetimeLimitSeconds
_NOT_PRIMARY = {91, 189, 11600, 11602, 10107, 13435, 13436}


def unavailable(error: BaseException) -> bool:
    """Return whether the server cannot be reached or is changing its primary, so that waiting helps."""
    if isinstance(error, ConnectionFailure | ExecutionTimeout | WTimeoutError):
        return True
    if isinstance(error, OperationFailure) and error.code in _NOT_PRIMARY:
        return True
    return isinstance(error, PyMongoError) and error.has_error_label("TransientTransactionError")


def aborted(error: BaseException) -> bool:
    """Return whether the server answers that it has ended the transaction, as it does with one that lasts too long."""
    return isinstance(error, OperationFailure) and error.code in _ABORTED


def is_duplicate_key(error: BaseException) -> bool:
    """Tell whether a unique index refused the write, also as one of several."""
    if isinstance(error, BulkWriteError):
        return any(line.get("code") == _DUPLICATE_KEY for line in error.details.get("writeErrors", []))
    return isinstance(error, DuplicateKeyError)


def labelled(error: BaseException, label: str) -> bool:
    """Tell whether the server or the driver put ``label`` on the error."""
    return isinstance(error, PyMongoError) and error.has_error_label(label)


def cut_off(error: BaseException) -> bool:
    """Return whether the connection failed, and not the write."""
    return isinstance(error, ConnectionFailure)
