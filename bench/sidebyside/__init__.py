"""Pollux next to nginx, lighttpd and others on the same machine: starts them, measures them in turns, draws the result.

    cli.py        arguments and the order of things
    provide.py    the programs that are needed, installed or built
    children.py   processes: started, pinned to cores, ended by their pids in every case
    site.py       the files that are served
    configs.py    the configurations: one file for nginx and Pollux, generated twins for the others
    servers.py    the servers: started, asked for their memory, stopped
    cases.py      what the load generator asks for
    same.py       do all of them answer the same bytes?
    wrk.py        the load generator: run, and its output read
    transfers.py  single large transfers, and connections that idle
    probes.py     start, memory, allocation, system calls
    run.py        everything above, in rounds
    stats.py      medians, ratios, spread
    targets.py    the table: what was wanted, what was seen
    svg.py charts.py pictures.py page.py style.py words.py readme.py    how it is shown

Python's standard library is all it needs.
"""
