"""Visitors of every kind for a long time: is everyone answered, does nothing grow?

    cli.py        arguments, the order of things, the verdict
    place.py      the site and the configuration, and the server that runs on them
    wire.py       a client that reads answers byte by byte and believes nothing
    visits.py     who is owed an answer: files, listings, programs, uploads, errors
    pests.py      who is owed nothing but an end: slow, broken, gone
    crowd.py      threads of visitors, and thousands of connections that are held
    census.py     memory, descriptors, processes, files that are left

Python's standard library is all it needs.
"""
