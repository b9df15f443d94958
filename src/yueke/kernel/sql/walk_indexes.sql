-- For this transaction, plan statements over sets of keys key by key along an index: statistics of
-- a young or fast-growing table must not turn them into scans.
SELECT set_config('enable_seqscan', 'off', true),
       set_config('enable_hashjoin', 'off', true),
       set_config('enable_mergejoin', 'off', true),
       set_config('enable_bitmapscan', 'off', true)
