"""What the product promises in figures; printed, never asserted in tests."""
