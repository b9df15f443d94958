"""Campaigns: who earns energy stones for what, between which dates, out of which budget (M-1)."""
