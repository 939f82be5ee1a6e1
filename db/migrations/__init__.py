"""How the database became what it is, one change at a time."""
