"""Imports: files read in the background, step by step. Each step is one transaction and saves how far it got."""
