"""Python runs this at its start where this folder is on PYTHONPATH: so the tests' child processes stay local too."""

import no_network

no_network.block()
