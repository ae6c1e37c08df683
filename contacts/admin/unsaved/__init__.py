"""The unsaved texts of open forms, stored while somebody types; and who else has which form open."""
