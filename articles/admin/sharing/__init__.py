"""Pages of the admin that show a text to others before it is public: previews, review links, embargo passes."""
