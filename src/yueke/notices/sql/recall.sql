-- Which of these requests have been answered, and how: (actor kinds, actor ids, keys).
-- Each key is looked up by itself: a table that was nearly empty when it was last counted must not
-- be walked through for each.
SELECT r.actor_kind, r.actor_id, r.key, encode(r.body_hash, 'hex') AS body_hash, r.outcome::text
FROM unnest(%s::text[], %s::bigint[], %s::text[]) asked (actor_kind, actor_id, key)
CROSS JOIN LATERAL (
    SELECT * FROM request_key k
    WHERE k.actor_kind = asked.actor_kind AND k.actor_id = asked.actor_id AND k.key = asked.key
    OFFSET 0
) r
