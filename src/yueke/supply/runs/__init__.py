"""Runs that book many learners' lessons of one week: planned once, carried out row by row."""
