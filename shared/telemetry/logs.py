"""JSON logs with event, correlation and trace ids and without addresses, and the spans they belong to."""

import logging
import re
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

import structlog
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_PROPAGATOR = TraceContextTextMapPropagator()
_tracer = TracerProvider().get_tracer("kindred")
structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
# Command-line programs print their own messages. Until a service configures its logs, only warnings show.


def logger(name: str) -> structlog.stdlib.BoundLogger:
    """Return a logger; bind nothing to it that names a person."""
    bound: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return bound


def configure_logs(service: str, level: str = "INFO") -> None:
    """Send all logs, those of libraries too, to stderr as JSON lines without e-mail addresses."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _with_trace,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.NOTSET),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    last: list[structlog.types.Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        without_addresses,
        structlog.processors.JSONRenderer(),
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=last))
    logging.basicConfig(handlers=[handler], level=max(logging.INFO, logging.getLevelName(level)), force=True)
    logging.getLogger("kindred").setLevel(level)  # DEBUG is for Kindred alone; libraries stay at INFO
    structlog.contextvars.bind_contextvars(service=service)


def without_addresses(_: Any, __: str, fields: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Blank out e-mail addresses in every text of a log line."""
    return {key: _ADDRESS.sub("[address]", value) if isinstance(value, str) else value for key, value in fields.items()}


def _with_trace(_: Any, __: str, fields: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    context = trace.get_current_span().get_span_context()
    if context.is_valid:
        fields["trace_id"] = trace.format_trace_id(context.trace_id)
    return fields


def correlation() -> str:
    """Return the correlation id of what is being handled, "" outside of handling."""
    return str(structlog.contextvars.get_contextvars().get("correlation_id", ""))


@contextmanager
def about(**ids: str) -> Iterator[None]:
    """Bind ``ids`` to the log lines within."""
    with structlog.contextvars.bound_contextvars(**ids):
        yield


@contextmanager
def traced(name: str, traceparent: str | None = None, **ids: str) -> Iterator[None]:
    """Open a span (its name holds no id), continuing ``traceparent``, and bind ``ids`` to the log lines within."""
    parent = _PROPAGATOR.extract({"traceparent": traceparent}) if traceparent else None
    with _tracer.start_as_current_span(name, context=parent), about(**ids):
        yield
