-- Give the turn back: (whose).
SELECT pg_advisory_unlock(hashtext('yueke'), hashtext(%s))
