"""Rendering: from a validated report model to PDF, page and workbook. Knows nothing of buses and databases."""
