-- Take a turn that only one session has at a time, if it is free: (whose).
SELECT pg_try_advisory_lock(hashtext('yueke'), hashtext(%s))
