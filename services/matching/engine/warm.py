"""`python -m services.matching.engine.warm`: compiles the engine once, before the first match needs it."""

from services.matching.engine import cache


def main() -> None:
    """Compile everything, unless it has been compiled already."""
    if not cache.filled():
        from services.matching.engine.rehearsal import rehearse  # these imports take a second, which a warm start saves

        rehearse()
        cache.fill()


if __name__ == "__main__":
    main()
