"""What the public pages of offices and contacts are made of: the map of offices, vCards."""
