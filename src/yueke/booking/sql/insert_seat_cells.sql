-- Occupy learners' time: (market, learners, starts, seats).
-- A learner already there fails the transaction: seat_cell_pkey.
INSERT INTO seat_cell (market_id, learner_id, starts_at, seat_id)
SELECT %s::int, * FROM unnest(%s::bigint[], %s::timestamptz[], %s::bigint[])
