"""The acts of a round, in order: opening, forming, answering, the year, closing, and the look back."""
