-- For this transaction: one snapshot, and no writes.
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY
