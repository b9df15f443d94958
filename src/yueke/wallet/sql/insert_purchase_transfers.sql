-- Append transfers for a purchase that is no seat:
-- (market, at, purchase, events, parts, learners, kinds, assets, from, to, amounts).
INSERT INTO transfer (market_id, at, purchase_id, event_id, part, learner_id, kind, asset,
                      from_account_id, to_account_id, amount)
SELECT %s::int, %s::timestamptz, %s::bigint, *
FROM unnest(%s::bigint[], %s::smallint[], %s::bigint[], %s::text[], %s::text[],
            %s::bigint[], %s::bigint[], %s::int[])
