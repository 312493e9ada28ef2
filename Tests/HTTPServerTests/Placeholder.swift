// Tests are on their way.
