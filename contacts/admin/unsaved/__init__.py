"""The unsaved texts of open forms, kept while somebody types; and who else has which form open."""
