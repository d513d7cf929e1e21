"""Imports: files read in the background, step by step, each step one transaction together with how far it got."""
