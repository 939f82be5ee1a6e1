"""The business of asking customers before a launch: records and pure decisions."""
