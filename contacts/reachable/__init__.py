"""Who can be called at this minute, and when the next one can: from opening hours, closures, zones and telephones.

`hours` computes the periods of one office; `now` reads them for all offices and says it of contacts and lists.
"""
