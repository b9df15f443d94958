"""Teachers' half-hour slots: released, withdrawn, targeted, reserved, found."""
