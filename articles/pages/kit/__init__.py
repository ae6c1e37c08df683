"""What journalists take away: the text as plain text, the press kit (ZIP), pictures in full size with their rights."""
