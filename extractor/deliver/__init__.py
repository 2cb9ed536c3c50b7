"""Tasks out to trackers over the network: CalDAV, Redmine, webhook. Each
connects to the address that the user gives and to nothing else.

`deliver` in `deliver.run` is the story; a tracker is what `deliver.tracker.Tracker` says, one module each.
"""
