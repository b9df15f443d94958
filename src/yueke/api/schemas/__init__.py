"""What goes in and out of the API, for its OpenAPI page: one subject a file."""
