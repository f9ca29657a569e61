"""What people read: the results of checks in many forms, and the static report."""
