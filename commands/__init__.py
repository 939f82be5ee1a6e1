"""The terminal's doors: each command opens a transaction, asks db, and prints."""
