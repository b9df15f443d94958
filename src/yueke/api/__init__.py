"""HTTP API v1: what other systems see of the rooms."""
