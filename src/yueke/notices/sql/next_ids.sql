-- Take numbers for rows about to be written: (how many).
SELECT nextval('row_id') FROM generate_series(1, %s)
