"""Every page and every mail of a year, as pictures at the sizes of a phone and a desk.

`python -m tests.screenshots FOLDER` plays the year in the town: all services in memory, pages and mails as they are.
"""
