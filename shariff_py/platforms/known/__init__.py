"""The platforms that need code, each in one file ``NAME.py`` or one folder ``NAME`` of its own.

``PLATFORM`` is the record; a service that only shares has a row in ``services.json`` instead. ``SOURCE`` says how its counts are
fetched. ``STUBS`` say how it replies, for the mock server in `shariff_py.testing`; a folder keeps them in ``NAME/stub``, so that they are
imported by tests and the demo only.
"""
