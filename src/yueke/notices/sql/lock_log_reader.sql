-- Lock a reader, and tell whether it reads towards a snapshot already: (name).
SELECT name, reading <> '' AS is_underway FROM log_reader WHERE name = %s FOR UPDATE
