"""What Casework remembers: tables, queries, and acts that load, ask casework, and store."""
