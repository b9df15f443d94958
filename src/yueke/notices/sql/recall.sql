-- Which of these requests have been answered, and how: (actor kinds, actor ids, keys).
SELECT r.actor_kind, r.actor_id, r.key, encode(r.body_hash, 'hex') AS body_hash, r.outcome::text
FROM unnest(%s::text[], %s::bigint[], %s::text[]) asked (actor_kind, actor_id, key)
JOIN request_key r USING (actor_kind, actor_id, key)
