"""Coupons by code: batches that marketing prints, and codes that parents redeem."""
