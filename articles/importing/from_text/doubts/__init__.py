"""What a reading may have overlooked: all that looks like a field and is in none.

This knows as little as possible of how fields are read, so that it does not overlook the same things: it looks for
signs (an @, a pair of quotation marks, a date above the text, a word of a contact block that nothing was made of).
"""
