"""Where the counts of each platform come from: one module per source, with what to ask and how to read the answer.

A module has the name of its platform's record and a ``SOURCE``; the register joins the two. Who is asked is often not the platform:
an index that strangers keep, a search engine. So a source says itself which host that is. Nothing here asks anybody.
"""
