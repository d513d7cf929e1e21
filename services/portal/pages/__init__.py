"""Pages behind the links in mails. How to drive them by plain HTTP: README.md beside this file."""
