"""The network as the harvester sees it: polite, careful of private addresses, quick to give up on the dead."""
