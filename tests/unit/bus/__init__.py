"""The bus without servers."""
