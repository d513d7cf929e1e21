"""Forms that come in, and impact reports to compile."""
