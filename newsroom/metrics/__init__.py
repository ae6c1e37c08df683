"""/metrics, in the text format of Prometheus: what this site does and what waits, for the operators' monitoring.

`counters` counts requests, in memory that all workers of a server share; `readings` asks the database at each scrape;
`exposition` writes both down; `view` answers. Written here because the client library of Prometheus, where workers are
processes, keeps files for each process that somebody has to tidy up.
"""
