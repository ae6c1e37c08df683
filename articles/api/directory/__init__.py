"""Topics, regions, countries, offices and contacts in the API, by the rules of their public pages."""
