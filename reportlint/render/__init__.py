"""Findings to text, one file per output format."""
