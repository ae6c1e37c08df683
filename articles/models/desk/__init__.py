"""The models of the editors' daily work. Import them from `articles.models`."""
