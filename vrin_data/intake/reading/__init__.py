"""From a file of any format to tables of text cells: unpack, tell what it is, find the header, split the rows."""
