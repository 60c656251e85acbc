"""What is read of a table at most, whichever process reads it."""

# A list has some thirty. What lies further right is nobody's column.
MOST_COLUMNS = 300
# Where the titles are looked for: above them there may be a logo, a date, the address of a collège.
FIRST_LINES = 40
