"""What a manager reads: tickets and waiting, the figures of a period, the weekly report and its sign-off."""
