"""Sections that pages share or are put together from."""
