"""One audit from its options to its archive: which pages, in which order, by how many workers."""
