-- Leave seats: (seats, refunds, market).
UPDATE seat s
SET state = 'cancelled', refunded = left_.refund
FROM unnest(%s::bigint[], %s::int[]) left_ (seat_id, refund)
WHERE s.id = left_.seat_id AND s.market_id = %s AND s.state = 'live'
