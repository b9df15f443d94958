-- Which of these API keys still hold: (ids).
SELECT id FROM api_key WHERE id = ANY(%s::bigint[]) AND revoked_at IS NULL
