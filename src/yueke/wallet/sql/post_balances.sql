-- Change the balances of learners' lots, each once: (accounts, changes, market).
-- A lot that would fall below zero fails the transaction: account_balance_not_negative.
UPDATE account a
SET balance = a.balance + posted.change
FROM unnest(%s::bigint[], %s::int[]) posted (account_id, change)
WHERE a.id = posted.account_id AND a.market_id = %s
