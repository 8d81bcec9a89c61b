"""Everything that is known about platforms: one file or folder per platform with code (``known``), one row per service that only shares
(``services.json``), and the registry that joins them.
"""
