"""Sizes of files as people say them."""


def in_megabytes(size_bytes: int) -> str:
    """Such as “84.2 MB”; small files in kB."""
    if size_bytes < 1_000_000:
        return f"{size_bytes / 1_000:,.1f} kB"
    return f"{size_bytes / 1_000_000:,.1f} MB"
