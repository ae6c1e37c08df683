"""The app of offices and the people to call there: regions, countries, contacts, memberships. Knows no articles."""
