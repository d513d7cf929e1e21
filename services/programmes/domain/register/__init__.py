"""The school register: its files, its words and what became of a school under another URN."""
