"""The line below the window: token, network, copies of the data, rules."""
