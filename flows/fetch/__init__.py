"""The network: one polite, bounded and distrustful way to ask for an address."""
