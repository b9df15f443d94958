-- Note up to which event a reader has come: (event, name).
UPDATE log_reader SET after_id = %s WHERE name = %s
