"""Tables as people send them, whichever program wrote them: sheets of text, read within bounds of time and memory."""
