"""The rules of reporting: pure functions over frozen models; time and ids come in as arguments."""
