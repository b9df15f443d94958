"""The right teacher found by the system: requests, contracts, overbooking, matching, runs."""
