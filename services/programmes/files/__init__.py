"""File formats that need a library: Excel workbooks and template folders."""
