"""Links: where an own address leads, what the form tells, and the nightly check of all of them."""
