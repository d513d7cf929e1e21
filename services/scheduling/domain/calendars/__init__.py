"""Term dates, examination windows, bank holidays and closure days."""
