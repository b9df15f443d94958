"""Who is taught when and by whom: pure functions on arrays that know no table and no clock."""
