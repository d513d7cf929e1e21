"""Reading tables that people send: bytes to text, text to numbered records, cells to values."""
