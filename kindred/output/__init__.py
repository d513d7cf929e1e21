"""Shows answers: tables, sentences, JSON, and failures."""
