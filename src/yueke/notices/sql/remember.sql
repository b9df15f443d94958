-- Keep the answers of requests: (at, actor kinds, actor ids, keys, body hashes in hex,
-- outcomes as one JSON array).
-- A key already there fails the whole transaction: request_key_pkey.
INSERT INTO request_key (at, actor_kind, actor_id, key, body_hash, outcome)
SELECT %s::timestamptz, kind, actor, key, decode(hash, 'hex'), outcome
FROM ROWS FROM (unnest(%s::text[], %s::bigint[], %s::text[], %s::text[]),
                jsonb_array_elements(%s::jsonb))
     answered (kind, actor, key, hash, outcome)
