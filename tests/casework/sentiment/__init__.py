"""Facts about hearing the customer."""
