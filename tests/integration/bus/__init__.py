"""The bus on real servers."""
