-- Append transfers: (market, at, events, parts, learners, kinds, assets, from, to, amounts, seats).
INSERT INTO transfer (market_id, at, event_id, part, learner_id, kind, asset,
                      from_account_id, to_account_id, amount, seat_id)
SELECT %s::int, %s::timestamptz, *
FROM unnest(%s::bigint[], %s::smallint[], %s::bigint[], %s::text[], %s::text[],
            %s::bigint[], %s::bigint[], %s::int[], %s::bigint[])
