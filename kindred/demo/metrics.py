"""Reading what services say of themselves on /metrics."""

_OUTBOX = "kindred_outbox_waiting"


def outbox_in(metrics: str) -> int:
    """Rows in the outbox, among a service's metrics."""
    figures = [line.rsplit(" ", 1)[1] for line in metrics.splitlines() if line.startswith(_OUTBOX)]
    return int(sum(float(figure) for figure in figures))
