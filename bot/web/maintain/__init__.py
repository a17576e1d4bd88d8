"""The maintainers' pages: everything that `fingerpost directory` says, for someone with a browser only.

Plain HTML with forms, made on the server; no script. What is written goes into the instance's own log
(``services_directory.keeping.notes``), never into the files that it pulls from git.
"""
