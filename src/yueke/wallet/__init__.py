"""The double-entry ledger of everything learners own."""
