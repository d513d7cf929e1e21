"""One validated model for each kind of report; page, PDF and workbook are all made from it."""
