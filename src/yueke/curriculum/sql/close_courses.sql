-- Take back progress of courses just opened: (progress).
DELETE FROM learning_progress WHERE id = ANY(%s::bigint[])
